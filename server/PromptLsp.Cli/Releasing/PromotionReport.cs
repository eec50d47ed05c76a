using PromptLsp.Cli.Reports;
using PromptLsp.Cli.Versions;
using PromptLsp.History.Store;
using PromptLsp.Releases;
using PromptLsp.Releases.Content;
using PromptLsp.Releases.Environments;
using PromptLsp.Releases.Gates;

namespace PromptLsp.Cli.Releasing;

/// <summary>Shows what a promotion replaces, and which gates are open.</summary>
internal static class PromotionReport
{
    public static void Write(PlannedMove move, string environment, CommandWorkspace workspace, HistoryStore? store, Terminal terminal)
    {
        Paint paint = terminal.Paint;
        string name = ReleaseWorkspace.NameOf(move.Prompt, move.Content.Fingerprint, store),
            shown = paint.Bold(VersionText.Visible(workspace.Shown(move.Prompt)));
        if (move.IsThere)
        {
            terminal.Out.WriteLine($"{shown}: {environment} holds {name} already");
            return;
        }
        terminal.Out.WriteLine($"{shown}: {name} from {move.From?.Environment ?? "the workspace"} to {environment}, {(move.Now is { } now
            ? $"in the place of {ReleaseWorkspace.NameOf(now, store)}, there since {VersionText.Age(now.At, terminal)} by {VersionText.Visible(now.By)}"
            : "where there is none yet")}");
        foreach (Gate gate in move.Gates)
            terminal.Out.WriteLine($"  {(gate.Holds ? paint.Green("open") : paint.Red("shut"))}  {gate.Name.PadRight(9)}  {VersionText.Visible(gate.Says)}");
        if (move.NowContent is { } old)
            WriteDifference(old, move.Content, $"{move.Prompt}@{environment}", move.Prompt, terminal);
    }

    /// <summary>What the model would get now and then, with the same values; where that is the same, or cannot be rendered, the texts.</summary>
    public static void WriteDifference(ReleaseContent old, ReleaseContent @new, string oldName, string newName, Terminal terminal)
    {
        var diff = new ReleaseDiff(old, @new);
        DiffReport.WriteUnified(diff.Rendered(CancellationToken.None) is { IsEmpty: false } rendered ? rendered : diff.Source(), oldName, newName, terminal);
        foreach (string path in diff.OtherFiles())
            terminal.Out.WriteLine(terminal.Paint.Dim($"  with another {VersionText.Visible(path)}"));
    }

    public static void WriteJson(System.Text.Json.Utf8JsonWriter json, PlannedMove move, string environment, CommandWorkspace workspace)
    {
        json.WriteStartObject();
        json.Member("file", workspace.Shown(move.Prompt));
        json.Member("environment", environment);
        json.Member("from", move.From?.Environment);
        json.Member("release", move.Content.Release);
        json.Member("context", move.Content.Context);
        json.Member("fingerprint", move.Content.Fingerprint);
        json.Member("replaces", move.Now?.Name.Release);
        json.WriteBoolean("there", move.IsThere);
        json.WriteBoolean("open", move.IsOpen);
        WriteGates(json, move.Gates);
        json.WriteEndObject();
    }

    public static void WriteGates(System.Text.Json.Utf8JsonWriter json, IEnumerable<Gate> gates)
    {
        json.WriteStartArray("gates");
        foreach (Gate gate in gates)
        {
            json.WriteStartObject();
            json.Member("gate", gate.Name);
            json.WriteBoolean("holds", gate.Holds);
            json.Member("says", gate.Says);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }
}

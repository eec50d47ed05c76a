using System.Globalization;
using PromptLsp.Cli.Reports;
using PromptLsp.Cli.Versions;
using PromptLsp.Releases.Environments;
using PromptLsp.Releases.Folder;

namespace PromptLsp.Cli.Releasing;

/// <summary>Which prompt has which release where, as a table for people and as JSON.</summary>
internal static class EnvironmentReport
{
    public static void WriteText(EnvironmentTable table, CommandWorkspace workspace, Terminal terminal)
    {
        string[] heads =
        [
            .. table.Environments.Select(e =>
                workspace.Settings.Releases.Find(e) is null ? $"{e} (retired)"
                : Frozen(workspace, e) is not null ? $"{e} (frozen)"
                : e
            ),
        ];
        if (table.Environments.IsEmpty)
            terminal.Tell("promptlsp.yaml names no environments; write `environments: [dev, staging, production]` there");
        else if (table.Rows.IsEmpty)
            terminal.Tell($"nothing is released yet; `promptlsp promote FILE --to {table.Environments[0]} -m WHY` begins");
        if (table.Rows.IsEmpty)
            return;
        string[][] rows =
        [
            .. table.Rows.Select(r => (string[])[VersionText.Visible(workspace.Shown(r.First(c => c is not null)!.Prompt)), .. r.Select(c => c?.Text ?? "")]),
        ];
        int[] widths =
        [
            .. Enumerable.Range(0, heads.Length + 1).Select(i => rows.Max(r => r[i].Length)).Select((w, i) => Math.Max(w, i == 0 ? 6 : heads[i - 1].Length)),
        ];
        terminal.Out.WriteLine(terminal.Paint.Bold(Line(["prompt", .. heads])));
        foreach (string[] row in rows)
            terminal.Out.WriteLine(Line(row));
        foreach (string environment in table.Environments)
        {
            if (Frozen(workspace, environment) is { } frozen)
                terminal.Out.WriteLine(
                    $"{environment} is frozen by {VersionText.Visible(frozen.By)}, {VersionText.Age(frozen.At, terminal)}: {VersionText.Visible(frozen.Why)}"
                );
        }

        string Line(string[] columns) => string.Join("  ", columns.Select((c, i) => c.PadRight(widths[i]))).TrimEnd();
    }

    /// <summary>One environment: also who, when and why.</summary>
    public static void WriteDetails(EnvironmentTable table, CommandWorkspace workspace, Terminal terminal)
    {
        string name = table.Environments[0];
        if (table.Rows.IsEmpty)
            terminal.Tell(
                $"nothing is released to {name} yet"
                    + (workspace.Settings.Releases.Find(name) is null ? "" : $"; `promptlsp promote FILE --to {name} -m WHY` begins")
            );
        foreach (EnvironmentCell cell in table.Rows.Select(r => r[0]).OfType<EnvironmentCell>().Where(c => c.Problem is null))
        {
            string waiting = cell.Waiting > 0 ? $" · {Counted.Of(cell.Waiting, "approval")} of what is to come" : "";
            terminal.Out.WriteLine(
                cell.Record is { } record
                    ? $"{terminal.Paint.Bold(VersionText.Visible(workspace.Shown(cell.Prompt)))}  {cell.Text} · {record.KindWord} by "
                        + $"{VersionText.Visible(record.By)}, "
                        + $"{VersionText.Age(record.At, terminal)}{(record.From is { } from ? $", from {from}" : "")}{waiting}"
                    : $"{terminal.Paint.Bold(VersionText.Visible(workspace.Shown(cell.Prompt)))}  nothing yet{waiting}"
            );
            foreach (string line in cell.Record?.Why?.Split('\n') ?? [])
                terminal.Out.WriteLine("  " + VersionText.Visible(line));
        }
        if (Frozen(workspace, name) is { } frozen)
            terminal.Out.WriteLine(
                $"{name} is frozen by {VersionText.Visible(frozen.By)}, {VersionText.Age(frozen.At, terminal)}: "
                    + VersionText.Visible(frozen.Why)
            );
    }

    public static void WriteJson(EnvironmentTable table, CommandWorkspace workspace, Terminal terminal) =>
        PromptJson.Write(
            terminal.Out,
            json =>
            {
                json.WriteStartArray();
                foreach (string environment in table.Environments)
                {
                    json.WriteStartObject();
                    json.Member("environment", environment);
                    json.WriteBoolean("retired", workspace.Settings.Releases.Find(environment) is null);
                    json.Member(
                        "frozen",
                        Frozen(workspace, environment) is { } frozen ? PromptJson.Object(("by", frozen.By), ("at", At(frozen.At)), ("why", frozen.Why)) : null
                    );
                    json.WriteStartArray("releases");
                    foreach (EnvironmentCell cell in table.Rows.SelectMany(r => r).OfType<EnvironmentCell>().Where(c => c.Environment == environment))
                        json.Value(Members(cell, workspace));
                    json.WriteEndArray();
                    json.WriteEndObject();
                }
                json.WriteEndArray();
            }
        );

    private static Dictionary<string, object?> Members(EnvironmentCell cell, CommandWorkspace workspace) =>
        PromptJson.Object(
            ("file", workspace.Shown(cell.Prompt)),
            ("release", cell.Record?.Name.Release),
            ("context", cell.Record?.Name.Context),
            ("fingerprint", cell.Record?.Fingerprint),
            ("version", cell.Version),
            ("behind", cell.Behind),
            ("kind", cell.Record?.KindWord),
            ("from", cell.Record?.From),
            ("by", cell.Record?.By),
            ("at", cell.Record is { } record ? At(record.At) : null),
            ("why", cell.Record?.Why),
            ("approvalsWaiting", cell.Waiting),
            ("problem", cell.Problem),
            ("edited", cell.Edited)
        );

    private static string At(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static Frozen? Frozen(CommandWorkspace workspace, string environment) => workspace.Folder.Frozen(environment);
}

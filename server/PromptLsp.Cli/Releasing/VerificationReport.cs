using System.Collections.Immutable;
using PromptLsp.Cli.Commands;
using PromptLsp.Cli.Reports;
using PromptLsp.Cli.Versions;
using PromptLsp.Releases;
using PromptLsp.Releases.Gates;
using PromptLsp.Releases.Verifying;

namespace PromptLsp.Cli.Releasing;

/// <summary><c>promptlsp env verify</c>: for each release that a change touches, what holds and what lacks.</summary>
internal static class VerificationReport
{
    public static int Run(string @base, string format, Terminal terminal, CancellationToken cancel)
    {
        CommandWorkspace workspace = CommandWorkspace.Here(terminal);
        ImmutableArray<VerifiedChange> changes;
        try
        {
            changes = EnvironmentVerification.Run(workspace.Root, @base, terminal.Clock, cancel);
        }
        catch (ReleaseException failure)
        {
            // Not being able to look is no reason to let it through.
            terminal.Tell($"promptlsp: could not be checked: {failure.Message}");
            if (format == "github")
                terminal.Out.WriteLine($"::error::{GitHubReport.Data($"could not be checked: {failure.Message}")}");
            return ExitStatus.Findings;
        }
        switch (format)
        {
            case "json":
                WriteJson(changes, @base, terminal);
                break;
            case "github":
                foreach (VerifiedChange change in changes)
                    terminal.Out.WriteLine(
                        $"::{(change.Holds ? "notice" : "error")} "
                            + $"file={GitHubReport.Property(change.File)},title={GitHubReport.Property(Title(change))}::{GitHubReport.Data(change.Says)}"
                    );
                break;
            default:
                WriteText(changes, @base, terminal);
                break;
        }
        return changes.All(c => c.Holds) ? ExitStatus.Clean : ExitStatus.Findings;
    }

    private static string Title(VerifiedChange change) =>
        string.Join(' ', new[] { change.What, change.Prompt, change.Environment.Length > 0 ? $"in {change.Environment}" : "" }.Where(w => w.Length > 0));

    private static void WriteText(ImmutableArray<VerifiedChange> changes, string @base, Terminal terminal)
    {
        foreach (VerifiedChange change in changes)
        {
            terminal.Out.WriteLine(
                $"{(change.Holds ? terminal.Paint.Green("holds") : terminal.Paint.Red("lacks"))}  "
                    + $"{terminal.Paint.Bold(VersionText.Visible(Title(change)))}: {VersionText.Visible(change.Says)}"
            );
            foreach (Gate gate in change.Gates)
                terminal.Out.WriteLine(
                    $"         {(gate.Holds ? terminal.Paint.Green("open") : terminal.Paint.Red("shut"))}  {gate.Name.PadRight(9)}  "
                        + $"{VersionText.Visible(gate.Says)}"
                );
        }
        int lacking = changes.Count(c => !c.Holds);
        terminal.Out.WriteLine(
            changes.IsEmpty
                ? $"nothing that runs differs from {@base[..8]}"
                : $"{Counted.Of(changes.Length, "change")} since {@base[..8]}, "
                    + $"{(lacking == 0 ? "all hold" : $"{lacking} {(lacking == 1 ? "does" : "do")} not hold")}"
        );
    }

    private static void WriteJson(ImmutableArray<VerifiedChange> changes, string @base, Terminal terminal) => PromptJson.Write(terminal.Out, json =>
    {
        json.WriteStartObject();
        json.Member("base", @base);
        json.WriteBoolean("holds", changes.All(c => c.Holds));
        json.WriteStartArray("changes");
        foreach (VerifiedChange change in changes)
        {
            json.WriteStartObject();
            json.Member("environment", change.Environment.Length > 0 ? change.Environment : null);
            json.Member("prompt", change.Prompt.Length > 0 ? change.Prompt : null);
            json.Member("what", change.What);
            json.WriteBoolean("holds", change.Holds);
            json.Member("says", change.Says);
            json.Member("file", change.File);
            PromotionReport.WriteGates(json, change.Gates);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    });
}

using System.Collections.Immutable;
using System.Text.Json;
using PromptLsp.Cli.Reports;
using PromptLsp.Language.Semantics;

namespace PromptLsp.Cli.Versions;

/// <summary>What changed of a prompt's inputs and outputs, and which of it breaks those who use the older version.</summary>
internal static class ContractReport
{
    public static void WriteText(ImmutableArray<ContractChange> changes, Terminal terminal)
    {
        foreach (ContractChange change in changes)
            terminal.Out.WriteLine(
                $"{(change.IsBreaking ? terminal.Paint.Bold("breaks") : terminal.Paint.Dim("fits  "))}  {VersionText.Visible(change.Message)}"
            );
        if (changes.IsEmpty)
            return;
        int breaking = changes.Count(c => c.IsBreaking);
        terminal.Out.WriteLine(
            breaking == 0
                ? "Who uses the older version can use the newer one."
                : $"{breaking} of {changes.Length} {(changes.Length == 1 ? "change breaks" : "changes break")} who uses the older version."
        );
    }

    /// <summary>Writes the member <c>changes</c>.</summary>
    public static void WriteMember(ImmutableArray<ContractChange> changes, Utf8JsonWriter writer)
    {
        writer.WriteStartArray("changes");
        foreach (ContractChange change in changes)
        {
            writer.WriteStartObject();
            writer.Member("side", change.Side == ContractSide.Input ? "input" : "output");
            writer.Member("path", change.Path);
            writer.WriteBoolean("breaking", change.IsBreaking);
            writer.Member("message", change.Message);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }
}

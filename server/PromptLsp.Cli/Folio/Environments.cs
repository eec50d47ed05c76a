using System.Collections.Immutable;
using PromptLsp.Cli.Releasing;
using PromptLsp.Portfolio;
using PromptLsp.Releases;
using PromptLsp.Releases.Environments;
using PromptLsp.Workspace.Files;

namespace PromptLsp.Cli.Folio;

/// <summary>What the environments of a root hold of each of its prompts.</summary>
/// <param name="Names">The environments that hold something, in the order of the settings.</param>
internal sealed record Environments(ImmutableArray<string> Names, ILookup<string, RunsIn> ByPrompt)
{
    private static Environments None { get; } = new([], Array.Empty<(string Prompt, RunsIn Held)>().ToLookup(h => h.Prompt, h => h.Held));

    /// <summary>What cannot be read is told, and left out.</summary>
    public static Environments Of(Root root, Terminal terminal)
    {
        try
        {
            EnvironmentTable table = EnvironmentTable.Read(CommandWorkspace.Here(terminal with { Folder = root.Folder }).Releases, null);
            foreach (string problem in table.Problems)
                terminal.Tell($"promptlsp: {problem}");
            EnvironmentCell[] held = [.. table.Rows.SelectMany(row => row).OfType<EnvironmentCell>().Where(cell => cell.Record is not null)];
            return new([.. table.Environments.Where(e => held.Any(c => c.Environment == e))], held.ToLookup(c => c.Prompt, Held, StringComparer.Ordinal));
        }
        catch (ReleaseException why)
        {
            terminal.Tell($"promptlsp: what runs where is not known: {why.Message}");
            return None;
        }
    }

    private static RunsIn Held(EnvironmentCell cell) => new(cell.Environment, cell.Text) { By = cell.Record!.By, At = cell.Record.At, Why = cell.Record.Why };
}

using System.Collections.Immutable;
using PromptLsp.Cli.Commands;
using PromptLsp.Cli.Reports;
using PromptLsp.Cli.Versions;
using PromptLsp.History;
using PromptLsp.History.Store;
using PromptLsp.Releases;
using PromptLsp.Releases.Folder;

namespace PromptLsp.Cli.Releasing;

/// <summary><c>promptlsp rollback FILE --env ENV</c>: an environment holds again what it held before.</summary>
internal static class EnvironmentRollback
{
    public static async Task<int> RunAsync(
        string file,
        string environment,
        string? reference,
        string why,
        bool asJson,
        Terminal terminal,
        CancellationToken cancel
    )
    {
        (ReleaseWorkspace workspace, ImmutableArray<string> prompts) = ReleaseWorkspace.Of([file], terminal);
        if (!workspace.Folder.Environments().Contains(environment, StringComparer.Ordinal))
            Promotion.EnvironmentOf(workspace.Settings.Releases, environment);
        await workspace.CompleteAsync(terminal, cancel);
        using var rollback = new Rollback(workspace.Folder, environment, prompts[0], terminal.Clock);
        using HistoryStore? store = workspace.Store();
        PastRelease past =
            Find(rollback, reference, prompts[0], store)
            ?? throw new CommandFailure(
                $"{environment} has held no other release of `{workspace.Shown(prompts[0])}`{(reference is null ? "" : $" like `{reference}`")}, "
                    + $"as far as this clone knows{Known(rollback, store)}"
            );
        ReleaseRecord record = await rollback.ToAsync(past, why, workspace.By, cancel);
        if (asJson)
        {
            PromptJson.Write(
                terminal.Out,
                json =>
                    json.Value(
                        PromptJson.Object(
                            ("file", workspace.Shown(prompts[0])),
                            ("environment", environment),
                            ("release", record.Name.Release),
                            ("context", record.Name.Context),
                            ("fingerprint", record.Fingerprint),
                            ("replaces", rollback.Now.Name.Release)
                        )
                    )
            );
            return ExitStatus.Clean;
        }
        terminal.Out.WriteLine(
            $"rolled back: {environment} holds {ReleaseWorkspace.NameOf(record, store)} of {VersionText.Visible(workspace.Shown(prompts[0]))} "
                + $"again, in the place of {ReleaseWorkspace.NameOf(rollback.Now, store)}; from {past.Where}"
        );
        terminal.Tell($"commit `{workspace.Folder.Policy.Folder}` for it to reach others");
        return ExitStatus.Clean;
    }

    // By the beginning of its hash, or a version of this clone's history whose text it has.
    private static PastRelease? Find(Rollback rollback, string? reference, string prompt, HistoryStore? store)
    {
        if (reference is null)
            return rollback.Past().FirstOrDefault();
        PastRelease[] past = [.. rollback.Past()];
        if (
            reference.Length >= 6
            && past.FirstOrDefault(p =>
                p.Record.Name.Release.StartsWith(reference, StringComparison.OrdinalIgnoreCase)
                || p.Record.Fingerprint.StartsWith(reference, StringComparison.OrdinalIgnoreCase)
            )
                is { } named
        )
            return named;
        return store?.Resolve(prompt, reference) is { } version ? past.FirstOrDefault(p => p.Record.Fingerprint == version.Fingerprint) : null;
    }

    private static string Known(Rollback rollback, HistoryStore? store) =>
        rollback.Past().Take(5).ToArray() is { Length: > 0 } past
            ? $"; it held {string.Join(", ", past.Select(p => ReleaseWorkspace.NameOf(p.Record, store)))}"
            : "";
}

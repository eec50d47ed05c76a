using System.Collections.Immutable;
using PromptLsp.Cli.Commands;
using PromptLsp.Cli.Reports;
using PromptLsp.Cli.Versions;
using PromptLsp.History;
using PromptLsp.History.Store;
using PromptLsp.Releases;
using PromptLsp.Releases.Environments;
using PromptLsp.Releases.Folder;

namespace PromptLsp.Cli.Releasing;

/// <summary><c>promptlsp rollback FILE --env ENV</c>: an environment holds again what it held before.</summary>
internal static class RollbackReport
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
        (CommandWorkspace workspace, ImmutableArray<string> prompts) = CommandWorkspace.Of([file], terminal);
        workspace.Releases.MustHave(environment);
        await workspace.CompleteAsync(cancel);
        using var rollback = new EnvironmentRollback(workspace.Releases, environment, prompts[0]);
        using HistoryStore? store = workspace.Store();
        PastRelease past = rollback.Find(reference, store, workspace.Shown(prompts[0]));
        ReleaseRecord record = await rollback.ToAsync(past, why, cancel);
        workspace.Remember(prompts);
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
}

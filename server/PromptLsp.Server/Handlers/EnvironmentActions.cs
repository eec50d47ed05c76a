using PromptLsp.Releases;
using PromptLsp.Releases.Folder;
using PromptLsp.Server.Extensions;
using PromptLsp.Server.History;
using PromptLsp.Server.Protocol;
using PromptLsp.Workspace;
using PromptLsp.Workspace.Files;
using PromptLsp.Workspace.Settings;

namespace PromptLsp.Server.Handlers;

/// <summary>
/// Promote, approve, compare and roll back, offered on the front matter. Every command is complete, so that any client can run it; a client that can
/// ask a person shows what is about to happen first.
/// </summary>
internal static class EnvironmentActions
{
    private const string NoQuestion = "from the editor";

    public static IEnumerable<CodeAction> Of(Session session, OpenDocument document)
    {
        if (document.Path is not { } path || !Histories.IsKept(path) || session.Options.Trusted == false)
            return [];
        Root root = session.Now.Roots.Of(path);
        ReleasePolicy policy = session.Now.SettingsOf(root).Releases;
        if (policy.Environments.IsEmpty)
            return [];
        var folder = new ReleaseFolder(root, policy);
        string prompt = root.Relative(path);
        Dictionary<string, ReleaseRecord?> held = policy.Environments.ToDictionary(e => e.Name, e => Glance(folder, e.Name, prompt), StringComparer.Ordinal);
        return policy.Environments.SelectMany(e => Of(session.Flags.Asks, document.Uri, e, held)).Concat(session.Flags.Asks ? [] : Show(document.Uri));
    }

    private static IEnumerable<CodeAction> Of(bool asks, string uri, EnvironmentPolicy to, Dictionary<string, ReleaseRecord?> held)
    {
        string more = asks ? "…" : "";
        string? why = asks ? null : NoQuestion;
        ReleaseRecord? now = held[to.Name];
        if (to.From is not { } from || (held[from] is { } before && before.Name.Release != now?.Name.Release))
        {
            if (!asks)
                yield return Action(
                    $"Show what a promotion to {to.Name} would replace",
                    EnvironmentDocuments.ShowPromotion,
                    new(uri) { Environment = to.Name }
                );
            yield return Action($"Promote to {to.Name}{more}", EnvironmentCommands.Promote, new(uri) { Environment = to.Name, Why = why });
            if (to.Require.Approvals > 0)
                yield return Action($"Approve for {to.Name}{more}", EnvironmentCommands.Approve, new(uri) { Environment = to.Name });
        }
        if (now is null)
            yield break;
        yield return Action($"Compare with {to.Name}", EnvironmentDocuments.Compare, new(uri) { Environment = to.Name });
        yield return Action(
            $"Roll {to.Name} back{(asks ? "…" : " to what it held before")}",
            EnvironmentCommands.RollBack,
            new(uri) { Environment = to.Name, Why = why, Seen = now.Name.Release }
        );
    }

    private static IEnumerable<CodeAction> Show(string uri) => [Action("Show what runs where", EnvironmentDocuments.ShowAll, new(uri) { Environment = "" })];

    // What cannot be read offers nothing; whoever promotes is told.
    private static ReleaseRecord? Glance(ReleaseFolder folder, string environment, string prompt)
    {
        try
        {
            return folder.Glance(environment, prompt);
        }
        catch (ReleaseException)
        {
            return null;
        }
    }

    private static CodeAction Action(string title, string command, HistoryArgument argument) =>
        new(title) { Kind = HistoryActions.Kind, Command = new(title) { Name = command, Arguments = [argument] } };
}

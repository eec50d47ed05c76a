using System.Globalization;
using System.Text;
using PromptLsp.Evaluation.Drift;
using PromptLsp.Evaluation.Running;
using PromptLsp.History.Diffs;
using PromptLsp.History.Lists;
using PromptLsp.Language.Text;
using PromptLsp.Releases;
using PromptLsp.Releases.Environments;
using PromptLsp.Releases.Folder;
using PromptLsp.Server.Extensions;
using PromptLsp.Server.History;
using PromptLsp.Workspace.Files;

namespace PromptLsp.Server.Handlers;

/// <summary>What runs where as documents, for clients that have no pictures of their own.</summary>
internal static class EnvironmentDocuments
{
    public const string Compare = "promptlsp.compareWithEnvironment",
        ShowPromotion = "promptlsp.showPromotion",
        ShowAll = "promptlsp.showEnvironments",
        ShowDrift = "promptlsp.showDrift";

    public static string[] All { get; } = [Compare, ShowPromotion, ShowAll, ShowDrift];

    public static async Task<object?> Execute(Session session, string command, EnvironmentArgument asked, CancellationToken cancel)
    {
        Func<Session, EnvironmentArgument, CancellationToken, object?> write = command switch
        {
            Compare => Comparison,
            ShowPromotion => PromotionOf,
            ShowDrift => DriftOf,
            _ => AllOf,
        };
        if (command == ShowPromotion)
            session.Releases.MustBeTrusted();
        var (title, ending, text) = ((string, string, string))(await SessionReleases.LookAsync(() => write(session, asked, cancel), cancel))!;
        await session.Documents.ShowAsync(title, ending, Markdown.Visible(text), cancel);
        return null;
    }

    /// <summary>The text that an environment holds of a prompt; null where the reference names no environment that holds it.</summary>
    /// <exception cref="ReleaseException">It was edited, or cannot be read.</exception>
    public static string? TextOf(Session session, string path, string reference)
    {
        if (reference.AsSpan().ContainsAny('/', '\\', ':') || reference is "" or ['.', ..] || !Histories.IsKept(path))
            return null;
        Root root = session.Now.Roots.Of(path);
        var folder = new ReleaseFolder(root, session.Now.SettingsOf(root).Releases);
        string prompt = root.Relative(path);
        return Directory.Exists(folder.At(reference, prompt)) ? folder.Held(reference, prompt)?.Content.Text : null;
    }

    private static object? Comparison(Session session, EnvironmentArgument asked, CancellationToken cancel)
    {
        (ReleaseWorkspace workspace, string prompt) = session.Releases.OfPrompt(asked.Uri);
        workspace.MustHave(asked.Environment);
        string path = Path.GetFullPath(prompt, workspace.Root.Folder);
        string then =
            workspace.Folder.Held(asked.Environment, prompt)?.Content.Text
            ?? throw new ReleaseException($"{asked.Environment} holds no release of `{prompt}`");
        string now =
            session.Now.OpenDocuments.FirstOrDefault(d => d.Path == path)?.Text.Content
            ?? (workspace.Snapshot.Disk.Read(path) is { IsOk: true } file ? file.Text.Content : "");
        cancel.ThrowIfCancellationRequested();
        string text = UnifiedDiff.Of(LineDiff.Of(then, now), $"{prompt}@{asked.Environment}", prompt);
        return ($"{prompt} {asked.Environment}..now", ".diff", text.Length == 0 ? "Both are the same.\n" : text);
    }

    private static object? PromotionOf(Session session, EnvironmentArgument asked, CancellationToken cancel)
    {
        (ReleaseWorkspace workspace, string prompt) = session.Releases.OfPrompt(asked.Uri);
        using Promotion promotion = workspace.Plan([prompt], asked.Environment, asked.Why ?? "from the editor", cancel);
        PlannedMove move = promotion.Moves[0];
        using PromptLsp.History.Store.HistoryStore? store = workspace.Store();
        string name = ReleaseWorkspace.NameOf(prompt, move.Content.Fingerprint, store);
        var text = new StringBuilder();
        text.Append($"{prompt}: {name} from {move.From?.Environment ?? "the workspace"} to {asked.Environment}, ")
            .Append(move.Now is { } now ? $"in the place of {ReleaseWorkspace.NameOf(now, store)}\n" : "where there is none yet\n");
        if (move.IsThere)
            text.Append("It is there already.\n");
        foreach (string file in EnvironmentRequests.Unsaved(session.Now, workspace, promotion))
            text.Append($"save {file} first: what is not saved would not be promoted\n");
        foreach (var gate in move.Gates)
            text.Append($"{(gate.Holds ? "open" : "shut")}  {gate.Name,-9}  {gate.Says}\n");
        if (move is { NowContent: { } old, IsThere: false })
        {
            var diff = new ReleaseDiff(old, move.Content);
            LineDiff lines = diff.Rendered(cancel) is { IsEmpty: false } rendered ? rendered : diff.Source();
            text.Append('\n').Append(UnifiedDiff.Of(lines, $"{prompt}@{asked.Environment}", prompt));
        }
        return ($"{prompt} to {asked.Environment}", ".diff", text.ToString());
    }

    // What was recorded and found by each evaluation of the prompt in which it drifts, the newest first.
    private static object? DriftOf(Session session, EnvironmentArgument asked, CancellationToken cancel)
    {
        (ReleaseWorkspace workspace, string prompt) = session.Releases.OfPrompt(asked.Uri);
        string[] evaluations = [.. session.Drifts.All(workspace.Root, prompt).Select(a => a.Evaluation).Distinct(StringComparer.Ordinal)];
        if (evaluations.Length == 0)
            throw new ReleaseException($"no check found that the answers to `{prompt}` drifted");
        var text = new StringBuilder();
        using RunStore store = RunStore.Open(workspace.Root.Folder, session.Clock);
        foreach (string evaluation in evaluations)
        {
            cancel.ThrowIfCancellationRequested();
            text.Append($"{evaluation}\n");
            foreach (DriftEvent e in new DriftStore(store).Log(evaluation))
            {
                string p = e.P is { } value ? "  p = " + value.ToString("0.000", CultureInfo.InvariantCulture) : "";
                text.Append($"  {e.At.ToLocalTime().ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)}  {e.Kind}{p}  {e.Told}\n");
            }
        }
        return ($"drift of {prompt}", ".txt", text.ToString());
    }

    private static object? AllOf(Session session, EnvironmentArgument asked, CancellationToken cancel)
    {
        ReleaseWorkspace workspace = session.Releases.OfFile(asked.Uri);
        cancel.ThrowIfCancellationRequested();
        var table = EnvironmentTable.Read(workspace, null);
        var text = new StringBuilder();
        foreach (string environment in table.Environments)
        {
            text.Append(environment);
            if (workspace.Folder.Frozen(environment) is { } frozen)
                text.Append($"  frozen by {frozen.By}: {frozen.Why}");
            text.Append('\n');
            foreach (EnvironmentCell cell in table.Rows.SelectMany(r => r).OfType<EnvironmentCell>().Where(c => c.Environment == environment))
            {
                text.Append($"  {cell.Prompt}  {(cell.Record is null ? "nothing yet" : cell.Text)}");
                if (cell.Record is { } record)
                    text.Append($"  {record.KindWord} by {record.By}, {VersionWords.Ago(record.At, session.Clock.GetUtcNow())}: {record.Why}");
                text.Append('\n');
            }
        }
        return ("environments", ".txt", text.Length == 0 ? "promptlsp.yaml names no environments.\n" : text.ToString());
    }
}

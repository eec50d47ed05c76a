using PromptLsp.History.Lists;
using PromptLsp.History.Store;
using PromptLsp.Server.Extensions;
using PromptLsp.Server.History;
using PromptLsp.Server.Protocol;
using PromptLsp.Workspace;
using PromptLsp.Workspace.Files;
using StreamJsonRpc;

namespace PromptLsp.Server.Handlers;

/// <summary>What clients show of a prompt's versions.</summary>
internal static class HistoryRequests
{
    private const int UsualRows = 100, MostRows = 500;

    public static async Task<object?> History(Session session, HistoryParams asked)
    {
        if (PathOf(asked.TextDocument.Uri) is not { } path)
            return null;
        if (session.Histories.Known(path)?.Off is { } off)
            return new HistoryResult("off", [], false) { Reason = off };
        int limit = Math.Clamp(asked.Limit ?? UsualRows, 1, MostRows);
        HistoryResult? found = await session.Histories.AskAsync(path, root =>
        {
            if (root.Existing is not { } store)
                return new HistoryResult("on", [], false);
            TimeSpan fold = session.Now.SettingsOf(root.Root).HistoryFold;
            var (rows, more) = Bursts.Read(store, root.Root.Relative(path), asked.Before ?? int.MaxValue, limit, fold);
            return new HistoryResult("on", [.. rows.Select(row => row.Select(VersionShapes.Shape).ToArray())], more);
        });
        return found ?? new HistoryResult("off", [], false) { Reason = session.Histories.Known(path)?.Off };
    }

    public static async Task<object?> CheckTag(Session session, CheckTagParams asked)
    {
        if (TagName.Problem(asked.Name) is { } problem)
            return new CheckTagResult { Problem = problem };
        if (PathOf(asked.TextDocument.Uri) is not { } path)
            return new CheckTagResult();
        return await session.Histories.AskAsync(path, root => new CheckTagResult
        {
            At = root.Existing is { } store ? store.Tags(root.Root.Relative(path)).Where(t => t.Name == asked.Name).Select(t => (int?)t.Number).FirstOrDefault() : null,
        }) ?? new CheckTagResult();
    }

    public static async Task<object?> LineHistory(Session session, Snapshot now, LineHistoryParams asked, CancellationToken cancel)
    {
        if (now.FindOpen(asked.TextDocument.Uri) is not { Path: { } path, IsOutOfStep: false } document || !Histories.IsKept(path) || session.Histories.Off is not null)
            return null;
        return await session.Histories.LineHistories.AtAsync(path, document.Text.Content, asked.Line, cancel) is { } line
            ? new LineHistoryResult { Version = line.Version?.Shape() }
            : null;
    }

    /// <summary>The text of a version's document.</summary>
    /// <exception cref="LocalRpcException">It names none.</exception>
    public static async Task<string> TextOf(Session session, string uri)
    {
        if (!TryParse(uri, out string path, out string reference))
            throw RequestFailed.With($"{uri} is no version's document: it would be {OpenDocument.VersionScheme}:/path/file.prompt?v1.");
        string? text;
        try
        {
            text = await session.Histories.AskAsync(path, root => root.Existing is { } store
                ? store.Text(store.Resolve(root.Root.Relative(path), reference))
                : throw new HistoryException($"{root.Root.Relative(path)} has no history yet."));
        }
        catch (HistoryException refused)
        {
            throw RequestFailed.With(refused.Message);
        }
        return text ?? throw RequestFailed.With(session.Histories.Known(path)?.Off ?? "The history cannot be used now.");
    }

    /// <summary>The prompt and the reference that a version's URI names.</summary>
    public static bool TryParse(string uri, out string path, out string reference)
    {
        path = reference = "";
        int query = uri.LastIndexOf('?');
        if (!uri.StartsWith(OpenDocument.VersionScheme + ":", StringComparison.Ordinal) || query < 0)
            return false;
        string location = uri[(OpenDocument.VersionScheme.Length + 1)..query];
        reference = Uri.UnescapeDataString(uri[(query + 1)..]);
        // As with `file`, one slash means the same as three.
        path = FileUri.ToPath("file:" + (location.StartsWith("//", StringComparison.Ordinal) ? location : "//" + location)) ?? "";
        return path.Length > 0;
    }

    private static string? PathOf(string uri) => FileUri.ToPath(uri) is { } path && Histories.IsKept(path) ? path : null;
}

using System.Collections.Immutable;
using PromptLsp.History.Git;
using PromptLsp.History.Lists;
using PromptLsp.History.Store;
using PromptLsp.Language.Rendering;
using PromptLsp.Language.Rendering.Samples;
using PromptLsp.Language.Semantics;
using PromptLsp.Language.Syntax.Formats;
using PromptLsp.Server.Extensions;
using PromptLsp.Server.History;
using PromptLsp.Server.Protocol;
using PromptLsp.Workspace;
using PromptLsp.Workspace.Files;
using PromptLsp.Workspace.History;
using StreamJsonRpc;

namespace PromptLsp.Server.Handlers;

/// <summary>What clients show of a prompt's versions.</summary>
internal static class HistoryRequests
{
    /// <summary>In a version's reference: not its text, but what a model would get.</summary>
    private const string Rendered = "rendered";

    private const int UsualRows = 100, MostRows = 500;

    public static async Task<object?> History(Session session, HistoryParams asked)
    {
        if (PathOf(asked.TextDocument.Uri) is not { } path)
            return null;
        if (session.Histories.Known(path)?.Off is { } off)
            return new HistoryResult("off", [], false) { Reason = off };
        // What was seen on the disk a moment ago is part of it.
        await session.Recording.Looked;
        int limit = Math.Clamp(asked.Limit ?? UsualRows, 1, MostRows);
        // Git may be telling the past just now: a list is worth waiting for.
        HistoryResult? found = await session.Histories.DoAsync(
            path,
            root =>
            {
                if (root.Existing is not { } store)
                    return new HistoryResult("on", [], false) { Git = MayTakeOver(session, path, null) ? true : null };
                string relative = root.Root.Relative(path);
                TimeSpan fold = session.Now.SettingsOf(root.Root).HistoryFold;
                PromptVersion? first = store.First(relative);
                // A file whose own history has not begun: what was there before is another prompt's.
                bool hasNone = asked.Deleted is null && first is { Deleted: not null } && File.Exists(path);
                var (rows, more) = hasNone ? ([], false) : Bursts.Read(store, relative, asked.Deleted, asked.Before ?? int.MaxValue, limit, fold);
                ImmutableArray<EnvironmentEvent> events = hasNone || asked.Deleted is not null ? [] : store.EnvironmentEvents(relative, MostRows);
                ILookup<int?, EnvironmentEvent> moves = events.ToLookup(m => m.Version);
                HashSet<long> there = VersionShapes.Bringing(events, events.IsEmpty ? [] : session.Running.Look(path).Releases);
                return new HistoryResult("on", [.. rows.Select(row => row.Select(v => v.Shape(moves, there)).ToArray())], more)
                {
                    Deleted =
                        asked is { Before: null, Deleted: null } && (hasNone || first?.Deleted is null)
                            ? [.. store.Deleted(relative).Select(p => p.Shape(store))]
                            : null,
                    Git = MayTakeOver(session, path, hasNone ? null : first) ? true : null,
                };
            }
        );
        return found ?? new HistoryResult("off", [], false) { Reason = session.Histories.Known(path)?.Off };
    }

    private static bool MayTakeOver(Session session, string path, PromptVersion? first) =>
        session.Options.Trusted == true && (first is null or { Deleted: null, Kind: not EventKind.Imported }) && File.Exists(path) && GitTree.Knows(path);

    /// <summary>The deleted prompts of the open folders, the one deleted last first.</summary>
    public static async Task<object?> Deleted(Session session, DeletedParams asked)
    {
        var all = new List<DeletedShape>();
        foreach (string folder in session.Now.Folders)
        {
            if (
                await session.Histories.DoAsync(
                    Path.Join(folder, "any" + KnownFormats.Dotprompt.Ending),
                    root => root.Existing is { } store ? store.Deleted().Select(p => p.Shape(store)).ToArray() : null
                ) is
                { } found
            )
                all.AddRange(found);
        }
        return new DeletedResult([.. all]);
    }

    public static async Task<object?> CheckTag(Session session, CheckTagParams asked)
    {
        if (TagName.Problem(asked.Name) is { } problem)
            return new CheckTagResult { Problem = problem };
        if (PathOf(asked.TextDocument.Uri) is not { } path)
            return new CheckTagResult();
        return await session.Histories.AskAsync(
                path,
                root => new CheckTagResult
                {
                    At = root.Existing is { } store
                        ? store.Tags(root.Root.Relative(path)).Where(t => t.Name == asked.Name).Select(t => (int?)t.Number).FirstOrDefault()
                        : null,
                }
            ) ?? new CheckTagResult();
    }

    public static async Task<object?> LineHistory(Session session, Snapshot now, LineHistoryParams asked, CancellationToken cancel)
    {
        if (
            now.FindOpen(asked.TextDocument.Uri) is not { Path: { } path, IsOutOfStep: false } document
            || !Histories.IsKept(path)
            || session.Histories.Off is not null
        )
            return null;
        return await session.Histories.LineBlame.AtAsync(path, document.Text.Content, asked.Line, cancel) is { } line
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
            text = reference == Rendered || reference.StartsWith(Rendered + ":", StringComparison.Ordinal)
                ? await RenderedAsync(session, path, reference == Rendered ? null : reference[(Rendered.Length + 1)..])
                : EnvironmentDocuments.TextOf(session, path, reference) ?? await session.Histories.AskAsync(path, root => root.Existing is { } store
                    ? store.Text(store.Resolve(root.Root.Relative(path), reference))
                    : throw new HistoryException($"{root.Root.Relative(path)} has no history yet."));
        }
        catch (Exception refused) when (refused is HistoryException or PromptLsp.Releases.ReleaseException)
        {
            throw RequestFailed.With(refused.Message);
        }
        return text ?? throw RequestFailed.With(session.Histories.Known(path)?.Off ?? "The history cannot be used now.");
    }

    // What a model would get from a version, with the files of its time; from what is open or on disk where none is named.
    private static async Task<string?> RenderedAsync(Session session, string path, string? reference)
    {
        PromptModel? prompt = reference is null
            ? session.Now.ModelOf(path)
            : (await session.Histories.DoAsync(path, root =>
            {
                HistoryStore store = root.Existing ?? throw new HistoryException($"{root.Root.Relative(path)} has no history yet.");
                PromptVersion version = store.Resolve(root.Root.Relative(path), reference);
                return PastPrompt.Of(session.Histories.OnDisk, root.Root, path, store, version, session.Options.Trusted == true, CancellationToken.None);
            }))?.Model;
        if (prompt is null || !SampleRenderings.CanRender(prompt))
            throw new HistoryException($"{Path.GetFileName(path)}{(reference is null ? "" : "@" + reference)} cannot be rendered.");
        // Both sides of a comparison get the same inputs, so that another sample is no difference between the prompts.
        PromptModel now = session.Now.ModelOf(path) ?? prompt;
        Dictionary<string, object?> values = new(SampleChoice.Of(prompt).Inputs.Values, StringComparer.Ordinal);
        foreach ((string name, object? value) in SampleChoice.Of(now).Inputs.Values)
            values[name] = value;
        RenderedPrompt rendered = Renderer.Render(
            prompt,
            SampleChoice.Of(now).Inputs with
            {
                Values = values,
            },
            prompt.Environment.PreviewLimits,
            CancellationToken.None
        );
        return MessageText.Of(rendered) + (rendered.Failure is { } failure ? $"\n[{failure.Reason}]\n" : "");
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

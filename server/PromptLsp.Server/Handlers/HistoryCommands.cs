using System.Collections.Immutable;
using System.Text.Json;
using PromptLsp.History;
using PromptLsp.History.Diffs;
using PromptLsp.History.Files;
using PromptLsp.History.Git;
using PromptLsp.History.Lists;
using PromptLsp.History.Store;
using PromptLsp.Language.Syntax.Formats;
using PromptLsp.Language.Text;
using PromptLsp.Server.Extensions;
using PromptLsp.Server.History;
using PromptLsp.Server.Protocol;
using PromptLsp.Workspace;
using PromptLsp.Workspace.Files;
using PromptLsp.Workspace.History;
using StreamJsonRpc;

namespace PromptLsp.Server.Handlers;

/// <summary>The commands of <c>workspace/executeCommand</c>: tag, describe, roll back, and show, for any client.</summary>
internal static class HistoryCommands
{
    public const string Tag = "promptlsp.tag",
        Untag = "promptlsp.untag",
        Describe = "promptlsp.describe",
        Rollback = "promptlsp.rollback",
        Compare = "promptlsp.compare",
        ShowHistory = "promptlsp.showHistory",
        Restore = "promptlsp.restore",
        ImportGit = "promptlsp.importGit";

    private const string NoneYet = "has no version yet; save it first";

    public static string[] All { get; } = [Tag, Untag, Describe, Rollback, Compare, ShowHistory, Restore, ImportGit];

    public static async Task<object?> Execute(Session session, ExecuteCommandParams asked, CancellationToken cancel)
    {
        Func<Session, HistoryArgument, string, CancellationToken, Task<object?>> command = asked.Command switch
        {
            Tag => TagAsync,
            Untag => UntagAsync,
            Describe => DescribeAsync,
            Rollback => RollbackAsync,
            Compare => CompareAsync,
            ShowHistory => ShowHistoryAsync,
            Restore => RestoreAsync,
            ImportGit => ImportGitAsync,
            _ => throw RequestFailed.With($"There is no command {asked.Command}; the server announces those that there are."),
        };
        HistoryArgument argument = Dispatcher.Read(asked.Arguments is [var first, ..] ? first : (JsonElement?)null, HistoryArgument.Read);
        if (FileUri.ToPath(argument.Uri) is not { } path || !Histories.IsKept(path))
            throw RequestFailed.With($"{argument.Uri} is no prompt in a file; only those have a history.");
        try
        {
            return await command(session, argument, path, cancel);
        }
        catch (HistoryException refused)
        {
            throw RequestFailed.With(refused.Message);
        }
    }

    private static Task<object?> TagAsync(Session session, HistoryArgument argument, string path, CancellationToken cancel) =>
        ChangeAsync(
            session,
            path,
            (root, relative) =>
            {
                MustHaveVersion(session, root, path);
                string name = Given(argument.Name, "name"),
                    reference = argument.Ref ?? ThisVersion(session, root, argument, path);
                MustAllow(
                    session,
                    path,
                    name,
                    root.Store.Tags(relative).Any(t => t.Name == name && t.Number != root.Store.Resolve(relative, reference).Number),
                    root.By
                );
                Tag tag = root.Store.Tag(relative, reference, name, argument.Note, argument.Expected, root.By);
                return root.Store.Resolve(relative, $"v{tag.Number}");
            }
        );

    private static void MustAllow(Session session, string path, string tag, bool isThere, Origin by)
    {
        if (session.Now.SettingsOf(session.Now.Roots.Of(path)).Releases.TagProblem(tag, isThere, by.Author) is { } problem)
            throw new HistoryException(problem);
    }

    private static Task<object?> UntagAsync(Session session, HistoryArgument argument, string path, CancellationToken cancel) =>
        ChangeAsync(
            session,
            path,
            (root, relative) =>
            {
                PromptVersion version = root.Store.Resolve(relative, Given(argument.Name, "name"));
                MustAllow(session, path, argument.Name!, isThere: true, root.By);
                root.Store.Untag(relative, argument.Name!, argument.Note, root.By);
                return root.Store.Resolve(relative, version.Name);
            }
        );

    private static Task<object?> DescribeAsync(Session session, HistoryArgument argument, string path, CancellationToken cancel) =>
        ChangeAsync(
            session,
            path,
            (root, relative) =>
            {
                MustHaveVersion(session, root, path);
                return root.Store.Describe(relative, argument.Ref ?? ThisVersion(session, root, argument, path), Given(argument.Note, "note"), root.By);
            }
        );

    // The edit is the client's to make, so that its undo takes it back; nothing waits in the queue meanwhile.
    private static async Task<object?> RollbackAsync(Session session, HistoryArgument argument, string path, CancellationToken cancel)
    {
        if (!session.Flags.AppliesEdits)
            throw RequestFailed.With("This editor takes no edits from a server; `promptlsp rollback` on the command line does the same.");
        RollbackPlan plan = await PlanAsync(session, argument, path) ?? throw Unavailable(session, path);
        session.Recording.Begin(path, plan.Pending);
        if (plan.Edit is { } edit && await ClientEdits.RefusalAsync(session, $"Roll back to {plan.Target.Name}", edit, cancel) is { } refusal)
        {
            session.Recording.GiveUp(path, plan.Pending);
            throw RequestFailed.With($"{refusal}; nothing was rolled back.");
        }
        return await ChangeAsync(session, path, (root, _) => session.Recording.Finish(root, path, plan.Pending) ?? plan.Target);
    }

    private static Task<RollbackPlan?> PlanAsync(Session session, HistoryArgument argument, string path) =>
        session.Histories.AskAsync(
            path,
            root =>
            {
                string relative = root.Root.Relative(path);
                MustHaveVersion(session, root, path);
                OpenDocument? open = OpenAt(session, argument.Uri, path);
                PromptVersion head = root.Store.Head(relative)!,
                    target = root.Store.Resolve(relative, Given(argument.Ref, "ref"));
                if (target.Deleted is { } name)
                    throw new HistoryException(
                        $"{target.Name} of {name} is no version of this prompt but of the one deleted before; restore that under another name."
                    );
                if (argument.Expected is { } expected && expected != head.Number)
                    throw new HistoryException($"{relative} is at {head.Name} now, no longer at v{expected}; look at what is new before you roll back.");
                string text =
                    open?.Text.Content
                    ?? (
                        HistoryRecording.Read(path) is { } bytes
                            ? System.Text.Encoding.UTF8.GetString(bytes)
                            : throw new HistoryException($"{relative} is not there; `promptlsp restore` brings it back.")
                    );
                if (open is not null && text.Length > 0 && root.Store.WithText(relative, Fingerprint.Of(text)) is null)
                    session.Recording.Unsaved(root, open, $"unsaved, before rolling back to {target.Name}");
                string old = root.Store.Text(target);
                var edits = SmallestEdits.KeepingLineEnds(text, old);
                var recording = new Recording(relative, root.Store.Bytes(target), EventKind.RolledBack, root.By)
                {
                    PulledIn = PromptLsp.Workspace.History.Recorder.PulledIn(session.Histories.OnDisk.Open(argument.Uri, 0, old), root.Root, path),
                    Source = target.Number,
                    Note = argument.Note ?? (session.Flags.Asks ? null : "from the editor"),
                };
                return new RollbackPlan(
                    target,
                    edits.IsEmpty ? null : EditOf(open, argument.Uri, new SourceText(text), edits),
                    new PendingRollback(recording, text)
                );
            }
        );

    private static string ThisVersion(Session session, RootStore root, HistoryArgument argument, string path) =>
        session.Histories.VersionOf(root.Store, root.Root.Relative(path), path, OpenAt(session, argument.Uri, path)?.Text.Content)?.Name ?? "head";

    private static async Task<object?> RestoreAsync(Session session, HistoryArgument argument, string path, CancellationToken cancel)
    {
        string to =
            argument.To is null ? path
            : FileUri.ToPath(argument.To) is { } other && Histories.IsKept(other) ? other
            : throw RequestFailed.With($"{argument.To} cannot be a prompt; name a file that ends in {KnownFormats.Endings}.");
        if (session.Now.Roots.Of(to).Folder != session.Now.Roots.Of(path).Folder)
            throw RequestFailed.With($"{argument.To} is in another workspace, which has a history of its own.");
        return await ChangeAsync(
            session,
            path,
            (root, relative) =>
            {
                PromptVersion target = root.Store.Resolve(relative, argument.Ref ?? (File.Exists(path) ? DeletedName.Last : "head"));
                if (target.Deleted is null && File.Exists(path))
                    throw new HistoryException($"{target.Name} is a version of {relative}, which is there; roll back to it.");
                byte[] bytes = root.Store.Bytes(target);
                WriteNew(to, bytes, root.Root.Relative(to));
                Snapshot then = session.Histories.OnDisk.Open(FileUri.FromPath(to), 0, root.Store.Text(target));
                PromptVersion restored = root.Store.Restore(
                    target,
                    root.Recorder.Recording(then, root.Root, to, bytes, EventKind.RolledBack) with
                    {
                        Source = target.Number,
                        Note = argument.Note,
                    }
                );
                session.Histories.LearnAll(root);
                return restored;
            }
        );
    }

    private static void WriteNew(string path, byte[] bytes, string shown)
    {
        try
        {
            if (!WrittenFile.Create(path, bytes))
                throw new HistoryException($"{shown} is there; restore the deleted prompt under another name.");
        }
        catch (Exception failure) when (FileFailure.Is(failure))
        {
            throw new HistoryException($"{shown} cannot be written ({FileFailure.Reason(failure)}); check its folder and the disk.", failure);
        }
    }

    private static async Task<object?> ImportGitAsync(Session session, HistoryArgument argument, string path, CancellationToken cancel)
    {
        if (session.Options.Trusted == false)
            throw RequestFailed.With("Git is not run in a folder that is not trusted.");
        return await session.Histories.DoAsync(path, root =>
        {
            int versions = GitPast.TakeOver(root.Store, session.Histories.OnDisk, root.Root, path, root.Recorder.Tool, GitLimits.Asked, cancel);
            session.Histories.LearnAll(root);
            return new ImportResult(versions);
        }) ?? throw Unavailable(session, path);
    }

    private static WorkspaceEdit EditOf(OpenDocument? open, string uri, SourceText text, ImmutableArray<TextReplacement> edits) => new()
    {
        Changes = new(StringComparer.Ordinal)
        {
            [open?.Uri ?? uri] = [.. edits.Select(e => new Protocol.TextEdit(text.RangeOf(new TextSpan(e.Start, e.Length)), e.NewText))],
        },
    };

    private static async Task<object?> CompareAsync(Session session, HistoryArgument argument, string path, CancellationToken cancel)
    {
        (string Title, string Text)? document = null;
        await session.Histories.AskAsync(
            path,
            root =>
            {
                string relative = root.Root.Relative(path);
                HistoryStore store = root.Existing ?? throw new HistoryException($"{relative} {NoneYet}.");
                PromptVersion old = store.Resolve(relative, Given(argument.Ref, "ref"));
                PromptVersion? with = argument.With is { } reference ? store.Resolve(relative, reference) : null;
                string now = with is not null
                    ? store.Text(with)
                    : OpenAt(session, argument.Uri, path)?.Text.Content
                        ?? (HistoryRecording.Read(path) is { } bytes ? System.Text.Encoding.UTF8.GetString(bytes) : "");
                string title = $"{relative} {old.Name}..{with?.Name ?? "now"}";
                document = (
                    title,
                    UnifiedDiff.Of(LineDiff.Of(store.Text(old), now), $"{relative}@{old.Name}", with is null ? relative : $"{relative}@{with.Name}")
                );
                return root;
            }
        );
        if (document is var (name, text))
            await session.Documents.ShowAsync(name, ".diff", text.Length == 0 ? "Both are the same.\n" : text, cancel);
        return null;
    }

    private static async Task<object?> ShowHistoryAsync(Session session, HistoryArgument argument, string path, CancellationToken cancel)
    {
        string? text = await session.Histories.AskAsync(path, root =>
        {
            string relative = root.Root.Relative(path);
            return root.Existing is { } store && store.Versions(relative, limit: 500) is { IsEmpty: false } versions
                ? string.Concat(versions.Select(v => Line(session, v)))
                : throw new HistoryException($"{relative} {NoneYet}.");
        });
        if (text is not null)
            await session.Documents.ShowAsync(Path.GetFileName(path) + " history", ".txt", text, cancel);
        return null;
    }

    private static string Line(Session session, PromptVersion version)
    {
        string tags = version.Tags.IsEmpty ? "" : $"  [{string.Join(", ", version.Tags)}]";
        string note = version.Note is { } why ? $"  {why.ReplaceLineEndings(" ")}" : "";
        return $"{version.Name,-6} {VersionWords.Ago(version.At, session.Clock.GetUtcNow())}, {version.AuthorName}{tags}{note}\n";
    }

    private static async Task<object?> ChangeAsync(Session session, string path, Func<RootStore, string, PromptVersion> change)
    {
        VersionResult? result = await session.Histories.AskAsync(path, root =>
        {
            PromptVersion version = change(root, root.Root.Relative(path));
            session.Histories.Learn(root, path);
            session.Histories.Tell();
            return new VersionResult(version.Shape());
        });
        return result ?? throw Unavailable(session, path);
    }

    private static void MustHaveVersion(Session session, RootStore root, string path)
    {
        if (session.Recording.FirstVersion(root, path) is null)
            throw new HistoryException($"{root.Root.Relative(path)} {NoneYet}.");
    }

    private static OpenDocument? OpenAt(Session session, string uri, string path) =>
        session.Now.FindOpen(uri) ?? session.Now.OpenDocuments.FirstOrDefault(d => d.Path == path);

    private static string Given(string? value, string field) =>
        string.IsNullOrEmpty(value) ? throw new HistoryException($"The command needs `{field}` in its argument.") : value;

    private static LocalRpcException Unavailable(Session session, string path) =>
        RequestFailed.With(session.Histories.Known(path)?.Off ?? "The history cannot be used now.");

    private sealed record RollbackPlan(PromptVersion Target, WorkspaceEdit? Edit, PendingRollback Pending);
}

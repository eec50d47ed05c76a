using System.Collections.Immutable;
using PromptLsp.History.Store;
using PromptLsp.Language.Linting;
using PromptLsp.Language.Rendering;
using PromptLsp.Language.Rendering.Samples;
using PromptLsp.Language.Semantics;
using PromptLsp.Workspace;
using PromptLsp.Workspace.Files;
using PromptLsp.Workspace.Index;
using PromptLsp.Workspace.Tokens;

namespace PromptLsp.Portfolio;

/// <summary>Reads all prompts below a folder with what there is to know of each: history, tests, findings, costs, and who depends on it.</summary>
/// <param name="history">The history of a root; null where there is none.</param>
/// <param name="evaluations">The last evaluation of a prompt, by its path from its root.</param>
/// <param name="environments">What the environments hold of a prompt, by its path from its root.</param>
public sealed class PortfolioReader(
    string folder, Func<Root, HistoryStore?> history, Func<Root, string, LastEvaluation?> evaluations, Func<Root, string, ImmutableArray<RunsIn>> environments)
{
    private static readonly TimeSpan Month = TimeSpan.FromDays(30);

    private const int MostRecent = 1_000;

    /// <param name="progress">Is told how many of how many prompts are done.</param>
    public PortfolioReading Read(DateTimeOffset now, Action<int, int> progress, CancellationToken cancel)
    {
        // Whoever asks for tokens before they can be counted is told that there are none.
        TokenCounters.LoadAsync().GetAwaiter().GetResult();
        var disk = new Disk();
        WorkspaceIndex? index = null;
        Snapshot snapshot = Snapshot.Empty(disk, [folder], () => index);
        var closed = ImmutableArray.CreateBuilder<string>();
        string[] paths = [.. Discovery.Prompts(folder, cancel, closed.Add)];
        var models = new PromptModel?[paths.Length];
        var statuses = new FileStatus[paths.Length];
        Parallel.For(0, paths.Length, new ParallelOptions { CancellationToken = cancel }, i => (statuses[i], models[i]) = snapshot.ReadOnce(paths[i]));
        index = WorkspaceIndex.Empty.With(paths.Select((path, i) => (path, models[i])));
        var known = paths.Select(snapshot.Roots.Of).Distinct()
            .ToDictionary(r => r, r => (history(r)?.Prompts() ?? []).Where(p => !p.IsDeleted).ToDictionary(p => p.Path, StringComparer.Ordinal));
        var prompts = new OwnedPrompt?[paths.Length];
        int done = 0;
        Parallel.For(0, paths.Length, new ParallelOptions { CancellationToken = cancel }, i =>
        {
            if (models[i] is { } model)
            {
                Root root = snapshot.Roots.Of(paths[i]);
                prompts[i] = Of(paths[i], root, model, index, known[root].GetValueOrDefault(root.Relative(paths[i])), now, cancel);
            }
            progress(Interlocked.Increment(ref done), paths.Length);
        });
        return new(
            [.. prompts.OfType<OwnedPrompt>().OrderBy(p => p.Path, StringComparer.Ordinal)],
            [.. paths.Zip(statuses).Where((_, i) => models[i] is null).OrderBy(f => f.First, StringComparer.Ordinal)],
            closed.ToImmutable());
    }

    private OwnedPrompt Of(string path, Root root, PromptModel model, WorkspaceIndex index, KnownPrompt? known, DateTimeOffset now, CancellationToken cancel)
    {
        string relative = root.Relative(path);
        return new(Shown(path), root, model)
        {
            Owners = [.. PromptLists.Owners(model)],
            Tags = [.. PromptLists.Tags(model)],
            Version = known?.Head,
            VersionsThisMonth = known is null || known.At < now - Month ? 0 : Recent(history(root)!, relative, now - Month),
            Changed = known is not null && known.Fingerprint == PromptLsp.History.Fingerprint.Of(model.Document.Text.Content) ? known.At
                : new DateTimeOffset(File.GetLastWriteTimeUtc(path)),
            Tests = Counted(PromptTests.Run(model, RenderLimits.Command, cancel).Select(t => t.Outcome)),
            Findings = Counted(Linter.All(model, static (_, _) => { }, cancel).Select(f => f.Severity)),
            Tokens = Tokens(model, cancel),
            Evaluation = evaluations(root, relative),
            Environments = environments(root, relative),
            Includes = [.. Included(model).Select(i => Shown(Path.GetFullPath(i, root.Folder))).Distinct(StringComparer.Ordinal)],
            Dependants = [.. index.DependantsOf(path).Select(Shown).Order(StringComparer.Ordinal)],
        };
    }

    private string Shown(string path) => Path.GetRelativePath(folder, path).Replace(Path.DirectorySeparatorChar, '/');

    private int Recent(HistoryStore store, string path, DateTimeOffset since) => store.Versions(path, limit: MostRecent).Count(v => v.At >= since);

    private static IEnumerable<string> Included(PromptModel model) => IncludeGraph.From(model).Select(i => i.Partial?.Path).OfType<string>();

    // The largest of its samples says what a call takes; a made-up value would say nothing.
    private static TokenCount? Tokens(PromptModel model, CancellationToken cancel) => model.Environment.IsPartial
        ? null
        : SampleRenderings.Of(model, cancel).Where(r => r.Rendered.Failure is null && r.Choice.IsDeclared)
            .Select(r => TokenCount.Of(model, r.Rendered)).OfType<TokenCount>().OrderByDescending(t => t.Tokens).Select(t => (TokenCount?)t).FirstOrDefault();

    private static ImmutableDictionary<T, int> Counted<T>(IEnumerable<T> all)
        where T : notnull => all.CountBy(x => x).ToImmutableDictionary();
}

/// <summary>All prompts below a folder, in the order of their paths, and what kept others from being among them; absolute.</summary>
/// <param name="Unread">Files that are no text of ours, and why.</param>
/// <param name="Closed">Folders that may not be opened.</param>
public sealed record PortfolioReading(
    ImmutableArray<OwnedPrompt> Prompts, ImmutableArray<(string Path, FileStatus Status)> Unread, ImmutableArray<string> Closed);

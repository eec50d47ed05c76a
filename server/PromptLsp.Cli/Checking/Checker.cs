using System.Collections.Concurrent;
using System.Collections.Immutable;
using PromptLsp.Cli.Reports;
using PromptLsp.Cli.Versions;
using PromptLsp.Evaluation.Files;
using PromptLsp.Language.Catalog;
using PromptLsp.Language.Linting;
using PromptLsp.Language.Semantics;
using PromptLsp.Language.Text;
using PromptLsp.Releases.Environments;
using PromptLsp.Releases.Folder;
using PromptLsp.Workspace;
using PromptLsp.Workspace.Files;
using PromptLsp.Workspace.History;
using PromptLsp.Workspace.Index;

namespace PromptLsp.Cli.Checking;

/// <summary>
/// Lints many prompts at once: one pass reads them and learns which names and includes there are, a second one runs the rules. Both go
/// over the files in parallel; the answer is in the order of the paths.
/// </summary>
internal sealed class Checker(PromptPaths paths, Terminal terminal, Progress progress)
{
    private const int Batch = 500;
    private const string ContractBreak = "contract-break";

    // Prompts that stay in memory between the passes, 100 kB each; the others are read twice, which costs no more than the collector moving them about.
    private const int MostKept = 500;

    private readonly ConcurrentDictionary<string, long> _ticks = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _failures = new();
    private WorkspaceIndex? _index;

    /// <summary>How long each rule took, over all files and processors, the slowest first.</summary>
    public IEnumerable<(string Rule, TimeSpan Time)> Timings =>
        _ticks.Keys.OrderByDescending(rule => _ticks[rule]).Select(rule => (rule, TimeSpan.FromTicks(_ticks[rule])));

    /// <summary>Rules that threw, each as one line.</summary>
    public IReadOnlyCollection<string> RuleFailures => _failures;

    /// <summary>Rules that could not look at all that they need, and why.</summary>
    public ImmutableArray<(string Rule, string Why)> Skipped { get; private set; } = [];

    public ImmutableArray<CheckedFile> Check(CancellationToken cancel)
    {
        var disk = new Disk();
        ImmutableArray<string> folders = paths.Folders.IsEmpty ? [terminal.Folder] : paths.Folders;
        using var tagged = new TaggedTexts(new Roots(disk, folders), Stores.Options(terminal));
        Snapshot snapshot = null!;
        snapshot = Snapshot.Empty(disk, folders, () => _index, path => RunningPrompt.Of(snapshot, path).Last ?? tagged.Of(path));
        snapshot = paths.Piped?.In(snapshot) ?? snapshot;
        ReadFile[] read = ReadAll(snapshot, cancel);
        var files = new CheckedFile[read.Length];
        int done = 0;
        Each(0, files.Length, i =>
        {
            files[i] = Lint(paths.Files[i], read[i].IsKept ? read[i] : Read(snapshot, paths.Files[i]), snapshot, cancel);
            progress.Tell(Interlocked.Increment(ref done), files.Length);
        }, cancel);
        Skipped = [.. tagged.Off.Select(why => (ContractBreak, $"`{ContractBreak}` was not checked: {why.TrimEnd('.')}"))];
        IEnumerable<CheckedFile> others = Settings(snapshot).Concat(EvaluationsBelow(snapshot, cancel)).Concat(Releases(snapshot, cancel));
        return [.. files.Concat(others).OrderBy(f => f.Path, StringComparer.Ordinal)];
    }

    /// <summary>One file as the first pass left it.</summary>
    private readonly record struct ReadFile(FileStatus Status, PromptModel? Prompt, bool IsKept);

    // Who includes whom and which names are taken is only known once all files of the roots are read: for folders, not for single files.
    private ReadFile[] ReadAll(Snapshot snapshot, CancellationToken cancel)
    {
        var read = new ReadFile[paths.Files.Length];
        WorkspaceIndex index = paths.Folders.IsEmpty ? WorkspaceIndex.Empty : IndexOfOthers(snapshot, cancel);
        for (int from = 0; from < read.Length; from += Batch)
        {
            int to = Math.Min(read.Length, from + Batch);
            Each(from, to, i => read[i] = Read(snapshot, paths.Files[i]), cancel);
            if (!paths.Folders.IsEmpty)
                index = index.With(Enumerable.Range(from, to - from).Select(i => (paths.Files[i], read[i].Prompt)));
            if (to > MostKept)
                Array.Clear(read, from, to - from);
        }
        if (!paths.Folders.IsEmpty)
            _index = index;
        return read;
    }

    private ReadFile Read(Snapshot snapshot, string path)
    {
        (FileStatus status, PromptModel? prompt) = paths.Piped is null ? snapshot.ReadOnce(path) : (FileStatus.Ok, snapshot.ModelOf(path));
        if (prompt is null)
            return new(status, null, true);
        string shown = terminal.Display(path);
        PromptEnvironment environment = Patience.In(prompt.Environment) with
        {
            ReportRuleFailure = (rule, failure) =>
                _failures.Enqueue($"the rule `{rule}` failed on `{shown}`, please report it: {failure.GetType().Name}: {failure.Message}"),
        };
        return new(status, new PromptModel(prompt.Document, environment), true);
    }

    // Files of the same roots that are not checked themselves.
    private WorkspaceIndex IndexOfOthers(Snapshot snapshot, CancellationToken cancel)
    {
        IEnumerable<string> roots = paths.Files.Select(f => snapshot.Roots.Of(f).Folder).Distinct(StringComparer.Ordinal);
        return IndexBuilder.Build(snapshot, roots.Where(r => !paths.Folders.Any(f => IsIn(r, f))), cancel);
    }

    private static bool IsIn(string folder, string outer) =>
        folder == outer || folder.StartsWith(outer + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    private CheckedFile Lint(string path, ReadFile file, Snapshot snapshot, CancellationToken cancel)
    {
        string shown = terminal.Display(path);
        if (file.Prompt is not { } prompt)
            return new(shown, SourceText.Empty, [Unread(shown, file.Status)]);
        if (EvaluationFiles.MayBe(path) && EvaluationFiles.Is(prompt.Document.Text))
            return new(shown, prompt.Document.Text, EvaluationReader.Read(path, snapshot.Roots.Of(path), terminal.Display).Findings);
        ImmutableArray<Finding> findings = Linter.All(prompt, (rule, time) => _ticks.AddOrUpdate(rule, time.Ticks, (_, ticks) => ticks + time.Ticks), cancel);
        if (!paths.Folders.Any(f => IsIn(path, f)) && EditedRelease.Of(path, prompt.Document.Text) is { } edited)
            findings = findings.Insert(0, edited);
        // A clean file's text is not needed again.
        return new(shown, findings.IsEmpty ? SourceText.Empty : prompt.Document.Text, findings) { Root = Shown(snapshot.Roots.Of(path)) };
    }

    private string Shown(Root root) => terminal.Display(root.Folder) is var shown && shown == "." ? "" : shown;

    private static Finding Unread(string shown, FileStatus status) => new(default, PromptPaths.Why(shown, status))
    {
        Rule = UnreadableFile.Name,
        Severity = Severity.Error,
    };

    // Evaluations that lie in a checked folder are checked with its prompts.
    private IEnumerable<CheckedFile> EvaluationsBelow(Snapshot snapshot, CancellationToken cancel) =>
        from folder in paths.Folders
        from path in Discovery.Files(folder, EvaluationFiles.MayBe, cancel)
        let file = Disk.Load(path)
        where file.IsOk && EvaluationFiles.Is(file.Text)
        select new CheckedFile(terminal.Display(path), file.Text, EvaluationReader.Read(path, snapshot.Roots.Of(path), terminal.Display).Findings);

    // Releases are no prompts of the workspace; that they are what was released is checked, where they lie in a checked folder.
    private IEnumerable<CheckedFile> Releases(Snapshot snapshot, CancellationToken cancel) =>
        from root in paths.Folders.Select(snapshot.Roots.OfFolder).Concat(paths.Files.Select(snapshot.Roots.Of)).DistinctBy(r => r.Folder)
        let settings = snapshot.SettingsOf(root)
        let severity = settings.Severities.GetValueOrDefault(EditedRelease.Rule, Severity.Error)
        let folder = new ReleaseFolder(root, settings.Releases)
        where severity != Severity.Off && paths.Folders.Any(f => IsIn(folder.Path, f) || IsIn(f, folder.Path))
        from edited in EditedRelease.In(folder, cancel)
        where paths.Folders.Any(f => IsIn(edited.Path, f))
        select new CheckedFile(terminal.Display(edited.Path), Disk.Load(edited.Path).Text, [edited.Finding with { Severity = severity }]);

    // The settings that lie in a checked folder are checked with it. Of those of a file that is named, what turns rules off unseen is told.
    private IEnumerable<CheckedFile> Settings(Snapshot snapshot)
    {
        IEnumerable<Root> roots = paths.Files.Concat(paths.Settings).Select(snapshot.Roots.Of).Concat(paths.Folders.Select(snapshot.Roots.OfFolder));
        foreach (Root root in roots.Distinct())
        {
            string path = root.SettingsPath;
            if (snapshot.SettingsFileOf(root) is not { Status: not FileStatus.Missing } file)
                continue;
            bool isChecked = paths.Settings.Contains(path) || paths.Folders.Any(f => IsIn(path, f));
            ImmutableArray<Finding> findings = snapshot.SettingsOf(root).Findings;
            if (!isChecked)
                findings = findings.RemoveAll(f => f.Severity != Severity.Error);
            if (isChecked || !findings.IsEmpty)
                yield return new(terminal.Display(path), file.Text, findings);
        }
    }

    // One file needs no threads, whose start would cost more than the work.
    private static void Each(int from, int to, Action<int> work, CancellationToken cancel)
    {
        if (to - from < 4)
        {
            for (int i = from; i < to; i++)
                work(i);
        }
        else
        {
            Parallel.For(from, to, new ParallelOptions { CancellationToken = cancel, MaxDegreeOfParallelism = Environment.ProcessorCount }, work);
        }
    }
}

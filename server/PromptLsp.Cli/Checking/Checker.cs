using System.Collections.Concurrent;
using System.Collections.Immutable;
using PromptLsp.Cli.Reports;
using PromptLsp.Language.Linting;
using PromptLsp.Language.Semantics;
using PromptLsp.Language.Text;
using PromptLsp.Workspace;
using PromptLsp.Workspace.Files;
using PromptLsp.Workspace.Index;

namespace PromptLsp.Cli.Checking;

/// <summary>
/// Lints many prompts at once: one pass reads them and learns which names and includes there are, a second one runs the rules. Both go
/// over the files in parallel; the answer is in the order of the paths.
/// </summary>
internal sealed class Checker(PromptPaths paths, Terminal terminal)
{
    private readonly ConcurrentDictionary<string, long> _ticks = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _failures = new();
    private WorkspaceIndex? _index;

    /// <summary>How long each rule took, over all files and processors, the slowest first.</summary>
    public IEnumerable<(string Rule, TimeSpan Time)> Timings => _ticks.OrderByDescending(t => t.Value).Select(t => (t.Key, TimeSpan.FromTicks(t.Value)));

    /// <summary>Rules that threw, each as one line.</summary>
    public IReadOnlyCollection<string> RuleFailures => _failures;

    public ImmutableArray<CheckedFile> Check(CancellationToken cancel)
    {
        var snapshot = Snapshot.Empty(new Disk(), paths.Folders.IsEmpty ? [terminal.Folder] : paths.Folders, () => _index);
        var read = new (FileStatus Status, PromptModel? Prompt)[paths.Files.Length];
        Each(read.Length, i => read[i] = Read(snapshot, paths.Files[i]), cancel);
        // Who includes whom and which names are taken is only known once all files of the roots are read: for folders, not for single files.
        if (!paths.Folders.IsEmpty)
            _index = Index(snapshot, read, cancel);
        var files = new CheckedFile[read.Length];
        Each(files.Length, i => files[i] = Lint(paths.Files[i], read[i].Status, read[i].Prompt, cancel), cancel);
        return [.. files.Concat(Settings(snapshot)).OrderBy(f => f.Path, StringComparer.Ordinal)];
    }

    private (FileStatus, PromptModel?) Read(Snapshot snapshot, string path)
    {
        (FileStatus status, PromptModel? prompt) = snapshot.ReadOnce(path);
        if (prompt is null)
            return (status, null);
        string shown = terminal.Display(path);
        PromptEnvironment environment = prompt.Environment with
        {
            ReportRuleFailure = (rule, failure) => _failures.Enqueue($"the rule `{rule}` failed on `{shown}`, please report it: {failure.GetType().Name}: {failure.Message}"),
        };
        return (status, new PromptModel(prompt.Document, environment));
    }

    private WorkspaceIndex Index(Snapshot snapshot, (FileStatus, PromptModel? Prompt)[] read, CancellationToken cancel)
    {
        var known = paths.Files.ToHashSet(StringComparer.Ordinal);
        IEnumerable<string> roots = paths.Files.Select(f => snapshot.Roots.Of(f).Folder).Distinct(StringComparer.Ordinal);
        WorkspaceIndex others = IndexBuilder.Build(snapshot, roots.Where(r => !paths.Folders.Contains(r, StringComparer.Ordinal)), cancel);
        return others.With(paths.Files.Zip(read, (path, file) => (path, file.Prompt)));
    }

    private CheckedFile Lint(string path, FileStatus status, PromptModel? prompt, CancellationToken cancel)
    {
        string shown = terminal.Display(path);
        if (prompt is null)
            return new(shown, SourceText.Empty, [Unread(shown, status)]);
        return new(shown, prompt.Document.Text, Linter.All(prompt, (rule, time) => _ticks.AddOrUpdate(rule, time.Ticks, (_, ticks) => ticks + time.Ticks), cancel));
    }

    private static Finding Unread(string shown, FileStatus status) => new(default, PromptPaths.Why(shown, status))
    {
        Rule = "unreadable-file",
        Severity = status == FileStatus.TooLarge ? Severity.Hint : Severity.Error,
    };

    // The settings that lie in a checked folder are checked with it.
    private IEnumerable<CheckedFile> Settings(Snapshot snapshot)
    {
        foreach (Root root in paths.Files.Select(snapshot.Roots.Of).Distinct())
        {
            string path = Path.Join(root.Folder, Roots.SettingsFile);
            if (paths.Folders.Any(f => path.StartsWith(f + Path.DirectorySeparatorChar, StringComparison.Ordinal)) && snapshot.Disk.Read(path) is { IsOk: true } file)
                yield return new(terminal.Display(path), file.Text, snapshot.SettingsOf(root).Findings);
        }
    }

    // One file needs no threads, whose start would cost more than the work.
    private static void Each(int count, Action<int> work, CancellationToken cancel)
    {
        if (count < 4)
        {
            for (int i = 0; i < count; i++)
                work(i);
        }
        else
        {
            Parallel.For(0, count, new ParallelOptions { CancellationToken = cancel, MaxDegreeOfParallelism = Environment.ProcessorCount }, work);
        }
    }
}

using System.Collections.Concurrent;
using System.Collections.Immutable;
using PromptLsp.Cli.Checking;
using PromptLsp.Cli.Versions;
using PromptLsp.History.Store;
using PromptLsp.Portfolio;
using PromptLsp.Workspace;
using PromptLsp.Workspace.Files;

namespace PromptLsp.Cli.Folio;

/// <summary>All prompts of the workspace that the user is in, and the histories of their roots.</summary>
internal sealed class ReadPortfolio : IDisposable
{
    private readonly ConcurrentDictionary<string, Lazy<HistoryStore?>> _histories = new(StringComparer.Ordinal);
    private readonly Terminal _terminal;
    private readonly ImmutableArray<string> _lacking;

    public ReadPortfolio(Terminal terminal, CancellationToken cancel)
    {
        _terminal = terminal;
        Folder = Snapshot.Empty(new Disk(), [terminal.Folder]).Roots.OfFolder(terminal.Folder).Folder;
        var evaluations = new ConcurrentDictionary<string, Lazy<IReadOnlyDictionary<string, LastEvaluation>>>(StringComparer.Ordinal);
        var environments = new ConcurrentDictionary<string, Lazy<Environments>>(StringComparer.Ordinal);
        using var progress = new Progress("read", terminal);
        var reader = new PortfolioReader(
            Folder,
            History,
            (root, path) => evaluations.GetOrAdd(root.Folder, _ => new(() => Evaluations.Of(root, terminal))).Value.GetValueOrDefault(path),
            (root, path) => [.. environments.GetOrAdd(root.Folder, _ => new(() => Folio.Environments.Of(root, terminal))).Value.ByPrompt[path]]);
        PortfolioReading read = reader.Read(terminal.Clock.GetUtcNow(), (done, total) => progress.Tell(done, total), cancel);
        Prompts = read.Prompts;
        _lacking =
        [
            .. read.Closed.Select(f => PromptPaths.WhyClosed(terminal.Display(f))),
            .. read.Unread.Select(f => PromptPaths.Why(terminal.Display(f.Path), f.Status)),
        ];
        Environments = [.. environments.Values.SelectMany(e => e.Value.Names).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>The root that the user is in, absolute; other roots may lie below it.</summary>
    public string Folder { get; }

    public ImmutableArray<OwnedPrompt> Prompts { get; }

    /// <summary>The environments that hold something.</summary>
    public ImmutableArray<string> Environments { get; }

    /// <summary>How the command ends, when all else is done: what could not be read is told, and is wrong usage.</summary>
    public int End()
    {
        foreach (string why in _lacking)
            _terminal.Tell($"promptlsp: {why}");
        return _lacking.IsEmpty ? ExitStatus.Clean : ExitStatus.Usage;
    }

    /// <summary>The history of a root; null where there is none, or none that can be read, which is told once.</summary>
    public HistoryStore? History(Root root) => _histories.GetOrAdd(root.Folder, _ => new(() => HistoryOf(root, "versions are not known", _terminal))).Value;

    /// <summary>The history of a root; null where there is none, or none that can be read, which is told.</summary>
    /// <param name="lacking">What is missing without it.</param>
    public static HistoryStore? HistoryOf(Root root, string lacking, Terminal terminal)
    {
        if (!HistoryStore.Exists(root.Folder))
            return null;
        try
        {
            return Stores.ToRead(root.Folder, terminal);
        }
        catch (HistoryUnavailableException why)
        {
            terminal.Tell($"promptlsp: {lacking}: {why.Message.TrimEnd('.')}");
            return null;
        }
    }

    /// <summary>A prompt's path as people read it.</summary>
    public string Shown(string path, Terminal terminal) => terminal.Display(Path.GetFullPath(path, Folder));

    public void Dispose()
    {
        foreach (Lazy<HistoryStore?> history in _histories.Values)
            history.Value?.Dispose();
    }
}

using PromptLsp.History.Store;
using PromptLsp.Releases.Folder;

namespace PromptLsp.Releases.Environments;

/// <summary>An environment's way back to what it held before of a prompt.</summary>
public sealed class EnvironmentRollback : IDisposable
{
    private const int MostNamed = 5, LeastDigits = 6;

    private readonly ReleaseWorkspace _workspace;
    private readonly Rollback _rollback;
    private readonly string _environment, _prompt;

    /// <param name="prompt">From the root.</param>
    /// <exception cref="ReleaseException">The environment holds nothing of it.</exception>
    public EnvironmentRollback(ReleaseWorkspace workspace, string environment, string prompt)
    {
        workspace.MustHave(environment);
        (_workspace, _environment, _prompt) = (workspace, environment, prompt);
        _rollback = new(workspace.Folder, environment, prompt, workspace.Clock);
    }

    /// <summary>What runs there now.</summary>
    public ReleaseRecord Now => _rollback.Now;

    /// <summary>The releases that it held before, the newest first.</summary>
    public IEnumerable<PastRelease> Past() => _rollback.Past();

    /// <summary>One of them, by the beginning of its hash, or a version of this clone's history whose text it has; the newest where none is named.</summary>
    /// <param name="shown">The prompt as people read it.</param>
    /// <exception cref="ReleaseException">There is none such.</exception>
    public PastRelease Find(string? reference, HistoryStore? store, string shown) =>
        Find(reference, store)
        ?? throw new ReleaseException(
            $"{_environment} has held no other release of `{shown}`{(reference is null ? "" : $" like `{reference}`")}, "
                + $"as far as this clone knows{Known(store)}"
        );

    /// <exception cref="ReleaseConflictException">Something else runs there by now.</exception>
    public Task<ReleaseRecord> ToAsync(PastRelease past, string why, CancellationToken cancel) => _rollback.ToAsync(past, why, _workspace.By, cancel);

    public void Dispose() => _rollback.Dispose();

    private PastRelease? Find(string? reference, HistoryStore? store)
    {
        if (reference is null)
            return Past().FirstOrDefault();
        PastRelease[] past = [.. Past()];
        return (reference.Length >= LeastDigits ? past.FirstOrDefault(p => IsNamed(p.Record, reference)) : null)
            ?? (store?.Resolve(_prompt, reference) is { } version ? past.FirstOrDefault(p => p.Record.Fingerprint == version.Fingerprint) : null);
    }

    private static bool IsNamed(ReleaseRecord record, string beginning) =>
        record.Name.Release.StartsWith(beginning, StringComparison.OrdinalIgnoreCase)
        || record.Fingerprint.StartsWith(beginning, StringComparison.OrdinalIgnoreCase);

    private string Known(HistoryStore? store) =>
        Past().Take(MostNamed).ToArray() is { Length: > 0 } past
            ? $"; it held {string.Join(", ", past.Select(p => ReleaseWorkspace.NameOf(p.Record, store)))}"
            : "";
}

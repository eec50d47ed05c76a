using System.Collections.Immutable;
using System.Globalization;
using PromptLsp.History;
using PromptLsp.History.Store;
using PromptLsp.Releases.Folder;
using PromptLsp.Releases.Signing;

namespace PromptLsp.Releases.Environments;

/// <summary>What one environment holds of one prompt.</summary>
/// <param name="Problem">Why it cannot be read.</param>
/// <param name="Version">The number that this store has for it; null where it knows none.</param>
/// <param name="Behind">How many versions the prompt has gone on since; null where that is not known.</param>
/// <param name="Approvals">Counts, when it is first asked for, the approvals of a release that is not there yet.</param>
/// <param name="Edited">In one line: which of its files are not what was released; null where all are.</param>
public sealed record EnvironmentCell(
    string Prompt,
    string Environment,
    ReleaseRecord? Record,
    string? Problem,
    int? Version,
    int? Behind,
    Lazy<int> Approvals,
    string? Edited
)
{
    /// <summary>The approvals that nobody has promoted by yet, of whatever release.</summary>
    public int Waiting => Approvals.Value;

    /// <summary>As it stands in a table: <c>v12 ▲3</c>.</summary>
    public string Text =>
        Problem is not null ? "cannot be read"
        : Record is null
            ? Waiting > 0 ? "approved"
                : ""
        : string.Create(
            CultureInfo.InvariantCulture,
            $"{(Version is { } number ? $"v{number}" : Record.Fingerprint[..Fingerprint.ShownDigits])}{(Behind is > 0 and var count ? $" ▲{count}" : "")}"
        )
            + (Record.Kind == MoveKind.Overridden ? " (overridden)" : "")
            + (Edited is null ? "" : " (edited)");
}

/// <summary>Which prompt has which release where.</summary>
public sealed record EnvironmentTable(ImmutableArray<string> Environments, ImmutableArray<ImmutableArray<EnvironmentCell?>> Rows)
{
    /// <summary>Of more releases than these the files are not read: of 30 000, that would take twice as long as all the rest.</summary>
    public const int MostHeldAgainstHashes = 2_000;

    /// <summary>False where there are so many that it was not looked at whether somebody edited them.</summary>
    public bool IsHeldAgainstHashes { get; private init; } = true;

    /// <param name="only">The environment that is asked for; null for all.</param>
    public static EnvironmentTable Read(ReleaseWorkspace workspace, string? only)
    {
        string[] environments = [.. workspace.Folder.Environments().Where(e => only is null || e == only)];
        if (only is not null && environments.Length == 0)
            Promotion.EnvironmentOf(workspace.Settings.Releases, only);
        (string Environment, string Prompt)[] places =
        [
            .. environments.AsParallel().AsOrdered().SelectMany(e => workspace.Folder.Prompts(e).Select(p => (e, p))),
        ];
        var cells = new EnvironmentCell[places.Length];
        bool isHeld = places.Length <= MostHeldAgainstHashes;
        Parallel.For(0, places.Length, i => cells[i] = Read(workspace.Folder, places[i].Environment, places[i].Prompt, isHeld));
        using HistoryStore? store = workspace.Store();
        if (store is not null && cells.Length > 0)
            Number(cells, store);
        var byPlace = cells.ToDictionary(c => (c.Prompt, c.Environment));
        return new(
            [.. environments],
            [
                .. cells
                    .Select(c => c.Prompt)
                    .Distinct(StringComparer.Ordinal)
                    .Order(StringComparer.Ordinal)
                    .Select(p => environments.Select(e => byPlace.GetValueOrDefault((p, e))).ToImmutableArray()),
            ]
        )
        {
            IsHeldAgainstHashes = isHeld,
        };
    }

    private static EnvironmentCell Read(ReleaseFolder folder, string environment, string prompt, bool isHeld)
    {
        try
        {
            ReleaseRecord? record = folder.Glance(environment, prompt);
            string? edited = record is null || !isHeld ? null : EditedRelease.Told(folder, record);
            return new(prompt, environment, record, null, null, null, new(() => Waiting(folder, environment, prompt)), edited);
        }
        catch (ReleaseException failure)
        {
            return new(prompt, environment, null, failure.Message, null, null, new(0), null);
        }
    }

    private static int Waiting(ReleaseFolder folder, string environment, string prompt)
    {
        if (!folder.HasApprovals(environment, prompt))
            return 0;
        string? now = folder.Record(environment, prompt)?.Id;
        return folder.Approvals(environment, prompt).Count(a => a.Approval is { Kind: ApprovalKind.Approved } yes && yes.Replaces == now);
    }

    private static void Number(EnvironmentCell[] cells, HistoryStore store)
    {
        IReadOnlyDictionary<(string Path, string Fingerprint), (int First, int Last, int Head)> numbers = store.Numbers();
        for (int i = 0; i < cells.Length; i++)
        {
            if (cells[i].Record is not { } record || !numbers.TryGetValue((record.Prompt, record.Fingerprint), out var known))
                continue;
            // Only a text that was made again needs a closer look.
            int number = known.First == known.Last ? known.Last : store.WithText(record.Prompt, record.Fingerprint, record.At)?.Number ?? known.Last;
            cells[i] = cells[i] with { Version = number, Behind = known.Last == known.Head ? 0 : known.Head - number };
        }
    }

    /// <summary>What of it cannot be read.</summary>
    public IEnumerable<string> Problems => Rows.SelectMany(r => r).OfType<EnvironmentCell>().Select(c => c.Problem).OfType<string>();

    /// <summary>What of it is not what was released.</summary>
    public IEnumerable<string> Edits => Rows.SelectMany(r => r).OfType<EnvironmentCell>().Select(c => c.Edited).OfType<string>();
}

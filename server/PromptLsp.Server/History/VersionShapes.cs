using PromptLsp.History.Lists;
using PromptLsp.History.Store;
using PromptLsp.Releases.Environments;
using PromptLsp.Server.Extensions;
using PromptLsp.Workspace.Files;

namespace PromptLsp.Server.History;

/// <summary>Versions in the shape that clients read.</summary>
internal static class VersionShapes
{
    public static VersionShape Shape(this PromptVersion version) =>
        new(version.Number, version.Fingerprint, version.Effective, version.Kind.Word, version.Author, VersionWords.Iso(version.At), [.. version.Tags])
        {
            Note = version.Note,
            Commit = version.Commit,
            Added = version.Added,
            Removed = version.Removed,
            Source = version.Kind == EventKind.RolledBack ? version.Source : null,
            Forgotten = version.IsForgotten ? true : null,
            Deleted = version.Deleted,
        };

    /// <summary>The same with what became of them in environments.</summary>
    /// <param name="now">The numbers of those that brought what is there now.</param>
    public static VersionShape Shape(this PromptVersion version, ILookup<int?, EnvironmentEvent> moves, IReadOnlySet<long> now) =>
        moves.Contains(version.Number)
            ? version.Shape() with { Environments = [.. moves[version.Number].Select(m => Shape(m, now.Contains(m.Sequence)))] }
            : version.Shape();

    /// <summary>The numbers of the events that brought what runs now.</summary>
    /// <param name="moves">Newest first: the same release may have come there before.</param>
    public static HashSet<long> Bringing(IEnumerable<EnvironmentEvent> moves, IEnumerable<RunningRelease> running) =>
        [
            .. running
                .Select(there =>
                    moves.FirstOrDefault(m =>
                        m.Kind is not (EventKind.Approved or EventKind.Withdrawn)
                        && (m.Where.Environment, m.Where.Release, m.At) == (there.Environment, there.Record.Name.Release, there.Record.At)
                    )
                )
                .OfType<EnvironmentEvent>()
                .Select(m => m.Sequence),
        ];

    private static MoveShape Shape(EnvironmentEvent move, bool isNow) =>
        new(move.Kind.Word, move.Where.Environment, move.Author, VersionWords.Iso(move.At))
        {
            Release = move.Where.Release,
            From = move.Where.From,
            Why = move.Why,
            Now = isNow ? true : null,
        };

    public static DeletedShape Shape(this KnownPrompt gone, HistoryStore store) =>
        new(
            FileUri.FromPath(Path.GetFullPath(gone.Path, store.Root)),
            gone.Deleted!,
            VersionWords.Iso(gone.Gone),
            gone.Head,
            [.. store.Tags(gone.Path, gone.Deleted).Select(t => t.Name)]
        );
}

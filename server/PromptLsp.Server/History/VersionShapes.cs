using PromptLsp.History.Lists;
using PromptLsp.History.Store;
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
    public static VersionShape Shape(this PromptVersion version, ILookup<int?, EnvironmentEvent> moves) =>
        moves.Contains(version.Number) ? version.Shape() with { Environments = [.. moves[version.Number].Select(Shape)] } : version.Shape();

    private static MoveShape Shape(EnvironmentEvent move) =>
        new(move.Kind.Word, move.Where.Environment, move.Author, VersionWords.Iso(move.At))
        {
            Release = move.Where.Release,
            From = move.Where.From,
            Why = move.Why,
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

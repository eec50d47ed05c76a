using System.Collections.Immutable;

namespace PromptLsp.Language.Catalog.Types;

/// <summary>Where a member is declared that no prompt declares itself.</summary>
/// <param name="File">The file, from the root; the member's span is in it.</param>
/// <param name="Path">The variable's or the schema's name, and the way from there to the member.</param>
public sealed record MemberOrigin(MemberOriginKind Kind, string File, ImmutableArray<string> Path);

public enum MemberOriginKind
{
    /// <summary>A member of a context variable: of the values in its file, or of its schema in <c>promptlsp.yaml</c>.</summary>
    Context,

    /// <summary>A member of one of the workspace's named schemas.</summary>
    Schema,
}

/// <summary>Tells types that other files declare from those of the prompt itself.</summary>
public static class MemberOrigins
{
    /// <summary>The key that stands for every other one.</summary>
    public const string AnyKey = "(*)";

    /// <summary>The type with an origin for each member that has none yet: those of a schema that it names keep theirs.</summary>
    public static PromptType DeclaredIn(this PromptType type, MemberOriginKind kind, string file, ImmutableArray<string> path) =>
        type switch
        {
            ArrayType array => array with { Item = array.Item.DeclaredIn(kind, file, path) },
            UnionType union => new UnionType([.. union.Options.Select(o => o.DeclaredIn(kind, file, path))]),
            ObjectType { Fields: [{ Origin: not null }, ..] } known => known,
            ObjectType made => made with
            {
                Fields =
                [
                    .. made.Fields.Select(f => f with { Origin = new(kind, file, path.Add(f.Name)), Type = f.Type.DeclaredIn(kind, file, path.Add(f.Name)) }),
                ],
                Others = made.Others?.DeclaredIn(kind, file, path.Add(AnyKey)),
            },
            _ => type,
        };
}

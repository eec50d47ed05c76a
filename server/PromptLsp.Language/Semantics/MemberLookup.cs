using PromptLsp.Language.Catalog.Types;
using PromptLsp.Language.Semantics.Dialects;

namespace PromptLsp.Language.Semantics;

/// <summary>What a type has under a name.</summary>
/// <param name="Field">The schema's field, where one is found.</param>
public readonly record struct MemberLookup(PromptType Type, Field? Field, MemberStatus Status)
{
    /// <summary>The member of a type, as its schema tells.</summary>
    public static MemberLookup Of(PromptType target, string name) => Of(target, name, null);

    /// <summary>The member of a type, of those too that values have of themselves in a dialect.</summary>
    public static MemberLookup Of(PromptType target, string name, Meaning? meaning)
    {
        if (meaning?.OwnMember(target, name) is { } own)
            return new(own, null, MemberStatus.Known);
        switch (target)
        {
            case ObjectType type when type.Find(name) is { } field:
                return new(field.Type, field, MemberStatus.Known);
            case ObjectType { Others: { } others }:
                return new(others, null, MemberStatus.Open);
            case ObjectType:
                return new(PromptType.Any, null, MemberStatus.Unknown);
            case ScalarType { Kind: ScalarKind.Any or ScalarKind.Null }:
                return new(PromptType.Any, null, MemberStatus.Open);
            case UnionType union:
                return OfUnion(union, name, meaning);
            default:
                return new(PromptType.Any, null, MemberStatus.NotAnObject);
        }
    }

    // One option that has the member is enough; where none has it, the first objection stands.
    private static MemberLookup OfUnion(UnionType union, string name, Meaning? meaning)
    {
        MemberLookup? objection = null;
        foreach (PromptType option in union.Options)
        {
            MemberLookup found = Of(option, name, meaning);
            if (found.Status is MemberStatus.Known or MemberStatus.Open && option is not ScalarType { Kind: ScalarKind.Null })
                return found;
            if (option is not ScalarType { Kind: ScalarKind.Null })
                objection ??= found;
        }
        return objection ?? new(PromptType.Any, null, MemberStatus.Open);
    }
}

/// <summary>What a member access finds.</summary>
public enum MemberStatus
{
    Known,

    /// <summary>The target may hold anything, so nothing can be said.</summary>
    Open,

    /// <summary>The target is a closed object without this member.</summary>
    Unknown,

    /// <summary>The target is a scalar or a list, which has no such member.</summary>
    NotAnObject,
}

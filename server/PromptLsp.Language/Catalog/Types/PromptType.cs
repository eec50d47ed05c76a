using System.Collections.Immutable;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Catalog.Types;

/// <summary>What a value can be: what a schema says of an input, and what flows from it through the body.</summary>
public abstract record PromptType
{
    /// <summary>Nothing is known, so nothing is complained about.</summary>
    public static PromptType Any { get; } = new ScalarType(ScalarKind.Any);
    public static PromptType String { get; } = new ScalarType(ScalarKind.String);
    public static PromptType Number { get; } = new ScalarType(ScalarKind.Number);
    public static PromptType Integer { get; } = new ScalarType(ScalarKind.Integer);
    public static PromptType Boolean { get; } = new ScalarType(ScalarKind.Boolean);
    public static PromptType Null { get; } = new ScalarType(ScalarKind.Null);

    public bool IsAny => this is ScalarType { Kind: ScalarKind.Any };

    /// <summary>The type as Picoschema's words would say it: <c>string</c>, <c>array of object</c>, <c>enum: a, b</c>.</summary>
    public abstract string Display { get; }
}

public enum ScalarKind
{
    Any,
    String,
    Number,
    Integer,
    Boolean,
    Null,
}

public sealed record ScalarType(ScalarKind Kind) : PromptType
{
    public override string Display => Kind switch
    {
        ScalarKind.String => "string",
        ScalarKind.Number => "number",
        ScalarKind.Integer => "integer",
        ScalarKind.Boolean => "boolean",
        ScalarKind.Null => "null",
        _ => "any",
    };
}

/// <summary>One of some values, all scalars: strings in nearly every prompt; <c>null</c>, numbers and booleans may stand among them.</summary>
public sealed record EnumType(ImmutableArray<string> Values) : PromptType
{
    public override string Display => "enum: " + string.Join(", ", Values);

    public bool Equals(EnumType? other) => other is not null && Values.SequenceEqual(other.Values, StringComparer.Ordinal);

    public override int GetHashCode() => Values.Length;
}

public sealed record ArrayType(PromptType Item) : PromptType
{
    public override string Display => Item.IsAny ? "array" : "array of " + Item.Display;
}

/// <summary>An object: its fields, and what other keys may hold (null: no other keys, the object is closed).</summary>
public sealed record ObjectType(ImmutableArray<Field> Fields, PromptType? Others) : PromptType
{
    public override string Display => "object";

    public bool IsClosed => Others is null;

    /// <summary>
    /// Other keys are no mistake in a value, though nobody declared them: JSON Schema without <c>additionalProperties</c>. Reading one in
    /// the body still is.
    /// </summary>
    public bool ToleratesOthers { get; init; }

    /// <summary>An object of which nothing is known.</summary>
    public static ObjectType Open { get; } = new([], Any);

    public Field? Find(string name)
    {
        foreach (Field field in Fields)
        {
            if (string.Equals(field.Name, name, StringComparison.Ordinal))
                return field;
        }
        return null;
    }
}

/// <summary>Any one of several types (JSON Schema's <c>anyOf</c>, or a type list).</summary>
public sealed record UnionType(ImmutableArray<PromptType> Options) : PromptType
{
    public override string Display => string.Join(" or ", Options.Select(o => o.Display));
}

/// <summary>A named member of an object type, or one input.</summary>
/// <param name="IsOptional">May be left out, and may be null.</param>
/// <param name="NameSpan">Where the name is written in the file that declares it; null where it is written nowhere.</param>
public sealed record Field(string Name, PromptType Type, bool IsOptional = false, string? Description = null, TextSpan? NameSpan = null)
{
    /// <summary>The file that declares it, where that is not the prompt itself.</summary>
    public MemberOrigin? Origin { get; init; }
}

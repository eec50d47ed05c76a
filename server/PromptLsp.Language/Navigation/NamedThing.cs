using System.Collections.Immutable;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Navigation;

/// <summary>What a name in a prompt stands for, and every place of this file that names it, in the order of the text.</summary>
/// <param name="Span">The name that was asked about.</param>
public sealed record NamedThing(string Name, ThingKind Kind, TextSpan Span, ImmutableArray<Occurrence> Occurrences)
{
    /// <summary>Where it is declared, if that is written anywhere.</summary>
    public Place? Definition { get; init; }
}

public enum ThingKind
{
    Input,
    Field,
    Context,
    Variable,
    Function,
    Sample,

    /// <summary>The facts of a loop, a builtin: nothing of the author's.</summary>
    Builtin,
}

public enum OccurrenceKind
{
    Declaration,
    Write,
    Read,

    /// <summary>A key of a value for it: in defaults, samples, tests; or its name in a list of names.</summary>
    Value,
}

public readonly record struct Occurrence(TextSpan Span, OccurrenceKind Kind);

/// <summary>A place in this file, or in another one: <paramref name="Path"/> is from the root then.</summary>
public sealed record Place(string? Path, TextSpan Span);

using System.Runtime.CompilerServices;
using PromptLsp.Language.Catalog.Types;
using PromptLsp.Language.Syntax.Body;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Semantics;

public enum SymbolKind
{
    Input,
    Context,

    /// <summary>Assigned or captured in the body.</summary>
    Local,
    LoopVariable,

    /// <summary>The facts of a loop: <c>for</c>.</summary>
    LoopObject,
    Parameter,

    /// <summary>A function that the body defines.</summary>
    Function,

    /// <summary>A member that <c>with</c> or a loop brings into scope.</summary>
    Member,

    /// <summary>A name that nobody declares, in a prompt that takes what it is given.</summary>
    Given,

    /// <summary>What bare names are members of.</summary>
    Subject,

    /// <summary>A partial that the body defines itself.</summary>
    Partial,
}

/// <summary>What a name means: where it comes from, what it holds, and over which part of the file it can be used.</summary>
public sealed class Symbol(string name, SymbolKind kind, TextSpan scope, Func<PromptType> type)
{
    private Func<PromptType>? _typeOf = type;
    private PromptType? _type;

    public string Name { get; } = name;

    /// <summary>How the body reads it: with the sign of its kind, where the dialect has one (<c>@brand</c>).</summary>
    public string Written => Sign.Length == 0 ? Name : field ??= Sign + Name;

    internal string Sign { get; init; } = "";

    public SymbolKind Kind { get; } = kind;

    /// <summary>The part of the file in which the name can be used.</summary>
    public TextSpan Scope { get; } = scope;

    public PromptType Type => _type ?? Resolve();

    /// <summary>The schema's word on it, where it comes from one.</summary>
    public Field? Field { get; init; }

    public string? Description { get; init; }

    /// <summary>Where it is declared: in this file, or in <see cref="DeclaredIn"/>.</summary>
    public TextSpan? Declaration { get; init; }

    /// <summary>The file that declares it, from the root, where that is another one.</summary>
    public string? DeclaredIn { get; init; }

    public bool IsOptional => Field is { IsOptional: true };

    public bool HasDefault { get; init; }

    /// <summary>A value to show for it: of the first sample, else the default, else of the context.</summary>
    public object? Sample { get; init; }

    /// <summary>Comes from outside, itself (<c>input.untrusted</c>) or through what it was made of.</summary>
    public bool IsUntrusted { get; internal set; }

    /// <summary>The expressions that its value is made of; one list for all symbols of a name that is assigned more than once.</summary>
    internal IReadOnlyList<SyntaxNode> MadeOf { get; init; } = [];

    /// <summary>What gives it its value here, where something does: an expression, a captured block, a function.</summary>
    internal SyntaxNode? Value { get; init; }

    /// <summary>Its value is all it holds then: nothing is added to what it held before.</summary>
    internal bool IsPlain { get; init; }

    /// <summary>The block in which it is given its value, and which may be passed over; null outside of all.</summary>
    internal TextSpan? Block { get; init; }

    internal bool IsInBlock => Block is not null;

    /// <summary>An item of a list, as its name or as the subject; or what a loop tells of itself, which is there in loops alone.</summary>
    internal bool IsOfLoop { get; init; }

    /// <summary>Its place among the symbols of the file, in the order of their declaration.</summary>
    internal int Order { get; set; }

    /// <summary>Works out what is left to do. A symbol outlives its version of the file, and must not keep that alive.</summary>
    internal void Settle()
    {
        _ = Type;
        _typeOf = null;
    }

    private PromptType Resolve()
    {
        // A chain of names made of one another can be longer than the stack is deep.
        if (_typeOf is null || !RuntimeHelpers.TryEnsureSufficientExecutionStack())
            return PromptType.Any;
        // A name made of itself can hold anything.
        _type = PromptType.Any;
        return _type = _typeOf();
    }
}

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

    /// <summary>A variable of the prompt that includes this partial, or an argument nobody declared.</summary>
    Given,
}

/// <summary>What a name means: where it comes from, what it holds, and over which part of the file it can be used.</summary>
public sealed record Symbol(string Name, SymbolKind Kind, PromptType Type)
{
    public string? Description { get; init; }

    /// <summary>Where it is declared in this file.</summary>
    public TextSpan? Declaration { get; init; }

    /// <summary>The file that declares it, from the root, where that is another one; <see cref="Declaration"/> is then a span there.</summary>
    public string? DeclaredIn { get; init; }

    /// <summary>The part of the file in which the name can be used.</summary>
    public TextSpan Scope { get; init; }

    public bool IsOptional { get; init; }

    public bool HasDefault { get; init; }

    /// <summary>A value to show for it: of the first sample, else the default, else of the context.</summary>
    public object? Sample { get; init; }

    /// <summary>Comes from outside (<c>input.untrusted</c>), itself or through what it was made of.</summary>
    public bool IsUntrusted { get; init; }
}

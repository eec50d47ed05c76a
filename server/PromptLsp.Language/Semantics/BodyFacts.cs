using PromptLsp.Language.Catalog;
using PromptLsp.Language.Syntax.Body;

namespace PromptLsp.Language.Semantics;

/// <summary>What one walk over the body finds out, in the order of the text: the rules and features read it instead of walking again.</summary>
public sealed class BodyFacts
{
    /// <param name="islands">How many islands the body has: most hold one name, one member or output.</param>
    internal BodyFacts(Scopes scopes, Typing typing, int islands)
    {
        Scopes = scopes;
        Typing = typing;
        References = new(islands);
        Members = new(islands * 3 / 4);
        Outputs = new(islands * 3 / 4);
    }

    public Scopes Scopes { get; }

    internal Typing Typing { get; }

    /// <summary>The type of an expression of this body.</summary>
    public PromptType TypeOf(Expression expression) => Typing.Of(expression);

    /// <summary>The builtin function that an expression names, if it does.</summary>
    public CatalogFunction? FunctionOf(Expression callee) => Typing.FunctionOf(callee);

    /// <summary>True for the name of a namespace of functions (<c>string</c>) that no variable hides.</summary>
    public bool IsNamespace(Expression expression) => Typing.IsNamespace(expression);

    /// <summary>True for a value that is made of an untrusted input, directly or through locals.</summary>
    public bool IsUntrusted(Expression expression) => Taint.Of(expression, Scopes);

    /// <summary>True for an output that can carry an outsider's words: made of an untrusted input, and no number, truth value or word of a list.</summary>
    public bool IsUntrustedText(OutputUse output) =>
        output.Type is not (ScalarType { Kind: ScalarKind.Integer or ScalarKind.Number or ScalarKind.Boolean } or EnumType) && IsUntrusted(output.Node.Value);

    public List<Reference> References { get; }

    public List<MemberUse> Members { get; }

    public List<CallUse> Calls { get; } = [];

    public List<OutputUse> Outputs { get; }

    public List<ConditionUse> Conditions { get; } = [];

    public List<ComparisonUse> Comparisons { get; } = [];

    public List<LoopUse> Loops { get; } = [];

    public List<MessageStart> Messages { get; } = [];

    public List<IncludeUse> Includes { get; } = [];

    /// <summary>Names that cannot be told from the text may be read: <c>this[…]</c>, evaluated text, an include whose path is computed.</summary>
    public bool ReadsUnknownNames { get; internal set; }
}

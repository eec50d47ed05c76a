using System.Collections.Immutable;
using PromptLsp.Language.Catalog;
using PromptLsp.Language.Catalog.Types;
using PromptLsp.Language.Syntax.Body;

namespace PromptLsp.Language.Semantics;

/// <summary>What one walk over the body finds out, in the order of the text: the rules and features read it instead of walking again.</summary>
public sealed class BodyFacts
{
    private readonly List<IFactList> _kinds = [];

    internal BodyFacts(Scopes scopes, Typing typing, int islands)
    {
        Scopes = scopes;
        Typing = typing;
        // Most islands hold one name, and most of these write it out.
        References = Kind<Reference>(islands);
        Members = Kind<MemberUse>(islands / 4);
        Outputs = Kind<OutputUse>(islands);
        Keys = Kind<KeyUse>();
        Calls = Kind<CallUse>();
        Conditions = Kind<ConditionUse>();
        Comparisons = Kind<ComparisonUse>();
        Loops = Kind<LoopUse>();
        Messages = Kind<MessageStart>();
        Includes = Kind<IncludeUse>();
        LoneJumps = Kind<StatementNode>();
        Stops = Kind<Expression>();
        Asked = Kind<Expression>();
        AssignedMembers = Kind<string>();
    }

    /// <summary>The facts before a checkpoint, to go on from there.</summary>
    internal BodyFacts(Scopes scopes, Typing typing, int islands, BodyFacts before, Checkpoint checkpoint)
        : this(scopes, typing, islands)
    {
        ReadsUnknownNames = checkpoint.ReadsUnknownNames;
        for (int i = 0; i < _kinds.Count; i++)
            _kinds[i].Take(before._kinds[i], checkpoint.Facts[i]);
        Checkpoints.AddRange(before.Checkpoints.TakeWhile(c => c.Nodes < checkpoint.Nodes));
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

    /// <summary>The member that is read of a name; null for a name that stands alone.</summary>
    public MemberExpression? MemberOf(Reference reference) =>
        reference.Members < Members.Count && Members[reference.Members].Node is var member && member.Target == reference.Node ? member : null;

    public FactList<Reference> References { get; }

    public FactList<MemberUse> Members { get; }

    public FactList<KeyUse> Keys { get; }

    public FactList<CallUse> Calls { get; }

    public FactList<OutputUse> Outputs { get; }

    public FactList<ConditionUse> Conditions { get; }

    public FactList<ComparisonUse> Comparisons { get; }

    public FactList<LoopUse> Loops { get; }

    public FactList<MessageStart> Messages { get; }

    public FactList<IncludeUse> Includes { get; }

    /// <summary>What leaves a loop or goes on with it (<c>break</c>), and stands in none.</summary>
    public FactList<StatementNode> LoneJumps { get; }

    /// <summary>Optional inputs and members of which a member is read where nothing has asked for them: without them the rendering stops.</summary>
    public FactList<Expression> Stops { get; }

    /// <summary>What is there from some place on, since the template returns where it is not.</summary>
    internal FactList<Expression> Asked { get; }

    /// <summary>The names of members that the body gives a value itself (<c>customer.greeting = "…"</c>): no schema needs to know them.</summary>
    internal FactList<string> AssignedMembers { get; }

    /// <summary>Names that cannot be told from the text may be read: <c>this[…]</c>, evaluated text, an include whose path is computed.</summary>
    public bool ReadsUnknownNames { get; internal set; }

    /// <summary>What was known at every so many of the body's nodes.</summary>
    internal List<Checkpoint> Checkpoints { get; } = [];

    internal Checkpoint CheckpointHere(int nodes, string? role, ImmutableArray<CallExpression> starts, (int Symbols, int Open) declared) =>
        new(nodes, role, starts, ReadsUnknownNames, declared.Symbols, declared.Open, [.. _kinds.Select(static k => k.Count)]);

    // A list of facts that every checkpoint counts.
    private FactList<T> Kind<T>(int capacity = 0)
    {
        var facts = new FactList<T>(capacity);
        _kinds.Add(facts);
        return facts;
    }
}

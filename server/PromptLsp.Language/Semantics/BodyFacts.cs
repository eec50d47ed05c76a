using System.Collections.Immutable;
using System.Runtime.InteropServices;
using PromptLsp.Language.Catalog;
using PromptLsp.Language.Catalog.Types;
using PromptLsp.Language.Syntax.Body;

namespace PromptLsp.Language.Semantics;

/// <summary>What one walk over the body finds out, in the order of the text: the rules and features read it instead of walking again.</summary>
public sealed class BodyFacts
{
    internal BodyFacts(Scopes scopes, Typing typing, int islands)
    {
        Scopes = scopes;
        Typing = typing;
        // Most islands hold one name, one member or output.
        References = new(islands);
        Members = new(islands * 3 / 4);
        Outputs = new(islands * 3 / 4);
    }

    /// <summary>The facts before a mark, to go on from there.</summary>
    internal BodyFacts(Scopes scopes, Typing typing, int islands, BodyFacts before, Mark mark)
        : this(scopes, typing, islands)
    {
        ReadsUnknownNames = mark.ReadsUnknownNames;
        Take(before.References, mark.References, References);
        Take(before.Members, mark.Members, Members);
        Take(before.Keys, mark.Keys, Keys);
        Take(before.Calls, mark.Calls, Calls);
        Take(before.Outputs, mark.Outputs, Outputs);
        Take(before.Conditions, mark.Conditions, Conditions);
        Take(before.Comparisons, mark.Comparisons, Comparisons);
        Take(before.Loops, mark.Loops, Loops);
        Take(before.Messages, mark.Messages, Messages);
        Take(before.Includes, mark.Includes, Includes);
        Take(before.Stops, mark.Stops, Stops);
        Take(before.Asked, mark.Asked, Asked);
        Take(before.AssignedMembers, mark.AssignedMembers, AssignedMembers);
        Marks.AddRange(before.Marks.TakeWhile(m => m.Nodes < mark.Nodes));
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

    public List<Reference> References { get; }

    public List<MemberUse> Members { get; }

    public List<KeyUse> Keys { get; } = [];

    public List<CallUse> Calls { get; } = [];

    public List<OutputUse> Outputs { get; }

    public List<ConditionUse> Conditions { get; } = [];

    public List<ComparisonUse> Comparisons { get; } = [];

    public List<LoopUse> Loops { get; } = [];

    public List<MessageStart> Messages { get; } = [];

    public List<IncludeUse> Includes { get; } = [];

    /// <summary>Optional inputs and members of which a member is read where nothing has asked for them: without them the rendering stops.</summary>
    public List<Expression> Stops { get; } = [];

    /// <summary>What is there from some place on, since the template returns where it is not.</summary>
    internal List<Expression> Asked { get; } = [];

    /// <summary>The names of members that the body gives a value itself (<c>customer.greeting = "…"</c>): no schema needs to know them.</summary>
    internal List<string> AssignedMembers { get; } = [];

    /// <summary>Names that cannot be told from the text may be read: <c>this[…]</c>, evaluated text, an include whose path is computed.</summary>
    public bool ReadsUnknownNames { get; internal set; }

    /// <summary>What was known at every so many of the body's nodes.</summary>
    internal List<Mark> Marks { get; } = [];

    internal Mark MarkHere(int nodes, string? role, ImmutableArray<CallExpression> starts, (int Symbols, int Open) declared) =>
        new(
            nodes,
            role,
            starts,
            ReadsUnknownNames,
            declared.Symbols,
            declared.Open,
            References.Count,
            Members.Count,
            Keys.Count,
            Calls.Count,
            Outputs.Count,
            Conditions.Count,
            Comparisons.Count,
            Loops.Count,
            Messages.Count,
            Includes.Count,
            Stops.Count,
            Asked.Count,
            AssignedMembers.Count
        );

    // What follows is about as much as before the edit.
    private static void Take<T>(List<T> from, int count, List<T> to)
    {
        to.EnsureCapacity(from.Count + Slack);
        to.AddRange(CollectionsMarshal.AsSpan(from)[..count]);
    }

    private const int Slack = 8;
}

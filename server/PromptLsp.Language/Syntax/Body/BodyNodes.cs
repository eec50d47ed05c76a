using System.Collections.Immutable;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Syntax.Body;

/// <summary>Text that goes to the model as it stands.</summary>
public sealed class TextNode(TextSpan span, TextSpan written) : BodyNode(span)
{
    public TextNode(TextSpan span) : this(span, span)
    {
    }

    /// <summary>What of it is text: without the backslash that keeps braces from being code (<c>\{{</c>).</summary>
    public TextSpan Written { get; } = written;

    public override IEnumerable<SyntaxNode> Children => [];

    internal override TextNode Moved(int by) => new(Span.Shift(by), Written.Shift(by));
}

/// <summary>A comment of the dialect, with its braces; it never reaches the model.</summary>
public sealed class CommentNode(TextSpan span, TextSpan content) : BodyNode(span)
{
    public TextSpan Content { get; } = content;

    public override IEnumerable<SyntaxNode> Children => [];

    internal override CommentNode Moved(int by) => new(Span.Shift(by), Content.Shift(by));
}

/// <summary>Code that means nothing; its problem is on record.</summary>
public sealed class BrokenNode(TextSpan span) : BodyNode(span)
{
    public override IEnumerable<SyntaxNode> Children => [];

    internal override BrokenNode Moved(int by) => new(Span.Shift(by));
}

/// <summary>An expression whose value is written out. The span is the expression's, without braces.</summary>
public sealed class OutputNode(Expression value) : BodyNode(value.Span)
{
    public Expression Value { get; } = value;

    public override IEnumerable<SyntaxNode> Children => [Value];

    internal override OutputNode Moved(int by) => new(Value.Moved(by));
}

/// <summary><c>name = value</c>, <c>name += value</c>, <c>{% assign name = value %}</c>.</summary>
public sealed class AssignNode(TextSpan span, Expression target, TextSpan operatorSpan, bool readsTarget, Expression value) : BodyNode(span)
{
    public Expression Target { get; } = target;

    public TextSpan OperatorSpan { get; } = operatorSpan;

    /// <summary>The new value is made of the old one (<c>+=</c>, <c>++</c>).</summary>
    public bool ReadsTarget { get; } = readsTarget;

    public Expression Value { get; } = value;

    public override IEnumerable<SyntaxNode> Children => [Target, Value];

    internal override AssignNode Moved(int by) => new(Span.Shift(by), Target.Moved(by), OperatorSpan.Shift(by), ReadsTarget, Value.Moved(by));
}

/// <summary>A node that opens with a keyword and is closed by another.</summary>
public abstract class BlockNode(TextSpan span, string keyword, TextSpan keywordSpan, TextSpan? closeSpan) : BodyNode(span)
{
    public string Keyword { get; } = keyword;

    public TextSpan KeywordSpan { get; } = keywordSpan;

    /// <summary>The closing word (<c>end</c>, <c>/if</c>); null where it is missing.</summary>
    public TextSpan? CloseSpan { get; } = closeSpan;
}

/// <summary><c>if</c>/<c>unless</c> with its <c>else</c> branches: one branch is rendered, or none.</summary>
public sealed class IfNode(TextSpan span, string keyword, TextSpan keywordSpan, TextSpan? closeSpan, ImmutableArray<Branch> branches)
    : BlockNode(span, keyword, keywordSpan, closeSpan)
{
    public ImmutableArray<Branch> Branches { get; } = branches;

    public override IEnumerable<SyntaxNode> Children => Branches;

    internal override IfNode Moved(int by) => new(Span.Shift(by), Keyword, KeywordSpan.Shift(by), CloseSpan?.Shift(by), Branches.Moved(by));
}

/// <summary>One branch of an <see cref="IfNode"/> or <see cref="CaseNode"/>; an <c>else</c> has no conditions.</summary>
public sealed class Branch(
    TextSpan span,
    BranchKind kind,
    TextSpan keywordSpan,
    bool isNegated,
    ImmutableArray<Expression> conditions,
    ImmutableArray<BodyNode> body
) : BodyNode(span)
{
    public BranchKind Kind { get; } = kind;

    public TextSpan KeywordSpan { get; } = keywordSpan;

    /// <summary>Rendered when its condition does not hold (<c>unless</c>).</summary>
    public bool IsNegated { get; } = isNegated;

    /// <summary>One for an <c>if</c>; the values of a <c>when</c>; none for an <c>else</c>.</summary>
    public ImmutableArray<Expression> Conditions { get; } = conditions;

    public ImmutableArray<BodyNode> Body { get; } = body;

    /// <summary>Parameters of the condition such as <c>includeZero=true</c>.</summary>
    public ImmutableArray<Argument> Arguments { get; init; } = [];

    /// <summary>The branch is one block, opened with it and closed by what closes the block around it: <c>{{else each xs}}</c>.</summary>
    public bool IsChained { get; init; }

    public override IEnumerable<SyntaxNode> Children => [.. Conditions, .. Arguments, .. Body];

    internal override Branch Moved(int by) => new(Span.Shift(by), Kind, KeywordSpan.Shift(by), IsNegated, Conditions.Moved(by), Body.Moved(by))
    {
        Arguments = Arguments.Moved(by),
        IsChained = IsChained,
    };
}

/// <summary>When a branch is rendered.</summary>
public enum BranchKind
{
    /// <summary>If its condition holds (<c>if</c>, <c>else if</c>).</summary>
    If,

    /// <summary>If the subject is one of its values (<c>when</c>).</summary>
    When,

    /// <summary>If none before it was (<c>else</c>).</summary>
    Else,
}

/// <summary><c>case</c> with its <c>when</c> branches.</summary>
public sealed class CaseNode(
    TextSpan span,
    string keyword,
    TextSpan keywordSpan,
    TextSpan? closeSpan,
    Expression subject,
    ImmutableArray<BodyNode> before,
    ImmutableArray<Branch> branches
) : BlockNode(span, keyword, keywordSpan, closeSpan)
{
    public Expression Subject { get; } = subject;

    /// <summary>What stands between <c>case</c> and the first <c>when</c>.</summary>
    public ImmutableArray<BodyNode> Before { get; } = before;

    public ImmutableArray<Branch> Branches { get; } = branches;

    public override IEnumerable<SyntaxNode> Children => [Subject, .. Before, .. Branches];

    internal override CaseNode Moved(int by) =>
        new(Span.Shift(by), Keyword, KeywordSpan.Shift(by), CloseSpan?.Shift(by), Subject.Moved(by), Before.Moved(by), Branches.Moved(by));
}

/// <summary><c>for x in xs</c>, <c>#each xs as |x i|</c>.</summary>
public sealed class LoopNode(TextSpan span, string keyword, TextSpan keywordSpan, TextSpan? closeSpan) : BlockNode(span, keyword, keywordSpan, closeSpan)
{
    /// <summary>The loop's variable; null where the dialect has none (<c>this</c>).</summary>
    public NameExpression? Variable { get; init; }

    /// <summary>A variable for the index or the key, where the dialect has one.</summary>
    public NameExpression? IndexVariable { get; init; }

    public required Expression Source { get; init; }

    /// <summary>Parameters of the loop such as <c>limit: 3</c>.</summary>
    public ImmutableArray<Argument> Arguments { get; init; } = [];

    public required ImmutableArray<BodyNode> Body { get; init; }

    /// <summary>Rendered when there is nothing to loop over.</summary>
    public Branch? Else { get; init; }

    /// <summary>The names that describe the loop inside it: <c>for</c> in Scriban, <c>forloop</c> in Liquid; null where they are of another kind.</summary>
    public string? LoopObject { get; init; }

    /// <summary>The item is the subject of bare names inside (Handlebars' <c>this</c>).</summary>
    public bool BringsMembers { get; init; }

    /// <summary>Rendered where there is nothing to loop over (<c>{{^each xs}}</c>); what stands in <see cref="Else"/>, for each item.</summary>
    public bool IsInverted { get; init; }

    public override IEnumerable<SyntaxNode> Children
    {
        get
        {
            bool areBefore = Variable?.Span.Start < Source.Span.Start;
            if (areBefore)
                yield return Variable!;
            if (IndexVariable is not null && IndexVariable.Span.Start < Source.Span.Start)
                yield return IndexVariable;
            yield return Source;
            foreach (Argument argument in Arguments)
                yield return argument;
            if (Variable is not null && !areBefore)
                yield return Variable;
            if (IndexVariable is not null && IndexVariable.Span.Start >= Source.Span.Start)
                yield return IndexVariable;
            foreach (BodyNode node in Body)
                yield return node;
            if (Else is not null)
                yield return Else;
        }
    }

    internal override LoopNode Moved(int by) => new(Span.Shift(by), Keyword, KeywordSpan.Shift(by), CloseSpan?.Shift(by))
    {
        Variable = Variable?.Moved(by),
        IndexVariable = IndexVariable?.Moved(by),
        Source = Source.Moved(by),
        Arguments = Arguments.Moved(by),
        Body = Body.Moved(by),
        Else = Else?.Moved(by),
        LoopObject = LoopObject,
        BringsMembers = BringsMembers,
        IsInverted = IsInverted,
    };
}

/// <summary><c>while condition</c>.</summary>
public sealed class WhileNode(TextSpan span, string keyword, TextSpan keywordSpan, TextSpan? closeSpan, Expression condition, ImmutableArray<BodyNode> body)
    : BlockNode(span, keyword, keywordSpan, closeSpan)
{
    public Expression Condition { get; } = condition;

    public ImmutableArray<BodyNode> Body { get; } = body;

    public override IEnumerable<SyntaxNode> Children => [Condition, .. Body];

    internal override WhileNode Moved(int by) => new(Span.Shift(by), Keyword, KeywordSpan.Shift(by), CloseSpan?.Shift(by), Condition.Moved(by), Body.Moved(by));
}

/// <summary><c>with subject</c>: its members are names inside.</summary>
public sealed class WithNode(
    TextSpan span,
    string keyword,
    TextSpan keywordSpan,
    TextSpan? closeSpan,
    Expression subject,
    ImmutableArray<BodyNode> body,
    Branch? @else
) : BlockNode(span, keyword, keywordSpan, closeSpan)
{
    public Expression Subject { get; } = subject;

    public ImmutableArray<BodyNode> Body { get; } = body;

    public Branch? Else { get; } = @else;

    /// <summary>Parameters of the block such as <c>name=value</c>.</summary>
    public ImmutableArray<Argument> Arguments { get; init; } = [];

    /// <summary>A name for the subject, where the dialect gives one (<c>as |x|</c>).</summary>
    public NameExpression? Variable { get; init; }

    /// <summary>Rendered where there is no subject (<c>{{^with a}}</c>); what stands in <see cref="Else"/>, where there is one.</summary>
    public bool IsInverted { get; init; }

    public override IEnumerable<SyntaxNode> Children => [Subject, .. Arguments, .. SyntaxNodes.IfAny(Variable), .. Body, .. SyntaxNodes.IfAny(Else)];

    internal override WithNode Moved(int by) =>
        new(Span.Shift(by), Keyword, KeywordSpan.Shift(by), CloseSpan?.Shift(by), Subject.Moved(by), Body.Moved(by), Else?.Moved(by))
        {
            Arguments = Arguments.Moved(by),
            Variable = Variable?.Moved(by),
            IsInverted = IsInverted,
        };
}

/// <summary><c>capture name</c>: what is rendered inside becomes the name's value.</summary>
public sealed class CaptureNode(TextSpan span, string keyword, TextSpan keywordSpan, TextSpan? closeSpan, Expression target, ImmutableArray<BodyNode> body)
    : BlockNode(span, keyword, keywordSpan, closeSpan)
{
    public Expression Target { get; } = target;

    public ImmutableArray<BodyNode> Body { get; } = body;

    public override IEnumerable<SyntaxNode> Children => [Target, .. Body];

    internal override CaptureNode Moved(int by) => new(Span.Shift(by), Keyword, KeywordSpan.Shift(by), CloseSpan?.Shift(by), Target.Moved(by), Body.Moved(by));
}

/// <summary><c>func name(a, b)</c>, with or without a name.</summary>
public sealed class FunctionNode(
    TextSpan span,
    string keyword,
    TextSpan keywordSpan,
    TextSpan? closeSpan,
    NameExpression? name,
    ImmutableArray<Parameter> parameters,
    ImmutableArray<BodyNode> body
) : BlockNode(span, keyword, keywordSpan, closeSpan)
{
    public NameExpression? Name { get; } = name;

    public ImmutableArray<Parameter> Parameters { get; } = parameters;

    public ImmutableArray<BodyNode> Body { get; } = body;

    public override IEnumerable<SyntaxNode> Children => Name is null ? [.. Parameters, .. Body] : [Name, .. Parameters, .. Body];

    internal override FunctionNode Moved(int by) =>
        new(Span.Shift(by), Keyword, KeywordSpan.Shift(by), CloseSpan?.Shift(by), Name?.Moved(by), Parameters.Moved(by), Body.Moved(by));
}

/// <summary>A parameter of a function that the body defines.</summary>
public sealed class Parameter(TextSpan span, string name, Expression? @default) : SyntaxNode(span)
{
    public string Name { get; } = name;

    public Expression? Default { get; } = @default;

    public override IEnumerable<SyntaxNode> Children => Default is null ? [] : [Default];

    internal override Parameter Moved(int by) => new(Span.Shift(by), Name, Default?.Moved(by));
}

/// <summary><c>wrap call</c>, or a block whose only effect is its body.</summary>
public sealed class WrapNode(TextSpan span, string keyword, TextSpan keywordSpan, TextSpan? closeSpan, Expression? call, ImmutableArray<BodyNode> body)
    : BlockNode(span, keyword, keywordSpan, closeSpan)
{
    public Expression? Call { get; } = call;

    public ImmutableArray<BodyNode> Body { get; } = body;

    public override IEnumerable<SyntaxNode> Children => Call is null ? [.. Body] : [Call, .. Body];

    internal override WrapNode Moved(int by) => new(Span.Shift(by), Keyword, KeywordSpan.Shift(by), CloseSpan?.Shift(by), Call?.Moved(by), Body.Moved(by));
}

/// <summary>A statement of one word and perhaps a value: <c>break</c>, <c>continue</c>, <c>ret x</c>, <c>readonly x</c>, <c>import x</c>.</summary>
public sealed class StatementNode(TextSpan span, StatementKind kind, TextSpan keywordSpan, Expression? value) : BodyNode(span)
{
    public StatementKind Kind { get; } = kind;

    public TextSpan KeywordSpan { get; } = keywordSpan;

    public Expression? Value { get; } = value;

    public override IEnumerable<SyntaxNode> Children => Value is null ? [] : [Value];

    internal override StatementNode Moved(int by) => new(Span.Shift(by), Kind, KeywordSpan.Shift(by), Value?.Moved(by));
}

/// <summary>What a statement of one word does.</summary>
public enum StatementKind
{
    /// <summary>Leaves the loop.</summary>
    Break,

    /// <summary>Goes on with the loop's next round.</summary>
    Continue,

    /// <summary>Leaves the function, or the template, with a value.</summary>
    Return,

    /// <summary>Makes names of an object's members.</summary>
    Import,

    /// <summary>Keeps a name from being given another value.</summary>
    ReadOnly,

    /// <summary>Works out a value for what that does, and writes nothing.</summary>
    Evaluate,
}

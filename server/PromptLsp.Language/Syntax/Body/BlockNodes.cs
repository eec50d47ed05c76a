using System.Collections.Immutable;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Syntax.Body;

/// <summary>
/// A block whose kind its value decides: <c>{{#name}}…{{/name}}</c> repeats for a list, is a condition for true and false, else brings a subject.
/// </summary>
public sealed class SectionNode(TextSpan span, string keyword, TextSpan keywordSpan, TextSpan? closeSpan) : BlockNode(span, keyword, keywordSpan, closeSpan)
{
    public required Expression Subject { get; init; }

    /// <summary>The names that the block gives to what it renders (<c>as |item key|</c>).</summary>
    public ImmutableArray<NameExpression> Parameters { get; init; } = [];

    /// <summary>Rendered where the value is none (<c>{{^name}}</c>); what stands in <see cref="Else"/>, where it is one.</summary>
    public bool IsInverted { get; init; }

    public required ImmutableArray<BodyNode> Body { get; init; }

    public Branch? Else { get; init; }

    public override IEnumerable<SyntaxNode> Children => [Subject, .. Parameters, .. Body, .. SyntaxNodes.IfAny(Else)];

    internal override SectionNode Moved(int by) => new(Span.Shift(by), Keyword, KeywordSpan.Shift(by), CloseSpan?.Shift(by))
    {
        Subject = Subject.Moved(by),
        Parameters = Parameters.Moved(by),
        IsInverted = IsInverted,
        Body = Body.Moved(by),
        Else = Else?.Moved(by),
    };
}

/// <summary>A call that is given a block: <c>{{#helper a b=1}}…{{else}}…{{/helper}}</c>. What becomes of the block is the function's matter.</summary>
public sealed class CallBlockNode(TextSpan span, string keyword, TextSpan keywordSpan, TextSpan? closeSpan) : BlockNode(span, keyword, keywordSpan, closeSpan)
{
    public required CallExpression Call { get; init; }

    /// <summary>The names that the block gives to what the function hands it.</summary>
    public ImmutableArray<NameExpression> Parameters { get; init; } = [];

    /// <summary>The block is what the function renders otherwise (<c>{{^helper a}}</c>).</summary>
    public bool IsInverted { get; init; }

    public required ImmutableArray<BodyNode> Body { get; init; }

    public Branch? Else { get; init; }

    public override IEnumerable<SyntaxNode> Children => [Call, .. Parameters, .. Body, .. SyntaxNodes.IfAny(Else)];

    internal override CallBlockNode Moved(int by) => new(Span.Shift(by), Keyword, KeywordSpan.Shift(by), CloseSpan?.Shift(by))
    {
        Call = Call.Moved(by),
        Parameters = Parameters.Moved(by),
        IsInverted = IsInverted,
        Body = Body.Moved(by),
        Else = Else?.Moved(by),
    };
}

/// <summary>
/// An include that is given a block: <c>{{#> layout}}…{{/layout}}</c>. The partial renders it where it says so, or it stands in for a partial that is
/// missing.
/// </summary>
public sealed class IncludeBlockNode(TextSpan span, string keyword, TextSpan keywordSpan, TextSpan? closeSpan)
    : BlockNode(span, keyword, keywordSpan, closeSpan)
{
    public required CallExpression Call { get; init; }

    public required ImmutableArray<BodyNode> Body { get; init; }

    public override IEnumerable<SyntaxNode> Children => [Call, .. Body];

    internal override IncludeBlockNode Moved(int by) =>
        new(Span.Shift(by), Keyword, KeywordSpan.Shift(by), CloseSpan?.Shift(by)) { Call = Call.Moved(by), Body = Body.Moved(by) };
}

/// <summary>
/// A partial that the body defines itself: <c>{{#*inline "name"}}…{{/inline}}</c>. It is there in the block that it stands in, before it too.
/// </summary>
public sealed class InlinePartialNode(TextSpan span, string keyword, TextSpan keywordSpan, TextSpan? closeSpan)
    : BlockNode(span, keyword, keywordSpan, closeSpan)
{
    public required CallExpression Call { get; init; }

    /// <summary>The names that the block declares (<c>as |x|</c>).</summary>
    public ImmutableArray<NameExpression> Parameters { get; init; } = [];

    public required ImmutableArray<BodyNode> Body { get; init; }

    public override IEnumerable<SyntaxNode> Children => [Call, .. Parameters, .. Body];

    internal override InlinePartialNode Moved(int by) =>
        new(Span.Shift(by), Keyword, KeywordSpan.Shift(by), CloseSpan?.Shift(by))
        {
            Call = Call.Moved(by),
            Parameters = Parameters.Moved(by),
            Body = Body.Moved(by),
        };
}

/// <summary>
/// Text that is not read as code: <c>{{{{raw}}}}…{{{{/raw}}}}</c>. As in a <see cref="SectionNode"/>, the value of what it opens with decides whether
/// it is rendered.
/// </summary>
public sealed class RawNode(TextSpan span, string keyword, TextSpan keywordSpan, TextSpan? closeSpan) : BlockNode(span, keyword, keywordSpan, closeSpan)
{
    /// <summary>A name or a path, or a call.</summary>
    public required Expression Opening { get; init; }

    /// <summary>Texts, cut where the engine cuts them.</summary>
    public required ImmutableArray<BodyNode> Body { get; init; }

    public override IEnumerable<SyntaxNode> Children => [Opening, .. Body];

    internal override RawNode Moved(int by) =>
        new(Span.Shift(by), Keyword, KeywordSpan.Shift(by), CloseSpan?.Shift(by)) { Opening = Opening.Moved(by), Body = Body.Moved(by) };
}

/// <summary>A call that changes how the template around it is rendered: <c>{{*decorator}}</c>.</summary>
public sealed class DecoratorNode(CallExpression call) : BodyNode(call.Span)
{
    public CallExpression Call { get; } = call;

    public override IEnumerable<SyntaxNode> Children => [Call];

    internal override DecoratorNode Moved(int by) => new(Call.Moved(by));
}

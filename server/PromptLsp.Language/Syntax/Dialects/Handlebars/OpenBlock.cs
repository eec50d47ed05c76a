using System.Collections.Immutable;
using PromptLsp.Language.Syntax.Body;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Syntax.Dialects.Handlebars;

/// <summary>What a block opens with.</summary>
/// <param name="Tag">Block, inverted block, partial block, decorator block, or the block of an <c>else</c>.</param>
/// <param name="Keyword">From the mark to the end of the name: <c>#if</c>.</param>
internal sealed record BlockOpening(HandlebarsTag Tag, TextSpan Keyword, HandlebarsHead Head, ImmutableArray<NameExpression> Parameters)
{
    /// <summary>The helper that is called with the block; null where a value decides.</summary>
    public string? Helper { get; init; }

    public bool IsInverted => Tag == HandlebarsTag.InvertedBlock;

    /// <summary>A condition that the tree knows: nothing else can be told of one with too few or too many values, or with names.</summary>
    public bool IsCondition => Parameters.IsEmpty && Head.Callee is NameExpression && Helper switch
    {
        "if" or "unless" => Head.Count == 1,
        "ifEquals" or "unlessEquals" => Head.Count == 2,
        _ => false,
    };

    public Branch ToBranch(TextSpan span, TextSpan keywordSpan, ImmutableArray<BodyNode> body)
    {
        Argument[] values = [.. Head.Arguments.Where(a => a.Name is null)];
        Expression condition = values is [var left, var right]
            ? new BinaryExpression(left.Value, BinaryOperator.Equal, new TextSpan(left.Span.End, 0), right.Value)
            : values[0].Value;
        return new(span, BranchKind.If, keywordSpan, Helper!.StartsWith("unless", StringComparison.Ordinal) != IsInverted, [condition], body)
        {
            Arguments = [.. Named],
        };
    }

    public IEnumerable<Argument> Named => Head.Arguments.Where(a => a.Name is not null);
}

/// <summary>A block whose end has not come yet, and what stands in it so far.</summary>
internal sealed class OpenBlock(BlockOpening opening, List<BodyNode> outer)
{
    public BlockOpening Opening { get; } = opening;

    /// <summary>What stands around the block.</summary>
    public List<BodyNode> Outer { get; } = outer;

    /// <summary>It was opened by an <c>else</c> of the block around it, and ends with that.</summary>
    public bool IsChained => Opening.Tag == HandlebarsTag.ElseBlock;

    public List<Branch> Branches { get; } = [];

    /// <summary>The condition of the branch that is being read, with the keyword it opens with; null before the first <c>else if</c>.</summary>
    public (BlockOpening Opening, TextSpan Keyword)? Condition { get; set; }

    /// <summary>The <c>else</c> that is being read.</summary>
    public TextSpan? Else { get; set; }

    /// <summary>The <c>else</c> opens another block, which is all that stands in it.</summary>
    public bool ElseIsBlock { get; set; }

    /// <summary>What stands before the <c>else</c>.</summary>
    public ImmutableArray<BodyNode> Body { get; set; } = [];

    public Branch? ElseBranch { get; set; }

    public BlockNode ToNode(SourceText text, TextSpan span, TextSpan? close)
    {
        BlockOpening o = Opening;
        string keyword = text[o.Head.Callee.Span];
        if (o.Tag == HandlebarsTag.PartialBlock)
            return new IncludeBlockNode(span, ">", o.Keyword, close)
            {
                Call = HandlebarsTags.Include(o.Head, new TextSpan(o.Keyword.Start + 1, 1)),
                Body = Body,
            };
        if (o.Tag == HandlebarsTag.DecoratorBlock)
            return new InlinePartialNode(span, keyword, o.Keyword, close)
            {
                Call = o.Head.ToCall(),
                Parameters = o.Parameters,
                Body = Body,
            };
        if (o.IsCondition)
            return new IfNode(span, keyword, o.Keyword, close, [.. Branches]);
        bool isSimple = o.Head is { Callee: NameExpression, Count: 1 };
        if (isSimple && o is { Helper: "each", Parameters.Length: <= 2 })
        {
            return new LoopNode(span, keyword, o.Keyword, close)
            {
                Variable = o.Parameters.ElementAtOrDefault(0),
                IndexVariable = o.Parameters.ElementAtOrDefault(1),
                Source = Value,
                Arguments = [.. o.Named],
                Body = Body,
                Else = ElseBranch,
                BringsMembers = true,
                IsInverted = o.IsInverted,
            };
        }
        if (isSimple && o is { Helper: "with", Parameters.Length: <= 1 })
        {
            return new WithNode(span, keyword, o.Keyword, close, Value, Body, ElseBranch)
            {
                Arguments = [.. o.Named],
                Variable = o.Parameters.ElementAtOrDefault(0),
                IsInverted = o.IsInverted,
            };
        }
        return o.Helper is not null
            ? new CallBlockNode(span, keyword, o.Keyword, close)
            {
                Call = o.Head.ToCall(),
                Parameters = o.Parameters,
                IsInverted = o.IsInverted,
                Body = Body,
                Else = ElseBranch,
            }
            : new SectionNode(span, keyword, o.Keyword, close)
            {
                Subject = o.Head.Callee,
                Parameters = o.Parameters,
                IsInverted = o.IsInverted,
                Body = Body,
                Else = ElseBranch,
            };
    }

    private Expression Value => Opening.Head.Arguments.First(a => a.Name is null).Value;
}

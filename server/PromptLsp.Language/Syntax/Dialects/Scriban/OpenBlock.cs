using System.Collections.Immutable;
using PromptLsp.Language.Syntax.Body;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Syntax.Dialects.Scriban;

/// <summary>A block whose <c>end</c> is not read yet.</summary>
internal sealed class OpenBlock(string word, ScribanToken token, Expression? header)
{
    public string Word { get; } = word;
    public ScribanToken Token { get; } = token;
    public Expression? Header { get; set; } = header;
    public NameExpression? Variable { get; set; }
    public NameExpression? IndexVariable { get; set; }
    public bool IsNegated { get; init; }
    public NameExpression? Name { get; set; }
    public List<Argument> Arguments => field ??= [];
    public List<Parameter> Parameters => field ??= [];
    public List<BodyNode> Outer { get; set; } = null!;
    public ImmutableArray<BodyNode> Body { get; set; } = [];
    public OpenBranch? Branch { get; set; }
    public List<Branch> Branches => field ??= [];

    public BodyNode ToNode(TextSpan keyword, TextSpan span, TextSpan? close) =>
        Word switch
        {
            "if" => new IfNode(span, Word, keyword, close, [.. Branches]),
            "case" => new CaseNode(span, Word, keyword, close, Header!, Body, [.. Branches]),
            "for" or "tablerow" => new LoopNode(span, Word, keyword, close)
            {
                Variable = Variable,
                IndexVariable = IndexVariable,
                Source = Header!,
                Arguments = [.. Arguments],
                Body = Body,
                Else = Branches.Count > 0 ? Branches[0] : null,
                LoopObject = Word,
            },
            "while" => new WhileNode(span, Word, keyword, close, Header!, Body),
            "with" => new WithNode(span, Word, keyword, close, Header!, Body, null),
            "capture" => new CaptureNode(span, Word, keyword, close, Header!, Body),
            "wrap" => new WrapNode(span, Word, keyword, close, Header, Body),
            // `name = func …` begins with the name.
            _ => new FunctionNode(
                TextSpan.FromBounds(Math.Min(span.Start, Name?.Span.Start ?? span.Start), span.End),
                Word,
                keyword,
                close,
                Name,
                [.. Parameters],
                Body
            ),
        };
}

/// <summary>The branch of an open block that is being read.</summary>
internal sealed record OpenBranch(BranchKind Kind, ScribanToken Token, ImmutableArray<Expression> Conditions)
{
    public bool IsNegated { get; init; }
}

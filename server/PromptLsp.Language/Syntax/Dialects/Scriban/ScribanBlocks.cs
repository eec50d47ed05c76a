using System.Collections.Immutable;
using PromptLsp.Language.Syntax.Body;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Syntax.Dialects.Scriban;

/// <summary>
/// The tree as far as it is read. Open blocks are kept on a stack of our own, so that neither an unclosed block nor ten thousand nested ones
/// cost more than themselves.
/// </summary>
internal sealed class ScribanBlocks
{
    // Deeper blocks stay in the tree as siblings: whoever walks the tree by recursion is safe.
    private const int DeepestNesting = 200;

    private readonly SourceText _text;
    private readonly List<Problem> _problems;
    private readonly Stack<OpenBlock> _open = new();
    private List<BodyNode> _body;
    private int _flattened;

    public ScribanBlocks(SourceText text, List<Problem> problems)
    {
        _text = text;
        _problems = problems;
        _body = Root;
    }

    /// <summary>What stands outside of blocks.</summary>
    public List<BodyNode> Root { get; } = [];

    public OpenBlock? Innermost => _open.TryPeek(out OpenBlock? block) ? block : null;

    public void Add(BodyNode node) => _body.Add(node);

    public void Open(OpenBlock block)
    {
        if (_open.Count >= DeepestNesting)
        {
            if (_flattened++ == 0)
                _problems.Add(new(block.Token.Span, $"blocks nest deeper than {DeepestNesting}"));
            Add(new BrokenNode(block.Token.Span));
            return;
        }
        block.Outer = _body;
        _open.Push(block);
        _body = [];
        if (block.Word == "if")
            block.Branch = new(BranchKind.If, block.Token, [block.Header!]) { IsNegated = block.IsNegated };
    }

    /// <summary>Begins an <c>else</c>, with conditions an <c>else if</c>.</summary>
    public void Branch(ScribanToken token, ImmutableArray<Expression> conditions)
    {
        if (Innermost is not { Word: "if" or "for" or "tablerow" or "case" } block)
        {
            Lone(token, "this `else` belongs to no `if`, `case` or `for`; remove it or open one before it");
            return;
        }
        if (block.Branch?.Kind == BranchKind.Else)
            _problems.Add(
                new(token.Span, $"this `{block.Word}` has its `else` already; {(conditions.IsEmpty ? "remove one of them" : "an `else if` stands before it")}")
            );
        else if (!conditions.IsEmpty && block.Word is "for" or "tablerow")
            _problems.Add(new(token.Span, $"the `else` of a `{block.Word}` takes no condition"));
        EndBranch(block, token.Start);
        block.Branch = new(conditions.IsEmpty ? BranchKind.Else : BranchKind.If, token, conditions);
    }

    public void When(ScribanToken token, ImmutableArray<Expression> values)
    {
        if (Innermost is not { Word: "case" } block)
        {
            Lone(token, "this `when` belongs to no `case`; open one before it");
            return;
        }
        if (values.IsEmpty)
            _problems.Add(new(token.Span, "`when` needs a value"));
        else if (block.Branch?.Kind == BranchKind.Else)
            _problems.Add(new(token.Span, "the `else` of a `case` stands behind its last `when`"));
        EndBranch(block, token.Start);
        block.Branch = new(BranchKind.When, token, values);
    }

    private void Lone(ScribanToken token, string problem)
    {
        _problems.Add(new(token.Span, problem) { Kind = _open.Count == 0 ? ProblemKind.LoneBranch : ProblemKind.Statement });
        Add(new BrokenNode(token.Span));
    }

    public void End(ScribanToken token)
    {
        if (_flattened > 0)
        {
            _flattened--;
            return;
        }
        if (_open.Count == 0)
        {
            _problems.Add(new(token.Span, "this `end` closes nothing; remove it or open a block before it") { Kind = ProblemKind.LoneEnd });
            Add(new BrokenNode(token.Span));
            return;
        }
        Close(token.Start, token.Span);
    }

    /// <summary>The expression in which a function was written goes on behind that: what its beginning gives is not what it gives.</summary>
    public void GoesOn()
    {
        if (_body.Count > 1)
        {
            _body[^2] = _body[^2] switch
            {
                OutputNode output => new OutputNode(Unfinished(output.Value)),
                AssignNode assign => new AssignNode(assign.Span, assign.Target, assign.OperatorSpan, assign.ReadsTarget, Unfinished(assign.Value)),
                var other => other,
            };
        }
        else if (Innermost is { Branch: { Conditions: [var condition] } branch } asked)
        {
            asked.Branch = branch with { Conditions = [Unfinished(condition)] };
        }
        else if (Innermost is { Branch: null, Header: { } header } headed)
        {
            headed.Header = Unfinished(header);
        }
    }

    private static CallExpression Unfinished(Expression value) => new(value.Span, new MissingExpression(value.Span.End), value, [], CallKind.Function);

    /// <summary>Closes what nothing has closed, at the end of the text.</summary>
    public void CloseAll()
    {
        while (Innermost is { } block)
            CloseUnfinished(block);
    }

    private void CloseUnfinished(OpenBlock block)
    {
        _problems.Add(
            new(block.Token.Span, $"this `{_text[block.Token.Span]}` is never closed; add `{{{{ end }}}}`")
            {
                Kind = ProblemKind.OpenBlock,
                Repair = MissingEnd.Add(_text, block.Token.Start, "{{ end }}"),
            }
        );
        Close(_text.Length, null);
    }

    private void Close(int end, TextSpan? close)
    {
        OpenBlock block = _open.Pop();
        EndBranch(block, end);
        _body = block.Outer;
        Add(block.ToNode(block.Token.Span, TextSpan.FromBounds(block.Token.Start, close?.End ?? end), close));
    }

    // What stands so far is the body of the branch that ends here.
    private void EndBranch(OpenBlock block, int end)
    {
        if (block.Branch is { } branch)
            block.Branches.Add(
                new(
                    TextSpan.FromBounds(branch.Token.Start, Math.Max(end, branch.Token.End)),
                    branch.Kind,
                    branch.Token.Span,
                    branch.IsNegated,
                    branch.Conditions,
                    [.. _body]
                )
            );
        else
            block.Body = [.. _body];
        _body = [];
    }
}

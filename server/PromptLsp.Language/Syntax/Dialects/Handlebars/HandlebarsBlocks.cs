using System.Collections.Immutable;
using PromptLsp.Language.Syntax.Body;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Syntax.Dialects.Handlebars;

/// <summary>
/// The tree as far as it is read. Open blocks are kept on a stack of our own, so that neither an unclosed block nor ten thousand nested ones
/// cost more than themselves.
/// </summary>
internal sealed class HandlebarsBlocks
{
    // Deeper blocks stay in the tree as siblings: whoever walks the tree by recursion is safe.
    private const int DeepestNesting = 200;

    private readonly SourceText _text;
    private readonly List<Problem> _problems;
    private readonly List<OpenBlock> _open = [];
    private List<BodyNode> _body;
    private int _flattened;

    public HandlebarsBlocks(SourceText text, List<Problem> problems)
    {
        _text = text;
        _problems = problems;
        _body = Root;
    }

    /// <summary>What stands outside of blocks.</summary>
    public List<BodyNode> Root { get; } = [];

    public bool AreClosed => _open.Count == 0 && _flattened == 0;

    private OpenBlock? Innermost => _open.Count > 0 ? _open[^1] : null;

    public void Add(BodyNode node) => _body.Add(node);

    /// <summary>True for a name that a block around gives to what it renders.</summary>
    public bool IsParameter(string name) =>
        _open.Exists(b => b.Else is null && b.Opening.Parameters.Any(p => string.Equals(p.Name, name, StringComparison.Ordinal)));

    public void Open(BlockOpening opening)
    {
        if (!Deepens(opening.Keyword))
            return;
        var block = new OpenBlock(opening, _body);
        if (opening.IsCondition)
            block.Condition = (opening, opening.Keyword);
        _open.Add(block);
        _body = [];
    }

    private bool Deepens(TextSpan span)
    {
        if (_open.Count < DeepestNesting && _flattened == 0)
            return true;
        if (_flattened++ == 0)
            _problems.Add(new(span, $"blocks nest deeper than {DeepestNesting}"));
        Add(new BrokenNode(span));
        return false;
    }

    /// <summary><c>{{else}}</c>.</summary>
    public void Else(TextSpan keyword)
    {
        if (_flattened > 0 || !MayBranch(keyword, isBlock: false))
            return;
        OpenBlock block = Innermost!;
        EndBranch(block, keyword.Start);
        block.Else = keyword;
    }

    /// <summary><c>{{else if a}}</c>, <c>{{else each xs}}</c>.</summary>
    public void Else(TextSpan keyword, BlockOpening opening)
    {
        if (_flattened > 0 || !MayBranch(keyword, isBlock: true))
            return;
        OpenBlock block = Innermost!;
        EndBranch(block, keyword.Start);
        if (block.Condition is not null && opening.IsCondition)
        {
            block.Condition = (opening, TextSpan.FromBounds(keyword.Start, opening.Keyword.End));
            return;
        }
        block.Else = keyword;
        if (_open.Count >= DeepestNesting)
        {
            _problems.Add(new(keyword, $"blocks nest deeper than {DeepestNesting}"));
            return;
        }
        block.ElseIsBlock = true;
        _open.Add(new(opening, _body) { Condition = opening.IsCondition ? (opening, opening.Keyword) : null });
        _body = [];
    }

    private bool MayBranch(TextSpan keyword, bool isBlock)
    {
        string? problem = Innermost switch
        {
            null => "this `else` belongs to no block; remove it or open one before it",
            { Opening.Tag: HandlebarsTag.PartialBlock or HandlebarsTag.DecoratorBlock } => "a partial has no `else`",
            { Else: not null } => $"this block has its `else` already; {(isBlock ? "an `else if` stands before it" : "remove one of them")}",
            { Opening.IsInverted: true } when isBlock => "a block that opens with `^` takes a plain `else`",
            _ => null,
        };
        if (problem is null)
            return true;
        _problems.Add(new(keyword, problem) { Kind = _open.Count == 0 ? ProblemKind.LoneBranch : ProblemKind.Statement });
        Add(new BrokenNode(keyword));
        return false;
    }

    /// <summary><c>{{/name}}</c>.</summary>
    /// <param name="original">The name as the engine compares it.</param>
    public void End(TextSpan close, object? original)
    {
        if (_flattened > 0)
        {
            _flattened--;
            return;
        }
        int opened = _open.FindLastIndex(b => !b.IsChained && Equals(b.Opening.Head.Original, original));
        if (opened < 0)
        {
            LoneEnd(close);
            return;
        }
        while (_open.FindLastIndex(b => !b.IsChained) is var innermost && innermost > opened)
            CloseUnfinished(close.Start);
        Close(close.Start, close);
    }

    private void LoneEnd(TextSpan close)
    {
        string written = _text[close];
        if (_open.FindLast(b => !b.IsChained) is { } block)
        {
            string fitting = "/" + NameOf(block);
            _problems.Add(new(close, $"`{written}` does not close `{WordOf(block)}`; write `{{{{{fitting}}}}}`") { Repair = Repair.ChangeTo(fitting, close) });
            // It was meant for that block: what follows is not in it.
            Close(close.Start, close);
            return;
        }
        _problems.Add(new(close, $"`{written}` closes nothing; remove it or open a block before it") { Kind = ProblemKind.LoneEnd });
        Add(new BrokenNode(close));
    }

    /// <summary>Closes what nothing has closed, at the end of the text.</summary>
    public void CloseAll()
    {
        while (_open.Count > 0)
            CloseUnfinished(_text.Length);
    }

    private void CloseUnfinished(int end)
    {
        OpenBlock block = _open.FindLast(b => !b.IsChained)!;
        string closing = $"{{{{/{NameOf(block)}}}}}";
        _problems.Add(new(block.Opening.Keyword, $"this `{{{{{WordOf(block)}}}}}` is never closed; add `{closing}`")
        {
            Kind = ProblemKind.OpenBlock,
            Repair = end == _text.Length ? MissingEnd.Add(_text, block.Opening.Keyword.Start, closing) : null,
        });
        Close(end, null);
    }

    // Without the blanks between the mark and the name.
    private string WordOf(OpenBlock block) => _text[block.Opening.Keyword] is [var mark, .. var rest] ? mark + rest.TrimStart() : "";

    private string NameOf(OpenBlock block)
    {
        TextSpan name = block.Opening.Head.Callee.Span;
        return _text[TextSpan.FromBounds(name.Start, Math.Max(name.End, block.Opening.Keyword.End))];
    }

    // A block ends with all that its `else` has opened.
    private void Close(int end, TextSpan? close)
    {
        while (true)
        {
            OpenBlock block = _open[^1];
            _open.RemoveAt(_open.Count - 1);
            EndBranch(block, end);
            _body = block.Outer;
            TextSpan? own = block.IsChained ? null : close;
            TextSpan opening = block.Opening.Keyword;
            Add(block.ToNode(_text, TextSpan.FromBounds(opening.Start, own?.End ?? Math.Max(end, Header(block.Opening))), own));
            if (!block.IsChained)
                return;
        }
    }

    private static int Header(BlockOpening opening)
    {
        int end = Math.Max(opening.Keyword.End, opening.Head.ToCall().Span.End);
        return opening.Parameters.IsEmpty ? end : Math.Max(end, opening.Parameters[^1].Span.End);
    }

    // What stands so far is the body of the branch that ends here.
    private void EndBranch(OpenBlock block, int end)
    {
        ImmutableArray<BodyNode> body = [.. _body];
        _body = [];
        if (block.Else is { } keyword)
        {
            var branch = new Branch(TextSpan.FromBounds(keyword.Start, Math.Max(end, keyword.End)), BranchKind.Else, keyword, false, [], body)
            {
                IsChained = block.ElseIsBlock,
            };
            if (block.Condition is not null)
                block.Branches.Add(branch);
            else
                block.ElseBranch = branch;
        }
        else if (block.Condition is var (condition, word))
        {
            block.Branches.Add(condition.ToBranch(TextSpan.FromBounds(word.Start, Math.Max(end, Header(condition))), word, body));
        }
        else
        {
            block.Body = body;
        }
    }
}

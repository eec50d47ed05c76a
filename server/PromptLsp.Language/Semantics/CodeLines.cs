using System.Collections.Immutable;
using PromptLsp.Language.Catalog.Dialects;
using PromptLsp.Language.Syntax;
using PromptLsp.Language.Syntax.Body;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Semantics;

/// <summary>
/// Finds the lines of a body that hold only code that writes nothing, whose own line end is written, and can go without joining two lines that
/// are apart: whichever way the code goes, what stands before it is a line end.
/// </summary>
internal sealed class CodeLines
{
    private readonly SourceText _text;
    private readonly ImmutableArray<TextSpan> _islands;
    private readonly Part?[] _parts;
    private readonly bool[] _isRead, _startsLine;
    private readonly Dictionary<BlockNode, List<int>> _partsOf = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<BlockNode, bool> _onLines = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<BlockNode> _jumping = new(ReferenceEqualityComparer.Instance);
    private readonly Stack<BlockNode> _around = new();

    private CodeLines(TemplateBody body, SourceText text)
    {
        _text = text;
        _islands = body.Islands;
        _parts = new Part?[_islands.Length];
        _isRead = new bool[_islands.Length];
        _startsLine = new bool[_islands.Length];
    }

    /// <summary>The islands of each such line.</summary>
    public static IEnumerable<ImmutableArray<TextSpan>> Of(PromptModel prompt, Notation notation)
    {
        TemplateBody body = prompt.Document.Body;
        var lines = new CodeLines(body, prompt.Document.Text);
        lines.Read(body.Nodes);
        // What is not understood may write.
        foreach (Problem problem in body.Problems)
            lines.Put(problem.Span, null);
        // A partial can be included in the middle of a line.
        List<(int First, int Last)> silent = lines.Cut(body.Span, notation, isClean: !prompt.Environment.IsPartial);
        return silent.Where(l => Enumerable.Range(l.First, l.Last - l.First + 1).All(lines.MayGo)).Select(l => lines._islands[l.First..(l.Last + 1)]);
    }

    /// <summary>What an island does that writes nothing.</summary>
    /// <param name="Block">The block that it opens, divides or closes.</param>
    /// <param name="IsKept">The line end behind it is not of this place.</param>
    private sealed record Part(BlockNode? Block = null, bool IsOpening = false, bool IsKept = false);

    private void Read(IEnumerable<BodyNode> nodes)
    {
        foreach (BodyNode node in nodes)
        {
            switch (node)
            {
                case IfNode branching:
                    Read(branching, [], branching.Branches);
                    break;
                case CaseNode choice:
                    Read(choice, [], choice.Branches);
                    break;
                case LoopNode loop:
                    Read(loop, loop.Body, loop.Else is { } none ? [none] : []);
                    break;
                case WhileNode repeated:
                    Read(repeated, repeated.Body, []);
                    break;
                case WithNode inside:
                    Read(inside, inside.Body, inside.Else is { } other ? [other] : []);
                    break;
                case BlockNode kept:
                    // Its text goes elsewhere, and what stands before its beginning comes before what stands behind its end.
                    Put(kept.KeywordSpan, new(IsKept: true));
                    if (kept.CloseSpan is { } close)
                        Put(close, new(IsKept: true));
                    break;
                case AssignNode or CommentNode:
                    Put(node.Span, new());
                    break;
                case TextNode:
                    break;
                default:
                    Put(node.Span, null);
                    // A jump leaves its loop in the middle of a line.
                    if (node is StatementNode)
                        Jump();
                    break;
            }
        }
    }

    private void Jump()
    {
        foreach (BlockNode block in _around)
        {
            // Those around it are known then, too.
            if (!_jumping.Add(block))
                return;
        }
    }

    private void Read(BlockNode block, ImmutableArray<BodyNode> body, ImmutableArray<Branch> branches)
    {
        _partsOf.Add(block, []);
        _around.Push(block);
        Put(block.KeywordSpan, new(block, IsOpening: true, IsKept: block is CaseNode));
        Read(body);
        foreach (Branch branch in branches)
        {
            if (branch.KeywordSpan.Start != block.KeywordSpan.Start)
                Put(branch.KeywordSpan, new(block));
            Read(branch.Body);
        }
        if (block.CloseSpan is { } close)
            Put(close, new(block));
        _around.Pop();
    }

    // Of several things in one island, all must be of no block.
    private void Put(TextSpan span, Part? part)
    {
        int island = IslandOf(span.Start);
        if (island < 0)
            return;
        if (part?.Block is { } block)
            _partsOf[block].Add(island);
        _parts[island] = !_isRead[island] || (_parts[island] is { Block: null, IsKept: false } && part is { Block: null, IsKept: false }) ? part : null;
        _isRead[island] = true;
    }

    private int IslandOf(int offset)
    {
        int after = BinarySearch.CountBefore<TextSpan, ByStart>(_islands.AsSpan(), offset + 1);
        return after > 0 && offset < _islands[after - 1].End ? after - 1 : -1;
    }

    // The lines as they are written, each by its first and last island, where all that is on it is silent and its line end is written.
    private List<(int First, int Last)> Cut(TextSpan body, Notation notation, bool isClean)
    {
        var lines = new List<(int, int)>();
        int first = 0;
        bool isIndented = false;
        for (int i = 0; i <= _islands.Length; i++)
        {
            int from = i == 0 ? body.Start : _islands[i - 1].End, to = i == _islands.Length ? body.End : _islands[i].Start;
            ReadOnlySpan<char> before = i == 0 ? default : _text.Slice(_islands[i - 1]), behind = i == _islands.Length ? default : _text.Slice(_islands[i]);
            ReadOnlySpan<char> between = notation.Between(before, _text.Slice(TextSpan.FromBounds(from, to)), behind);
            int lineEnd = between.IndexOf('\n');
            // Blanks at the very beginning are no line's: no mark takes them.
            isClean &= i == 0 && lineEnd < 0 ? between.IsEmpty : (lineEnd < 0 ? between : between[..lineEnd]).IsWhiteSpace();
            if (lineEnd >= 0)
            {
                // An empty line at the very end is none that anybody sees.
                bool isLast = i == _islands.Length && between.IsWhiteSpace();
                if (isClean && first < i && !isLast)
                    lines.Add((first, i - 1));
                first = i;
                isClean = between[(between.LastIndexOf('\n') + 1)..].IsWhiteSpace();
            }
            if (i == _islands.Length)
                break;
            // Blanks that stay would come before what a line end kept apart from them.
            isIndented = lineEnd < 0 ? isIndented || !between.IsEmpty : between[^1] != '\n';
            _startsLine[i] = isClean && !isIndented;
            isClean &= _parts[i] is not null;
        }
        return lines;
    }

    private bool MayGo(int island) => _parts[island] switch
    {
        null or { IsKept: true } => false,
        { Block: null } => true,
        { Block: { } block, IsOpening: true } when block is LoopNode or WhileNode => block.CloseSpan is not null && IsOnLines(block),
        { IsOpening: true } => _startsLine[island],
        { Block: { } block } => IsOnLines(block),
    };

    // Where each part of a block begins a line, a line end stands before whatever comes next: what the last round of a loop wrote, too.
    private bool IsOnLines(BlockNode block)
    {
        if (!_onLines.TryGetValue(block, out bool isOnLines))
            _onLines[block] = isOnLines = !_jumping.Contains(block) && _partsOf[block].All(i => _startsLine[i]);
        return isOnLines;
    }

    private readonly struct ByStart : IOrder<TextSpan>
    {
        public static int Of(TextSpan item) => item.Start;
    }
}

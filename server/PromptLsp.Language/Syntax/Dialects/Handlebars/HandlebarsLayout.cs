using System.Collections.Immutable;
using PromptLsp.Language.Syntax.Body;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Syntax.Dialects.Handlebars;

/// <summary>
/// What remains of each text of a body, as handlebars 4.7 strips it: `~` takes white space away, and a line that holds nothing but a block's tag, a
/// comment or a partial vanishes; what stands before such a partial indents it.
/// </summary>
internal sealed class HandlebarsLayout
{
    private readonly PromptDocument _document;
    private readonly Dictionary<TextNode, Text> _texts = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<BodyNode, string> _indents = new(ReferenceEqualityComparer.Instance);

    private HandlebarsLayout(PromptDocument document) => _document = document;

    /// <param name="isTrimmed">The white space around the whole body is no part of it.</param>
    public static HandlebarsLayout Of(PromptDocument document, bool isTrimmed)
    {
        var layout = new HandlebarsLayout(document);
        List<BodyNode> root = layout.Statements(document.Body.Nodes);
        if (isTrimmed)
            layout.Trim(root);
        layout.Program(root, isRoot: true);
        return layout;
    }

    /// <summary>What of a text is rendered.</summary>
    public ReadOnlySpan<char> Rendered(TextNode node) =>
        _texts.TryGetValue(node, out Text? text) ? _document.Text.Content.AsSpan(text.Start, text.End - text.Start) : [];

    /// <summary>What every line of a partial is indented by; empty where it does not stand alone on its line.</summary>
    public string IndentOf(BodyNode partial) => _indents.GetValueOrDefault(partial, "");

    // The engine sees no text where there is none: behind a backslash, or before the first word of a trimmed body.
    private List<BodyNode> Statements(ImmutableArray<BodyNode> nodes)
    {
        var statements = new List<BodyNode>(nodes.Length);
        foreach (BodyNode node in nodes)
        {
            if (node is TextNode text)
            {
                if (text.Written.IsEmpty)
                    continue;
                _texts[text] = new(_document.Text.Content, text.Written);
            }
            statements.Add(node);
        }
        return statements;
    }

    private void Trim(List<BodyNode> root)
    {
        if (root is [TextNode first, ..])
        {
            Text text = _texts[first];
            text.TrimStart();
            text.Settle();
            if (text.IsEmpty)
                root.RemoveAt(0);
        }
        if (root is [.., TextNode last])
        {
            Text text = _texts[last];
            text.TrimEnd();
            text.Settle();
            if (text.IsEmpty)
                root.RemoveAt(root.Count - 1);
        }
    }

    private void Program(List<BodyNode> body, bool isRoot)
    {
        for (int i = 0; i < body.Count; i++)
        {
            BodyNode node = body[i];
            Block? block = BlockOf(node);
            Strip? found = block is not null ? Inside(block) : node switch
            {
                TextNode or BrokenNode => null,
                _ => StripsOf(node),
            };
            if (found is not { } strip)
                continue;
            bool blankBefore = IsBlankBefore(body, i, isRoot), blankBehind = IsBlankBehind(body, i, isRoot);
            if (strip.Close)
                StripRight(body, i + 1, all: true);
            if (strip.Open)
                StripLeft(body, i - 1, all: true);
            if (strip.MayStandAlone && blankBefore && blankBehind)
            {
                StripRight(body, i + 1, all: false);
                if (StripLeft(body, i - 1, all: false) && node is OutputNode)
                    _indents[node] = _texts[(TextNode)body[i - 1]].LastBlanks();
            }
            if (strip.OpenStandsAlone && blankBefore)
            {
                StripRight(block!.First, 0, all: false);
                StripLeft(body, i - 1, all: false);
            }
            if (strip.CloseStandsAlone && blankBehind)
            {
                StripRight(body, i + 1, all: false);
                StripLeft(block!.Last, block.Last.Count - 1, all: false);
            }
        }
    }

    // What a block does inside itself, and what it asks of the text around it.
    private Strip Inside(Block block)
    {
        if (block.Program is { } whole)
            Program(whole, isRoot: false);
        if (block.Chained is { } next)
            Chain(next);
        else if (block.Inverse is { } otherwise)
            Program(otherwise, isRoot: false);
        List<BodyNode> program = block.First;
        List<BodyNode>? inverse = block.Program is null ? null : block.Chained?.Program ?? block.Inverse;
        List<BodyNode> last = inverse ?? program;
        var strip = new Strip(block.Open.Open, block.Close.Close)
        {
            OpenStandsAlone = IsBlankBehind(program, -1, isRoot: false),
            CloseStandsAlone = IsBlankBefore(last, last.Count, isRoot: false),
        };
        if (block.Open.Close)
            StripRight(program, 0, all: true);
        if (inverse is not null)
        {
            if (block.Else.Open)
                StripLeft(program, program.Count - 1, all: true);
            if (block.Else.Close)
                StripRight(inverse, 0, all: true);
            if (block.Close.Open)
                StripLeft(inverse, inverse.Count - 1, all: true);
            if (IsBlankBefore(program, program.Count, isRoot: false) && IsBlankBehind(inverse, -1, isRoot: false))
            {
                StripLeft(program, program.Count - 1, all: false);
                StripRight(inverse, 0, all: false);
            }
        }
        else if (block.Close.Open)
        {
            StripLeft(program, program.Count - 1, all: true);
        }
        return strip;
    }

    // The block of an `else` stands alone in its branch, so that nothing around it is stripped.
    private void Chain(Block block) => Inside(block);

    private bool IsBlankBefore(List<BodyNode> body, int i, bool isRoot) =>
        i == 0 ? isRoot : body[i - 1] is TextNode text && _texts[text].EndsWithLine(isWhole: i == 1 && isRoot);

    private bool IsBlankBehind(List<BodyNode> body, int i, bool isRoot) =>
        i + 1 >= body.Count ? isRoot : body[i + 1] is TextNode text && _texts[text].BeginsWithLine(isWhole: i + 2 >= body.Count && isRoot);

    private void StripRight(List<BodyNode> body, int at, bool all)
    {
        if (at < body.Count && body[at] is TextNode node && _texts[node] is { } text && (all || !text.IsRightStripped))
            text.IsRightStripped = all ? text.TrimStart() : text.TrimLineStart();
    }

    private bool StripLeft(List<BodyNode> body, int at, bool all)
    {
        if (at < 0 || body[at] is not TextNode node || _texts[node] is not { } text || (!all && text.IsLeftStripped))
            return false;
        return text.IsLeftStripped = all ? text.TrimEnd() : text.TrimLineEnd();
    }

    private Strip StripsOf(BodyNode node)
    {
        // Right at its braces a comment would meet the tag before it.
        Strip marks = MarksAt(node is CommentNode ? node.Span.Start + 2 : node.Span.Start);
        return marks with { MayStandAlone = node is CommentNode or OutputNode { Value: CallExpression { Kind: CallKind.Include } } };
    }

    private Strip MarksAt(int offset)
    {
        if (_document.Body.IslandAt(offset) is not { } island)
            return default;
        ReadOnlySpan<char> code = _document.Text.Slice(island);
        return new(code.Length > 2 && code[2] == '~', code.Length > 2 && code[^3] == '~');
    }

    private Block? BlockOf(BodyNode node) => node switch
    {
        IfNode conditional => ConditionOf(conditional, 0, Closing(conditional)),
        LoopNode loop => BlockOf(loop, loop.Body, loop.Else, loop.IsInverted),
        WithNode with => BlockOf(with, with.Body, with.Else, with.IsInverted),
        SectionNode section => BlockOf(section, section.Body, section.Else, section.IsInverted),
        CallBlockNode call => BlockOf(call, call.Body, call.Else, call.IsInverted),
        IncludeBlockNode include => BlockOf(include, include.Body, null, isInverted: false),
        InlinePartialNode inline => BlockOf(inline, inline.Body, null, isInverted: false),
        RawNode raw => new(Statements(raw.Body), null, null, default, default, default),
        _ => null,
    };

    private Strip Closing(BlockNode node) => node.CloseSpan is { } close ? MarksAt(close.Start) : default;

    private Block BlockOf(BlockNode node, ImmutableArray<BodyNode> body, Branch? otherwise, bool isInverted) =>
        BlockOf(node, body, otherwise, isInverted, Closing(node));

    private Block BlockOf(BlockNode node, ImmutableArray<BodyNode> body, Branch? otherwise, bool isInverted, Strip closing)
    {
        Strip open = MarksAt(node.KeywordSpan.Start);
        List<BodyNode> first = Statements(body);
        if (otherwise is null)
            return isInverted ? new(null, first, null, open, default, closing) : new(first, null, null, open, default, closing);
        Strip marks = MarksAt(otherwise.KeywordSpan.Start);
        if (otherwise.IsChained && otherwise.Body is [BlockNode only])
            return new(first, null, ChainedOf(only, IsChained(node) ? marks : closing), open, marks, closing);
        List<BodyNode> second = Statements(otherwise.Body);
        return isInverted ? new(second, first, null, open, marks, closing) : new(first, second, null, open, marks, closing);
    }

    // To the engine the first block of a chain ends as the whole does, and each further one as it opens.
    private Block? ChainedOf(BlockNode node, Strip closing) => node switch
    {
        IfNode conditional => ConditionOf(conditional, 0, closing),
        LoopNode loop => BlockOf(loop, loop.Body, loop.Else, loop.IsInverted, closing),
        WithNode with => BlockOf(with, with.Body, with.Else, with.IsInverted, closing),
        SectionNode section => BlockOf(section, section.Body, section.Else, section.IsInverted, closing),
        CallBlockNode call => BlockOf(call, call.Body, call.Else, call.IsInverted, closing),
        _ => null,
    };

    private Block ConditionOf(IfNode node, int from, Strip closing)
    {
        Branch branch = node.Branches[from];
        Strip open = MarksAt(branch.KeywordSpan.Start);
        List<BodyNode> body = Statements(branch.Body);
        bool isInverted = from == 0 && _document.Text.Content[node.KeywordSpan.Start] == '^';
        if (from + 1 >= node.Branches.Length)
            return isInverted ? new(null, body, null, open, default, closing) : new(body, null, null, open, default, closing);
        Branch next = node.Branches[from + 1];
        Strip marks = MarksAt(next.KeywordSpan.Start);
        if (!next.Conditions.IsEmpty)
            return new(body, null, ConditionOf(node, from + 1, ClosingOfNext(node, from, closing)), open, marks, closing);
        if (next.IsChained && next.Body is [BlockNode only])
            return new(body, null, ChainedOf(only, ClosingOfNext(node, from, closing)), open, marks, closing);
        List<BodyNode> otherwise = Statements(next.Body);
        return isInverted ? new(otherwise, body, null, open, marks, closing) : new(body, otherwise, null, open, marks, closing);
    }

    private Strip ClosingOfNext(IfNode node, int from, Strip closing) =>
        from == 0 && !IsChained(node) ? closing : MarksAt(node.Branches[from + 1].KeywordSpan.Start);

    private static bool IsChained(BlockNode node) => node.CloseSpan is null;

    /// <param name="Program">What is rendered where the block's condition holds; null for an inverted block without an `else`.</param>
    /// <param name="Inverse">What is rendered else.</param>
    /// <param name="Chained">The block that is all of what is rendered else.</param>
    /// <param name="Open">The marks of the opening tag.</param>
    private sealed record Block(List<BodyNode>? Program, List<BodyNode>? Inverse, Block? Chained, Strip Open, Strip Else, Strip Close)
    {
        public List<BodyNode> First => Program ?? Inverse!;

        // The engine looks at a chain as a whole: its branch holds one block, and no text to strip.
        public List<BodyNode> Last => Chained is not null ? [] : Inverse ?? Program!;
    }

    /// <summary>Which sides of a tag take white space away, and which may stand alone on their lines.</summary>
    private readonly record struct Strip(bool Open, bool Close)
    {
        public bool MayStandAlone { get; init; }

        public bool OpenStandsAlone { get; init; }

        public bool CloseStandsAlone { get; init; }
    }

    /// <summary>A text, and what of it is left.</summary>
    private sealed class Text(string content, TextSpan span)
    {
        private TextSpan _original = span;

        public int Start { get; private set; } = span.Start;

        public int End { get; private set; } = span.End;

        public bool IsRightStripped { get; set; }

        public bool IsLeftStripped { get; set; }

        public bool IsEmpty => Start == End;

        /// <summary>What is left is all that ever was.</summary>
        public void Settle() => _original = TextSpan.FromBounds(Start, End);

        public bool TrimStart()
        {
            int before = Start;
            while (Start < End && HandlebarsLexer.IsBlank(content[Start]))
                Start++;
            return Start > before;
        }

        public bool TrimEnd()
        {
            int before = End;
            while (End > Start && HandlebarsLexer.IsBlank(content[End - 1]))
                End--;
            return End < before;
        }

        // Blanks and one line end.
        public bool TrimLineStart()
        {
            int before = Start;
            while (Start < End && content[Start] is ' ' or '\t')
                Start++;
            if (Start + 1 < End && content[Start] == '\r' && content[Start + 1] == '\n')
                Start += 2;
            else if (Start < End && content[Start] == '\n')
                Start++;
            else if (Start < End && content[Start] == '\r')
                Start++;
            return Start > before;
        }

        public bool TrimLineEnd()
        {
            int before = End;
            while (End > Start && content[End - 1] is ' ' or '\t')
                End--;
            return End < before;
        }

        public bool EndsWithLine(bool isWhole)
        {
            for (int at = _original.End; at > _original.Start; at--)
            {
                if (content[at - 1] == '\n')
                    return true;
                if (!HandlebarsLexer.IsBlank(content[at - 1]))
                    return false;
            }
            return isWhole;
        }

        public bool BeginsWithLine(bool isWhole)
        {
            for (int at = _original.Start; at < _original.End; at++)
            {
                if (content[at] == '\n')
                    return true;
                if (!HandlebarsLexer.IsBlank(content[at]))
                    return false;
            }
            return isWhole;
        }

        public string LastBlanks()
        {
            int start = _original.End;
            while (start > _original.Start && content[start - 1] is ' ' or '\t')
                start--;
            return content[start.._original.End];
        }
    }
}

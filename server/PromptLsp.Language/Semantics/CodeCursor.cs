using System.Collections.Immutable;
using PromptLsp.Language.Catalog.Types;
using PromptLsp.Language.Syntax.Body;
using PromptLsp.Language.Syntax.Dialects;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Semantics;

/// <summary>
/// Where a cursor stands in code that is being typed. What is around it is read once more, with a made-up name in the place of the word at
/// the cursor: so even where nothing stands yet there is a name in the tree, and a half-typed word misleads nobody.
/// </summary>
internal sealed class CodeCursor
{
    // A letter that can begin a name and that nobody types. It is repeated so that some offset lies strictly inside the name, where no other
    // node ends or begins.
    private const char Mark = 'ʘ';
    private const int ShortestMark = 3;

    // An island that is longer is read from a line on, so that a letter costs the same in any file.
    private const int MostBefore = 8192, MostBehind = 2048;

    private readonly string _content;
    private readonly Grammar _grammar;
    private readonly int _open, _close;

    private CodeCursor(PromptModel prompt, int offset, TextSpan island)
    {
        Prompt = prompt;
        Offset = offset;
        Island = island;
        _content = prompt.Document.Text.Content;
        _grammar = prompt.Document.Dialect.Grammar;
        (_open, _close) = _grammar.Braces(prompt.Document.Text.Slice(island));
        Word = WordAt(_content, offset);
        ImmutableArray<SyntaxNode> written = prompt.Document.Body.PathTo(offset);
        Comment = written is [.., CommentNode comment] && offset > comment.Span.Start ? comment : null;
        Quoted =
            written is [.., LiteralExpression { Value: string } literal]
            && literal.Content.Start <= offset
            && (offset <= literal.Content.End || literal.IsUnclosed)
                ? literal
                : null;
        Path = Comment is null && Quoted is null ? Marked(written) : written;
    }

    /// <summary>The cursor in the code at an offset; null where there is text.</summary>
    public static CodeCursor? At(PromptModel prompt, int offset)
    {
        if (
            prompt.Document.Body.IsOpaque
            || prompt.Document.Body.IslandAt(offset) is not { } island
            || offset < island.Start + prompt.Document.Dialect.Grammar.Braces(prompt.Document.Text.Slice(island)).Open
        )
            return null;
        var cursor = new CodeCursor(prompt, offset, island);
        return offset > island.End - cursor._close ? null : cursor;
    }

    public PromptModel Prompt { get; }

    public int Offset { get; }

    /// <summary>The code with its braces.</summary>
    public TextSpan Island { get; }

    /// <summary>The word that the cursor stands in or behind, whole: `us|er` is replaced by what is chosen, not split.</summary>
    public TextSpan Word { get; }

    /// <summary>The comment that the cursor stands in.</summary>
    public CommentNode? Comment { get; }

    /// <summary>The string whose quotes the cursor stands between.</summary>
    public LiteralExpression? Quoted { get; }

    /// <summary>The nodes around the cursor from the outermost on. The last one is, or has, the word at the cursor, whatever that may be.</summary>
    public ImmutableArray<SyntaxNode> Path { get; }

    /// <summary>The node that the word at the cursor is; null where a word is nothing there.</summary>
    public SyntaxNode? Node => Path.IsEmpty ? null : Path[^1];

    public bool IsClosed => _close > 0;

    /// <summary>The names that nobody declares, in a prompt that takes what it is given; without the word at the cursor.</summary>
    public GivenNames Given => field ??= GivenNames.Without(Prompt, Quoted?.Span ?? Word);

    /// <summary>What is known of an expression.</summary>
    public PromptType TypeOf(Expression expression) => Prompt.Typing.Of(expression) is { IsAny: false } type ? type : Given.TypeOf(expression);

    /// <summary>The blocks that are open at the cursor, from the outermost on.</summary>
    public IEnumerable<BlockNode> OpenBlocks => Path.OfType<BlockNode>().Where(b => b.KeywordSpan.End < Offset);

    /// <summary>The word is a number, or the end of one.</summary>
    public bool IsInNumber => Word.Length > 0 && char.IsDigit(_content[Word.Start]);

    /// <summary>The word begins with the mark that ends a block.</summary>
    public bool IsAtEnd => Word.Length > 0 && _grammar.IsMarkOfEnd(_content[Word.Start]);

    /// <summary>The word begins with the mark that opens a block.</summary>
    public bool IsAtBlock => Word.Length > 0 && _grammar.IsMarkOfBlock(_content[Word.Start]);

    /// <summary>A value ends right before the cursor, with no blank between: <c>orders[0]</c>.</summary>
    public bool IsRightBehindValue => Word.Length == 0 && Word.Start > 0 && _content[Word.Start - 1] is ']' or ')';

    /// <summary>A statement can begin at the cursor's word.</summary>
    public bool StartsStatement => Path.Any(n => n is OutputNode or AssignNode && n.Span.Start == Word.Start) && IsBehindBoundary();

    /// <summary>The island is the first thing on its line.</summary>
    public bool StartsLine
    {
        get
        {
            int at = Island.Start - 1;
            while (at >= 0 && _content[at] is ' ' or '\t')
                at--;
            return at < 0 || _content[at] is '\n' or '\r';
        }
    }

    /// <summary>Something stands behind the word, before the statement ends.</summary>
    public bool HasMoreBehind
    {
        get
        {
            int at = BehindWord();
            return at < Island.End && !_grammar.EndsBefore(_content.AsSpan(at, Island.End - at));
        }
    }

    /// <summary>The character behind the word and the blanks that follow it.</summary>
    public char NextCharacter => BehindWord() is var at && at < _content.Length ? _content[at] : '\0';

    /// <summary>The cursor stands where a line of code begins, in code of several lines.</summary>
    public bool StartsCodeLine
    {
        get
        {
            int at = BeforeWord();
            return at > Island.Start && _content[at] is '\n' or '\r';
        }
    }

    /// <summary>The string that begins right behind the cursor, where no word is begun: what is chosen stands in its place.</summary>
    public TextSpan? NextLiteral =>
        !Word.IsEmpty ? null
        : Prompt.Document.Body.PathTo(Offset + 1) is [.., LiteralExpression { Value: string, IsUnclosed: false } literal] && literal.Span.Start == Offset
            ? literal.Span
        : null;

    /// <summary>The word that stands before the cursor's word.</summary>
    public string WordBefore
    {
        get
        {
            int end = BeforeWord() + 1;
            int start = end;
            while (start > Island.Start && _grammar.IsWord(_content[start - 1]))
                start--;
            return _content[start..end];
        }
    }

    /// <summary>The innermost call that the word is an argument of, or the callee of.</summary>
    public CallExpression? Call => Path.OfType<CallExpression>().LastOrDefault();

    private bool IsBehindBoundary()
    {
        int at = BeforeWord();
        return at < Island.Start + _open || _grammar.CanBeginBehind(_content[at], at == Island.Start + _open);
    }

    private int BeforeWord()
    {
        int at = Word.Start - 1;
        while (at > Island.Start && _content[at] is ' ' or '\t')
            at--;
        return at;
    }

    private int BehindWord()
    {
        int at = Word.End;
        while (at < Island.End && _content[at] is ' ' or '\t')
            at++;
        return at;
    }

    // The blocks around come from the file as it is, what stands in the island from reading it with the mark.
    private ImmutableArray<SyntaxNode> Marked(ImmutableArray<SyntaxNode> written)
    {
        int start = Word.Start - Island.Start > MostBefore ? LineFrom(Word.Start - MostBefore) : Island.Start;
        string before = _grammar.BeforeIsland + (start == Island.Start ? "" : _grammar.Opening) + _content[start..Word.Start];
        int end = NextLiteral?.End ?? Word.End;
        string behind = _content[end..Math.Clamp(Island.End, end, end + MostBehind)];
        string mark = new(Mark, Math.Max(ShortestMark, Word.Length));
        var text = new SourceText(before + (Word.Length > 0 && _grammar.IsMarkOfName(_content, Word.Start) ? _content[Word.Start] + mark[1..] : mark) + behind);
        TemplateBody read = Prompt.Document.Dialect.Parse(text, new(0, text.Length));
        int moved = Word.Start - before.Length;
        ImmutableArray<SyntaxNode> path = new TemplateBody(read.Span.Shift(moved), read.Nodes.Moved(moved), [], []).PathTo(Word.Start + 1);
        return
        [
            .. written.Where(n =>
                n.Span.Start < start && (n is Branch || (n is BlockNode block && block.KeywordSpan.Start < start && !(block.CloseSpan?.End < Offset)))
            ),
            .. path is [var around, ..] && around.Span.Start < moved + _grammar.BeforeIsland.Length ? path.Skip(1) : path,
        ];
    }

    private int LineFrom(int offset) => _content.AsSpan(offset, Word.Start - offset).IndexOf('\n') is >= 0 and var line ? offset + line + 1 : Word.Start;

    private TextSpan WordAt(string text, int offset)
    {
        int start = offset, end = offset;
        while (start > 0 && _grammar.IsWord(text[start - 1]))
            start--;
        while (end < text.Length && _grammar.IsWord(text[end]))
            end++;
        if (start > 0 && _grammar.IsMarkOfName(text, start - 1))
            start--;
        return TextSpan.FromBounds(start, end);
    }

    /// <summary>A name that can stand in code as it is.</summary>
    public static bool IsName(string name) => name.Length > 0 && !char.IsAsciiDigit(name[0]) && name.All(IsWord);

    private static bool IsWord(char c) => c == '_' || char.IsLetterOrDigit(c);
}

using System.Collections.Immutable;
using PromptLsp.Language.Syntax.Body;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Syntax.Dialects.Scriban;

/// <summary>
/// Reads a body into the neutral tree, island by island. After an edit it takes over the nodes before it, and those behind it as soon as both
/// readings meet.
/// </summary>
internal sealed class ScribanParser
{
    private readonly SourceText _text;
    private readonly TextSpan _span;
    private readonly EarlierBody? _earlier;
    private readonly ScribanTokens _read;
    private readonly ScribanCursor _tokens;
    private readonly List<TextSpan> _islands = [];
    private readonly List<Restart> _restarts = [];
    private readonly List<Problem> _problems = [];
    private readonly ScribanBlocks _blocks;
    private readonly ScribanStatements _statements;
    private int _islandsTaken;

    // Places to begin again stand at least so far apart: closer ones would save no time.
    private const int BetweenRestarts = 256;

    private ScribanParser(SourceText text, TextSpan span, ScribanTokens tokens, EarlierBody? earlier)
    {
        _text = text;
        _span = span;
        _earlier = earlier;
        _read = tokens;
        _tokens = new(text, tokens.All);
        _blocks = new(text, _problems);
        _statements = new(text, _tokens, new(text, _tokens, _problems), _blocks, _problems);
    }

    public static TemplateBody Parse(SourceText text, TextSpan span, EarlierBody? earlier)
    {
        ScribanTokens tokens = ScribanTokens.Rent();
        TemplateBody body = new ScribanParser(text, span, tokens, earlier).Parse();
        tokens.Return();
        return body;
    }

    private TemplateBody Parse()
    {
        int start = _span.Start;
        if (_earlier?.Restart is { } place)
        {
            TakeUntil(place, _earlier.Body);
            start = place.Offset;
        }
        ReadOnlySpan<Restart> tail = _earlier is null ? [] : _earlier.Tail;
        int moved = _earlier?.Difference.Shift ?? 0, step = 1;
        ReadOn(start, tail, moved);
        while (true)
        {
            ReadIslands();
            int at = _tokens.Current.Start;
            if (at == _text.Length)
                break;
            while (!tail.IsEmpty && tail[0].Offset + moved < at)
                tail = tail[1..];
            if (_blocks.Innermost is null && !tail.IsEmpty && tail[0].Offset + moved == at)
            {
                TakeFrom(tail, _earlier!.Body, moved);
                break;
            }
            // An edit that opens a block may take everything into it: the further it goes, the less often we look.
            tail = tail[Math.Min(step, tail.Length)..];
            step *= 2;
            _read.All.RemoveAt(_read.All.Count - 1);
            ReadOn(at, tail, moved);
        }
        _blocks.CloseAll();
        // A stable order, so that those before a restart stay before it.
        return new(_span, [.. _blocks.Root], [.. _problems.OrderBy(p => p.Span.Start)], [.. _islands]) { Restarts = [.. _restarts] };
    }

    // Cuts the text up to where what was read before the edit may go on, else to its end.
    private void ReadOn(int from, ReadOnlySpan<Restart> tail, int moved) =>
        ScribanLexer.Body(_text.Content, from, tail.IsEmpty ? _text.Length : tail[0].Offset + moved, _read);

    private BodyParts Parts => new(_blocks.Root, _islands, _problems, _restarts);

    private void TakeUntil(Restart from, TemplateBody body)
    {
        Parts.TakeUntil(from, body);
        _islandsTaken = _islands.Count;
    }

    private void TakeFrom(ReadOnlySpan<Restart> tail, TemplateBody body, int moved)
    {
        Restart from = tail[0];
        Parts.TakeFrom(tail, body, moved, place => place == from ? _read.Reaches[^1] : place.Reach + moved);
    }

    private void ReadIslands()
    {
        while (_tokens.Current.Kind != TokenKind.End)
        {
            if (_tokens.Current.Kind == TokenKind.Text)
            {
                _blocks.Add(new TextNode(_tokens.Current.Span));
                _tokens.Next++;
                continue;
            }
            int start = _tokens.Current.Start;
            Island();
            int end = _tokens.Last.End;
            _islands.Add(TextSpan.FromBounds(start, end));
            if (_blocks.Innermost is null && end - (_restarts.Count == 0 ? _span.Start : _restarts[^1].Offset) >= BetweenRestarts)
                _restarts.Add(new(end, _read.Reaches[_islands.Count - _islandsTaken - 1], _blocks.Root.Count, _islands.Count, _problems.Count));
        }
    }

    private void Island()
    {
        ScribanToken open = _tokens.Take();
        int before = _problems.Count;
        bool isAstray = false;
        while (_tokens.Current.Kind is not (TokenKind.Close or TokenKind.End))
        {
            isAstray &= _tokens.Current.Kind is not (TokenKind.NewLine or TokenKind.Semicolon);
            int said = _problems.Count;
            _statements.Read();
            // One slip, one sentence: what follows it in its statement is read, but was led astray and has nothing to say.
            int heard = isAstray ? said : said + 1;
            if (_problems.Count > heard)
                _problems.RemoveRange(heard, _problems.Count - heard);
            isAstray |= _problems.Count > said;
        }
        if (_tokens.Current.Kind != TokenKind.Close)
        {
            if (_problems.Count == before)
                _problems.Add(NeverClosed(open));
            return;
        }
        if (_tokens.Current.IsBroken)
        {
            _problems.RemoveRange(before, _problems.Count - before);
            _problems.Add(NeverClosed(open));
        }
        _tokens.Next++;
    }

    private Problem NeverClosed(ScribanToken open)
    {
        ScribanToken last = _tokens.Last;
        if (last.Kind == TokenKind.CloseBrace)
        {
            ScribanToken beforeLast = _tokens.Ahead(-2);
            TextSpan braces = TextSpan.FromBounds(beforeLast.Kind == TokenKind.CloseBrace ? beforeLast.Start : last.Start, last.End);
            return new(braces, $"`{_text[braces]}` does not close what `{{{{` opens; write `}}}}`")
            {
                Kind = ProblemKind.OpenIsland,
                Repair = Repair.ChangeTo("}}", braces),
            };
        }
        return new(open.Span, "this `{{` is never closed; add `}}`")
        {
            Kind = ProblemKind.OpenIsland,
            Repair = new("Add `}}`", TextEdit.Insert(_tokens.Current.Start, Before(_tokens.Current.Start) == ' ' ? "}}" : " }}")),
        };
    }

    private char Before(int offset) => offset > 0 ? _text.Content[offset - 1] : '\0';
}

using System.Collections.Immutable;
using PromptLsp.Language.Syntax.Body;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Syntax.Dialects.Handlebars;

/// <summary>
/// Reads a body into the neutral tree, tag by tag. After an edit it takes over the nodes before it, and those behind it as soon as both
/// readings meet.
/// </summary>
internal sealed class HandlebarsParser
{
    private readonly SourceText _text;
    private readonly TextSpan _span;
    private readonly EarlierBody? _earlier;
    private readonly HandlebarsLexer _lexer;
    private readonly List<TextSpan> _islands = [];
    private readonly List<Restart> _restarts = [];
    private readonly List<Problem> _problems = [];
    private readonly HandlebarsBlocks _blocks;
    private readonly HandlebarsTags _tags;

    // Places to begin again stand at least so far apart: closer ones would save no time.
    private const int BetweenRestarts = 256;

    private HandlebarsParser(SourceText text, TextSpan span, EarlierBody? earlier)
    {
        _text = text;
        _span = span;
        _earlier = earlier;
        _lexer = new(text.Content);
        _blocks = new(text, _problems);
        _tags = new(text, _lexer, _blocks, _problems);
    }

    public static TemplateBody Parse(SourceText text, TextSpan span, EarlierBody? earlier) => new HandlebarsParser(text, span, earlier).Parse();

    private TemplateBody Parse()
    {
        int at = _span.Start;
        if (_earlier?.Restart is { } place)
        {
            Parts.TakeUntil(place, _earlier.Body);
            _lexer.Saw(place.Reach - 1);
            at = place.Offset;
        }
        ReadOnlySpan<Restart> tail = _earlier is null ? [] : _earlier.Tail;
        int moved = _earlier?.Difference.Shift ?? 0;
        bool wasLong = false;
        while (at < _text.Length)
        {
            while (!tail.IsEmpty && tail[0].Offset + moved < at)
                tail = tail[1..];
            if (!tail.IsEmpty && tail[0].Offset + moved == at && _blocks.AreClosed && MayTake(tail[0], _earlier!.Body))
            {
                TakeFrom(tail, _earlier.Body, moved);
                wasLong = _earlier.Body.DependsOnProblems;
                break;
            }
            at = ReadTag(ReadText(at));
        }
        _blocks.CloseAll();
        // A stable order, so that those before a restart stay before it.
        return new(_span, [.. _blocks.Root], [.. _problems.OrderBy(p => p.Span.Start)], [.. _islands])
        {
            Restarts = [.. _restarts],
            DependsOnProblems = wasLong || _lexer.HasLongStrings || (_earlier?.Body.DependsOnProblems ?? false),
        };
    }

    // Whether something was wrong before it decides how a long string is read.
    private bool MayTake(Restart place, TemplateBody body) => !body.DependsOnProblems || (place.Problems == 0) == (_problems.Count == 0);

    // Up to the next tag, or to the end.
    private int ReadText(int at)
    {
        while (at < _text.Length)
        {
            (TextSpan span, TextSpan written, bool tagFollows) = _lexer.TextFrom(at);
            Text(span, written);
            at = span.End;
            if (tagFollows || at == _text.Length)
                return at;
            TextSpan escaped = _lexer.EscapedFrom(at);
            Text(escaped, escaped);
            at = escaped.End;
        }
        return at;
    }

    private void Text(TextSpan span, TextSpan written)
    {
        if (span.IsEmpty)
            return;
        _blocks.Add(new TextNode(span, written));
        _tags.NullCharacters(span);
    }

    private int ReadTag(int open)
    {
        if (open == _text.Length)
            return open;
        _lexer.IsExact = _problems.Count == 0;
        int end = _tags.Read(open, _islands);
        if (_blocks.AreClosed && end - (_restarts.Count == 0 ? _span.Start : _restarts[^1].Offset) >= BetweenRestarts)
            _restarts.Add(new(end, _lexer.Reach, _blocks.Root.Count, _islands.Count, _problems.Count));
        return end;
    }

    private BodyParts Parts => new(_blocks.Root, _islands, _problems, _restarts);

    private void TakeFrom(ReadOnlySpan<Restart> tail, TemplateBody body, int moved)
    {
        Restart from = tail[0];
        Parts.TakeFrom(tail, body, moved, place => place == from ? _lexer.Reach : Math.Max(_lexer.Reach, place.Reach + moved));
    }
}

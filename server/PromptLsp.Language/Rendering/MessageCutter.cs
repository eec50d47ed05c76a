using System.Collections.Immutable;
using PromptLsp.Language.Catalog;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Rendering;

/// <summary>Cuts an output into messages at its marks.</summary>
internal sealed class MessageCutter
{
    // Text before the first role is the user's; text behind the history, the model's, as in Dotprompt.
    private const string FirstRole = "user", RoleAfterHistory = "model";

    private readonly string _text;
    private readonly ImmutableArray<WrittenValue> _values;
    private readonly ImmutableArray<RenderedMessage> _history;
    private readonly ImmutableArray<RenderedMessage>.Builder _messages = ImmutableArray.CreateBuilder<RenderedMessage>();
    private readonly ImmutableArray<MessagePart>.Builder _parts = ImmutableArray.CreateBuilder<MessagePart>();
    private string _role = FirstRole;
    private int? _historyIndex;
    private int _nextValue;
    private bool _isLost;

    private MessageCutter(RenderOutput output, ImmutableArray<RenderedMessage> history)
    {
        _text = output.ToString();
        _values = [.. output.Values.OrderBy(v => v.Span.Start).ThenBy(v => v.Span.End)];
        _history = [.. history.Select(m => m with { IsHistory = true })];
    }

    public static RenderedPrompt Cut(RenderOutput output, MessageMarkers markers, ImmutableArray<RenderedMessage> history, RenderFailure? failure) =>
        new MessageCutter(output, history).Cut(markers, failure);

    private RenderedPrompt Cut(MessageMarkers markers, RenderFailure? failure)
    {
        int from = 0;
        while (markers.Next(_text, from) is var (start, end, mark))
        {
            Text(TextSpan.FromBounds(from, start));
            Mark(mark);
            from = end;
        }
        Text(TextSpan.FromBounds(from, _text.Length));
        EndMessage();
        if (_historyIndex is null && !_history.IsEmpty)
            InsertHistory();
        return new(_messages.ToImmutable(), failure) { HistoryIndex = _historyIndex };
    }

    private void Mark(MessageMark mark)
    {
        _isLost &= mark is not (RoleMark or HistoryMark);
        if (_isLost)
            return;
        switch (mark)
        {
            case RoleMark role:
                EndMessage();
                _role = Roles.Find(role.Role)?.Name ?? role.Role;
                break;
            case HistoryMark:
                EndMessage();
                _historyIndex ??= _messages.Count;
                _messages.AddRange(_history);
                _role = RoleAfterHistory;
                break;
            case MediaMark media:
                _parts.Add(new MediaPart(media.Url, media.ContentType));
                break;
            case SectionMark section:
                _parts.Add(new SectionPart(section.Name));
                break;
            case LostRoleMark when _parts.Count == 0:
                _isLost = true;
                break;
            case LostRoleMark lost:
                Add(new(lost.Text, []));
                break;
        }
    }

    private void Text(TextSpan span)
    {
        if (!span.IsEmpty && !_isLost)
            Add(new(_text.Substring(span.Start, span.Length), ValuesIn(span)));
    }

    // What stands around a mark that stays a text is one text with it.
    private void Add(TextPart text)
    {
        if (_parts is [.., TextPart before])
            _parts[^1] = new TextPart(
                before.Text + text.Text,
                [.. before.Values, .. text.Values.Select(v => v with { Span = v.Span.Shift(before.Text.Length) })]
            );
        else
            _parts.Add(text);
    }

    private ImmutableArray<WrittenValue> ValuesIn(TextSpan span)
    {
        while (_nextValue < _values.Length && _values[_nextValue].Span.End <= span.Start)
            _nextValue++;
        var found = ImmutableArray.CreateBuilder<WrittenValue>();
        for (int i = _nextValue; i < _values.Length && _values[i].Span.Start < span.End; i++)
        {
            // A value that holds a mark ends at it and goes on behind it.
            var inside = TextSpan.FromBounds(Math.Max(span.Start, _values[i].Span.Start), Math.Min(span.End, _values[i].Span.End));
            if (!inside.IsEmpty)
                found.Add(new(inside.Shift(-span.Start), _values[i].Origin));
        }
        return found.ToImmutable();
    }

    // White space alone is no message; beside other parts it is no part.
    private void EndMessage()
    {
        bool isAlone = _parts.All(p => p is TextPart);
        bool isBlank = isAlone && _parts.All(IsBlank);
        if (!isBlank)
            _messages.Add(new(_role, isAlone ? _parts.ToImmutable() : [.. _parts.Where(p => !IsBlank(p))]));
        _parts.Clear();
    }

    private static bool IsBlank(MessagePart part) => part is TextPart text && string.IsNullOrWhiteSpace(text.Text);

    // A prompt that does not say where the conversation goes has it before its last question.
    private void InsertHistory()
    {
        int at = _messages.Count > 0 && string.Equals(_messages[^1].Role, "user", StringComparison.Ordinal) ? _messages.Count - 1 : _messages.Count;
        _messages.InsertRange(at, _history);
        _historyIndex = at;
    }
}

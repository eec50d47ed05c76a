using System.Collections.Immutable;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Syntax.Yaml;

/// <summary>
/// Reads on behind a slip at which the parser gives up: what is broken is left out, its value first and its whole line then, and the rest
/// is read again, at the same offsets.
/// </summary>
internal static class YamlRecovery
{
    // Each slip takes another reading: of what is that large, few.
    private const int MostSlips = 8, Large = 100_000;

    /// <param name="broken">What was read up to the first slip, and what was said of it.</param>
    public static YamlTree Read(SourceText text, TextSpan part, YamlTree broken)
    {
        char[] content = text.Content.ToCharArray();
        var unread = ImmutableArray.CreateBuilder<TextSpan>();
        YamlTree rest = broken;
        int most = part.Length < Large ? MostSlips : 1;
        for (int slip = 0; slip < most && rest.BrokenAt is { } at && BrokenLine(text, part, content, at) is { } line; slip++)
        {
            unread.Add(LeaveOut(text, part, content, line));
            rest = new YamlReader(new SourceText(new string(content)), part).Read();
        }
        if (unread.Count == 0)
            return broken;
        return new(Together(broken.Root, rest.Root, unread[0].End), broken.Problems) { Unread = unread.ToImmutable() };
    }

    // A line in which there is still something to leave out: that of the slip, else the next one.
    private static int? BrokenLine(SourceText text, TextSpan part, char[] content, int at)
    {
        for (int line = text.LineAt(Math.Min(at, Math.Max(part.Start, part.End - 1))); line < text.LineCount && text.LineStart(line) < part.End; line++)
        {
            if (Within(text, part, line) is { IsEmpty: false } span && !content.AsSpan(span.Start, span.Length).IsWhiteSpace())
                return line;
        }
        return null;
    }

    // With what is indented under it, which cannot stand there without it.
    private static TextSpan LeaveOut(SourceText text, TextSpan part, char[] content, int line)
    {
        TextSpan first = Within(text, part, line);
        ReadOnlySpan<char> written = content.AsSpan(first.Start, first.Length);
        int indent = Indent(written), start = ValueStart(written) is { } value ? first.Start + value : first.Start, end = first.End;
        for (int below = line + 1; below < text.LineCount && text.LineStart(below) < part.End; below++)
        {
            TextSpan span = Within(text, part, below);
            ReadOnlySpan<char> next = content.AsSpan(span.Start, span.Length);
            if (!next.IsWhiteSpace() && Indent(next) <= indent)
                break;
            end = span.End;
        }
        for (int at = start; at < end; at++)
        {
            if (content[at] is not ('\r' or '\n'))
                content[at] = ' ';
        }
        return TextSpan.FromBounds(start, end);
    }

    private static TextSpan Within(SourceText text, TextSpan part, int line)
    {
        TextSpan span = text.LineSpan(line);
        int start = Math.Max(span.Start, part.Start);
        return TextSpan.FromBounds(start, Math.Max(start, Math.Min(span.End, part.End)));
    }

    private static int Indent(ReadOnlySpan<char> line) => line.IndexOfAnyExcept(' ', '\t') is >= 0 and int indent ? indent : line.Length;

    // Behind `key: `, where a value stands there; null where the whole line must go.
    private static int? ValueStart(ReadOnlySpan<char> line)
    {
        int indent = Indent(line);
        if (line[..indent].Contains('\t') || line[indent..].IndexOfAny("\"'[{") == 0)
            return null;
        int colon = line.IndexOf(": ");
        return colon < 0 || line[(colon + 1)..].IsWhiteSpace() ? null : colon + 1;
    }

    // What was read of the broken entry itself is kept: somebody is typing there.
    private static YamlNode? Together(YamlNode? broken, YamlNode? rest, int end)
    {
        switch (broken, rest)
        {
            case (YamlMapping before, YamlMapping after):
                var entries = new SortedDictionary<int, YamlEntry>();
                foreach (YamlEntry entry in after.Entries)
                    entries[entry.Key.Span.Start] = entry;
                foreach (YamlEntry entry in before.Entries.Where(e => e.Key.Span.Start < end))
                {
                    YamlNode? other = entries.GetValueOrDefault(entry.Key.Span.Start)?.Value;
                    entries[entry.Key.Span.Start] = entry with { Value = Together(entry.Value, other, end) ?? entry.Value };
                }
                return new YamlMapping(
                    Around(Math.Min(before.Span.Start, after.Span.Start), after.Span.End, entries.Values.Select(e => e.Span)),
                    [.. entries.Values]
                );
            case (YamlSequence before, YamlSequence after):
                var items = new SortedDictionary<int, YamlNode>();
                foreach (YamlNode item in after.Items)
                    items[item.Span.Start] = item;
                foreach (YamlNode item in before.Items.Where(i => i.Span.Start < end))
                    items[item.Span.Start] = Together(item, items.GetValueOrDefault(item.Span.Start), end) ?? item;
                return new YamlSequence(
                    Around(Math.Min(before.Span.Start, after.Span.Start), after.Span.End, items.Values.Select(i => i.Span)),
                    [.. items.Values]
                );
            case (_, null or YamlScalar { IsPlain: true, Value: "" }):
                return broken is null ? rest : Until(broken, end);
            default:
                return rest;
        }
    }

    // What was taken in by a bracket that is never closed is no part of it.
    private static YamlNode Until(YamlNode node, int end)
    {
        if (node.Span.End <= end || node.Span.Start >= end)
            return node;
        switch (node)
        {
            case YamlMapping map:
                YamlEntry[] entries = [.. map.Entries.Where(e => e.Key.Span.Start < end).Select(e => e with { Value = Until(e.Value, end) })];
                return new YamlMapping(Around(map.Span.Start, end, entries.Select(e => e.Span)), [.. entries]);
            case YamlSequence list:
                YamlNode[] items = [.. list.Items.Where(i => i.Span.Start < end).Select(i => Until(i, end))];
                return new YamlSequence(Around(list.Span.Start, end, items.Select(i => i.Span)), [.. items]);
            default:
                return node;
        }
    }

    private static TextSpan Around(int start, int end, IEnumerable<TextSpan> inside)
    {
        foreach (TextSpan span in inside)
            (start, end) = (Math.Min(start, span.Start), Math.Max(end, span.End));
        return TextSpan.FromBounds(start, end);
    }
}

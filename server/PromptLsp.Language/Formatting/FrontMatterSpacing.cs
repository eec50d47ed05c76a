using System.Collections.Immutable;
using PromptLsp.Language.Syntax;
using PromptLsp.Language.Syntax.Yaml;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Formatting;

/// <summary>
/// Front matter with one blank behind a key's colon, no blanks at the ends of lines, and no two empty lines together. Lines of a value that
/// goes over several, and lines with a comment, are left alone.
/// </summary>
internal sealed class FrontMatterSpacing
{
    private readonly SourceText _text;
    private readonly FrontMatter _matter;
    private readonly List<TextEdit> _edits = [];

    // Lines whose blanks may mean something.
    private readonly HashSet<int> _kept = [];

    private FrontMatterSpacing(SourceText text, FrontMatter matter)
    {
        _text = text;
        _matter = matter;
    }

    public static ImmutableArray<TextEdit> Edits(SourceText text, FrontMatter matter)
    {
        if (matter is not { OpenFence: not null, CloseFence: not null, Problems.IsEmpty: true, Yaml.IsValid: true })
            return [];
        var spacing = new FrontMatterSpacing(text, matter);
        spacing.Keep(matter.Yaml.Root);
        spacing.Keys(matter.Yaml.Root);
        spacing.Lines();
        spacing._edits.Sort(static (a, b) => a.Span.Start.CompareTo(b.Span.Start));
        return spacing.SaysTheSame() ? [.. spacing._edits] : [];
    }

    private int FirstLine => _text.LineAt(_matter.OpenFence!.Value.Start);

    private int LastLine => _text.LineAt(_matter.CloseFence!.Value.Start);

    private void Keep(YamlNode? node)
    {
        switch (node)
        {
            case YamlScalar scalar when _text.LineAt(scalar.Span.Start) is var first && (_text.LineAt(scalar.Span.End) > first || IsBlock(scalar)):
                int last = _text.LineAt(scalar.Span.End);
                // The empty lines behind a block can belong to it.
                while (last + 1 < LastLine && IsEmpty(last + 1))
                    last++;
                for (int line = first; line <= last; line++)
                    _kept.Add(line);
                break;
            case YamlMapping mapping:
                foreach (YamlEntry entry in mapping.Entries)
                {
                    Keep(entry.Key);
                    Keep(entry.Value);
                }
                break;
            case YamlSequence sequence:
                foreach (YamlNode item in sequence.Items)
                    Keep(item);
                break;
        }
    }

    private bool IsBlock(YamlScalar scalar) => scalar.Span.Length > 0 && _text.Content[scalar.Span.Start] is '|' or '>';

    private void Keys(YamlNode? node)
    {
        switch (node)
        {
            case YamlMapping mapping:
                foreach (YamlEntry entry in mapping.Entries)
                {
                    Key(entry);
                    Keys(entry.Value);
                }
                break;
            case YamlSequence sequence:
                foreach (YamlNode item in sequence.Items)
                    Keys(item);
                break;
        }
    }

    // Whatever else stands between the two, such as an anchor, stays with all its blanks.
    private void Key(YamlEntry entry)
    {
        if (entry.Key.Span.IsEmpty || entry.Value.Span.IsEmpty || entry.Value.Span.Start <= entry.Key.Span.End)
            return;
        var gap = TextSpan.FromBounds(entry.Key.Span.End, entry.Value.Span.Start);
        ReadOnlySpan<char> between = _text.Slice(gap);
        if (between.Trim(Blanks) is ":" && between[^1] is ' ' or '\t' && between is not ": ")
            _edits.Add(new(gap, ": "));
    }

    private void Lines()
    {
        bool wasEmpty = true;
        for (int line = FirstLine; line <= LastLine; line++)
        {
            if (line > FirstLine && line < LastLine && !_kept.Contains(line) && IsEmpty(line))
            {
                // The empty line that stays is the last of several, but none stays at an end.
                if (wasEmpty || IsEmptyOrEnd(line + 1))
                    _edits.Add(new(_text.LineSpanWithEnd(line), ""));
                else
                    Trim(line);
                continue;
            }
            wasEmpty = line == FirstLine;
            Trim(line);
        }
        TextSpan end = _text.LineSpanWithEnd(LastLine);
        if (end.End == _text.Length && _text.LineSpan(LastLine).End == end.End)
            _edits.Add(TextEdit.Insert(end.End, _text.NewLine));
    }

    private bool IsEmptyOrEnd(int line) => line == LastLine || (!_kept.Contains(line) && IsEmpty(line));

    private bool IsEmpty(int line) => _text.Slice(_text.LineSpan(line)).Trim(Blanks).IsEmpty;

    private void Trim(int line)
    {
        TextSpan span = _text.LineSpan(line);
        ReadOnlySpan<char> content = _text.Slice(span);
        int length = content.TrimEnd(Blanks).Length;
        if (length < content.Length && !_kept.Contains(line) && !content.Contains('#'))
            _edits.Add(new(TextSpan.FromBounds(span.Start + length, span.End), ""));
    }

    private const string Blanks = " \t";

    // The last word on whether an edit may be made has the reader.
    private bool SaysTheSame()
    {
        if (_edits.Count == 0)
            return true;
        SourceText after = _text.With(_edits);
        var matter = FrontMatter.Parse(after);
        return matter.CloseFence is not null && matter.Problems.IsEmpty && AreSame(_matter.Yaml.Root, matter.Yaml.Root)
            && _text.Content.AsSpan(_matter.Span.End).SequenceEqual(after.Content.AsSpan(matter.Span.End));
    }

    // An alias is held against an alias, not what they stand for, which may be huge.
    private static bool AreSame(YamlNode? one, YamlNode? other) =>
        (one, other) switch
        {
            (null, null) => true,
            (YamlScalar a, YamlScalar b) => a.IsPlain == b.IsPlain && string.Equals(a.Value, b.Value, StringComparison.Ordinal),
            (YamlAlias a, YamlAlias b) => string.Equals(a.Name, b.Name, StringComparison.Ordinal),
            (YamlSequence a, YamlSequence b) => a.Items.Length == b.Items.Length && a.Items.Zip(b.Items).All(p => AreSame(p.First, p.Second)),
            (YamlMapping a, YamlMapping b) => a.Entries.Length == b.Entries.Length
                && a.Entries.Zip(b.Entries).All(p => AreSame(p.First.Key, p.Second.Key) && AreSame(p.First.Value, p.Second.Value)),
            _ => false,
        };
}

using System.Collections.Immutable;
using PromptLsp.Language.Text;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace PromptLsp.Language.Syntax.Yaml;

/// <summary>Builds a tree of YAML from the parser's events, with a stack of its own: what is open when the parser gives up is closed and kept.</summary>
internal sealed class YamlReader
{
    // A file of one mistake repeated would otherwise answer with megabytes.
    private const int MaxProblems = 100;

    private readonly SourceText _text;
    private readonly TextSpan _part;
    private readonly Stack<Open> _open = new();
    private readonly Dictionary<string, Built> _anchors = new(StringComparer.Ordinal);
    private readonly ImmutableArray<Problem>.Builder _problems = ImmutableArray.CreateBuilder<Problem>();
    private YamlNode? _root;
    private long _unfolded;

    public YamlReader(SourceText text, TextSpan part)
    {
        _text = text;
        _part = part.Length > 0 && text.Content[part.Start] == '\uFEFF' ? TextSpan.FromBounds(part.Start + 1, part.End) : part;
    }

    public YamlTree Read()
    {
        string yaml = WithoutNulls(_text[_part]);
        var parser = new Parser(new StringReader(yaml));
        int reached = _part.Start;
        int? broken = null;
        try
        {
            bool goesOn = true;
            while (goesOn && parser.MoveNext())
            {
                reached = Math.Max(reached, Offset(parser.Current!.End));
                goesOn = Take(parser.Current);
            }
        }
        catch (YamlException failure)
        {
            broken = Complain(failure.Message, Offset(failure.Start), reached);
        }
        catch (Exception failure)
            when (failure is InvalidOperationException or ArgumentException or IndexOutOfRangeException or FormatException or OverflowException)
        {
            // The parser's own slips on broken text, which it knows no place for.
            broken = Complain("", reached, reached);
        }
        while (_open.Count > 0)
            Close(_open.Pop(), null);
        return new(_root, _problems.ToImmutable()) { BrokenAt = broken };
    }

    private int Complain(string message, int at, int reached)
    {
        Problem problem = YamlComplaint.About(_text, _part, Brackets(), message, at, reached);
        Report(problem);
        return problem.Span.Start;
    }

    // The parser takes U+0000 for the end of the text.
    private string WithoutNulls(string yaml)
    {
        int at = yaml.IndexOf('\0');
        if (at < 0)
            return yaml;
        Report(new(new(_part.Start + at, 1), "the character U+0000 cannot stand in YAML; remove it"));
        return yaml.Replace('\0', '\uFFFD');
    }

    private bool Take(ParsingEvent parsed)
    {
        switch (parsed)
        {
            case Scalar scalar:
                Add(new(ScalarNode(scalar), 1, 0), scalar.Anchor);
                return true;
            case AnchorAlias alias:
                Add(AliasNode(alias), AnchorName.Empty);
                return true;
            case MappingStart start:
                return Push(new(true, AfterProperties(start), start.Style == MappingStyle.Flow, start.Anchor));
            case SequenceStart start:
                return Push(new(false, AfterProperties(start), start.Style == SequenceStyle.Flow, start.Anchor));
            case MappingEnd or SequenceEnd:
                Close(_open.Pop(), Offset(parsed.Start));
                return true;
            case DocumentStart when _root is not null:
                Report(
                    new(LineAt(Offset(parsed.Start)), "a second YAML document starts here; only the first one is read; remove the `---` or `...` before it")
                );
                return false;
            default:
                return true;
        }
    }

    private bool Push(Open open)
    {
        if (_open.Count >= YamlTree.MaxDepth)
        {
            Report(new(new(open.Start, Math.Min(1, _part.End - open.Start)), $"values nest more than {YamlTree.MaxDepth} deep here; flatten them"));
            return false;
        }
        // The only pair of "[a: b]" is a mapping in flow style without brackets, and its mark is wrong.
        if (open.IsBracketed && (_text.Content[open.Start] is not ('[' or '{') || (_open.TryPeek(out Open? parent) && open.Start <= parent.Start)))
            open.IsBracketed = false;
        _open.Push(open);
        return true;
    }

    private YamlScalar ScalarNode(Scalar scalar)
    {
        bool isPlain = scalar.Style == ScalarStyle.Plain && scalar.Tag.IsEmpty;
        if (scalar is { Style: ScalarStyle.Plain, Value: "" })
            return new(new(Offset(scalar.End), 0), "", isPlain);
        int start = AfterProperties(scalar), end = Math.Max(start, Offset(scalar.End));
        if (scalar.Style is not (ScalarStyle.SingleQuoted or ScalarStyle.DoubleQuoted))
            end = TrimEnd(start, end);
        return new(TextSpan.FromBounds(start, end), scalar.Value, isPlain);
    }

    private Built AliasNode(AnchorAlias alias)
    {
        TextSpan span = TextSpan.FromBounds(Offset(alias.Start), Offset(alias.End));
        string name = alias.Value.Value;
        if (!_anchors.TryGetValue(name, out Built? target))
        {
            Report(new(span, _open.Any(o => o.Anchor == alias.Value)
                ? $"`*{name}` stands inside the very value it names"
                : $"`*{name}` names nothing: no `&{name}` stands before it; text that begins with `*` needs quotes"));
            return new(new YamlAlias(span, name, null), 1, 0);
        }
        if (_unfolded + target.Size > YamlTree.MaxUnfolded || _open.Count + target.Height > YamlTree.MaxDepth)
        {
            Report(new(span, $"`*{name}` unfolds into more than can be read ({YamlTree.MaxUnfolded} values, {YamlTree.MaxDepth} deep); it is left out"));
            return new(new YamlAlias(span, name, null), 1, 0);
        }
        _unfolded += target.Size;
        return new(new YamlAlias(span, name, target.Node), target.Size, target.Height);
    }

    private void Add(Built built, AnchorName anchor)
    {
        if (!anchor.IsEmpty)
            _anchors[anchor.Value] = built;
        if (!_open.TryPeek(out Open? parent))
        {
            _root ??= built.Node;
            return;
        }
        parent.Size += built.Size;
        parent.Height = Math.Max(parent.Height, built.Height);
        if (!parent.IsMapping)
            parent.AddItem(built.Node);
        else if (parent.Key is null)
            parent.Key = AsKey(built.Node);
        else
            parent.AddEntry(IsUnwritten(built.Node) ? ValueNotWritten(parent.Key) : built.Node);
    }

    private void Close(Open open, int? endMark)
    {
        if (open.Key is not null)
            open.AddEntry(ValueNotWritten(open.Key));
        TextSpan inner = open.Inner;
        int end = open.IsBracketed && endMark is { } mark && mark < _part.End && _text.Content[mark] is ']' or '}' ? mark + 1 : inner.End;
        int start = open.IsBracketed ? Math.Min(open.Start, inner.Start) : inner.Start;
        TextSpan span = TextSpan.FromBounds(start, Math.Max(start, end));
        if (open.IsMapping)
            ReportTwins(open.Entries);
        Add(
            new(
                open.IsMapping ? new YamlMapping(span, open.Entries.ToImmutable()) : new YamlSequence(span, open.Items.ToImmutable()),
                open.Size,
                open.Height + 1
            ),
            open.Anchor
        );
    }

    private void ReportTwins(ImmutableArray<YamlEntry>.Builder entries)
    {
        if (entries.Count < 2)
            return;
        var first = new Dictionary<string, YamlScalar>(entries.Count, StringComparer.Ordinal);
        foreach (YamlEntry entry in entries)
        {
            if (!first.TryAdd(entry.Key.Value, entry.Key))
                Report(new(entry.Key.Span, $"`{entry.Key.Value}` stands twice, first on line {_text.LineAt(first[entry.Key.Value].Span.Start) + 1}; keep one"));
        }
    }

    // A key that is no scalar is named by its own characters.
    private YamlScalar AsKey(YamlNode node) => node switch
    {
        YamlScalar scalar => scalar,
        YamlAlias { Target: YamlScalar target } => new(node.Span, target.Value, target.IsPlain),
        _ => new(node.Span, _text[node.Span], false),
    };

    private static bool IsUnwritten(YamlNode node) => node is YamlScalar { IsPlain: true, Value: "", Span.IsEmpty: true };

    // It stands right behind its colon, wherever the parser puts it.
    private YamlScalar ValueNotWritten(YamlScalar key)
    {
        int at = key.Span.End;
        while (at < _part.End && _text.Content[at] is ' ' or '\t')
            at++;
        return new(new(at < _part.End && _text.Content[at] == ':' ? at + 1 : key.Span.End, 0), "", true);
    }

    // A node's mark is that of its anchor or tag, if it has one; what follows may stand behind blanks, line ends and comments.
    private int AfterProperties(NodeEvent node)
    {
        int at = Offset(node.Start);
        if (node.Anchor.IsEmpty && node.Tag.IsEmpty)
            return at;
        string content = _text.Content;
        while (at < _part.End && content[at] is '&' or '!')
        {
            while (at < _part.End && !char.IsWhiteSpace(content[at]))
                at++;
            while (at < _part.End && (char.IsWhiteSpace(content[at]) || content[at] == '#'))
                at = content[at] == '#' ? Math.Min(_part.End, _text.LineSpan(_text.LineAt(at)).End) : at + 1;
        }
        return Math.Min(at, Math.Max(_part.Start, _part.End - 1));
    }

    private IEnumerable<int> Brackets() => _open.Where(o => o.IsBracketed).Select(o => o.Start);

    private int TrimEnd(int start, int end)
    {
        while (end > start && _text.Content[end - 1] is ' ' or '\t' or '\r' or '\n')
            end--;
        return end;
    }

    private TextSpan LineAt(int offset) => TextSpan.FromBounds(offset, Math.Max(offset, Math.Min(_part.End, _text.LineSpan(_text.LineAt(offset)).End)));

    private int Offset(Mark mark) => Math.Clamp(_part.Start + (int)mark.Index, _part.Start, _part.End);

    private void Report(Problem problem)
    {
        if (_problems.Count < MaxProblems)
            _problems.Add(problem);
    }

    /// <param name="Size">How many values it is with its aliases unfolded.</param>
    /// <param name="Height">How deep it nests with its aliases unfolded.</param>
    private sealed record Built(YamlNode Node, long Size, int Height);

    /// <summary>A mapping or sequence that is being read.</summary>
    private sealed class Open(bool isMapping, int start, bool isBracketed, AnchorName anchor)
    {
        private int _first = int.MaxValue;
        private int _last;

        public bool IsMapping { get; } = isMapping;

        public int Start { get; } = start;

        public bool IsBracketed { get; set; } = isBracketed;

        public AnchorName Anchor { get; } = anchor;

        public ImmutableArray<YamlEntry>.Builder Entries { get; } = ImmutableArray.CreateBuilder<YamlEntry>();

        public ImmutableArray<YamlNode>.Builder Items { get; } = ImmutableArray.CreateBuilder<YamlNode>();

        /// <summary>A key whose value has not come yet.</summary>
        public YamlScalar? Key { get; set; }

        public long Size { get; set; } = 1;

        public int Height { get; set; }

        /// <summary>From the first to the last character inside; a list in block style begins at its first dash.</summary>
        public TextSpan Inner => _first > _last ? new(Start, 0) : TextSpan.FromBounds(_first, _last);

        public void AddItem(YamlNode item)
        {
            Items.Add(item);
            _first = Math.Min(Start, _first);
            Reach(item.Span);
        }

        public void AddEntry(YamlNode value)
        {
            Entries.Add(new(Key!, value));
            Reach(Key!.Span);
            Reach(value.Span);
            Key = null;
        }

        // For a value that is not written, the parser's marks can lie before those of values that came earlier.
        private void Reach(TextSpan span)
        {
            _first = Math.Min(_first, span.Start);
            _last = Math.Max(_last, span.End);
        }
    }
}

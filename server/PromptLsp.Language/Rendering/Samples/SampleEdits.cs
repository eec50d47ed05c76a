using PromptLsp.Language.Semantics;
using PromptLsp.Language.Syntax;
using PromptLsp.Language.Syntax.Yaml;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Rendering.Samples;

/// <summary>
/// Writes values as a sample into a prompt's front matter: what stays the same stays as it is written, with its comments and its order.
/// </summary>
public sealed class SampleEdits
{
    private readonly SourceText _text;
    private readonly List<TextEdit> _edits = [];

    private SampleEdits(SourceText text) => _text = text;

    /// <returns>The edits; null where the front matter cannot be edited so that it reads back as meant, and everything else as before.</returns>
    public static IReadOnlyList<TextEdit>? Save(PromptModel prompt, string name, IReadOnlyDictionary<string, object?> values)
    {
        if (string.IsNullOrWhiteSpace(name) || prompt.Document.OtherFormat is not null)
            return null;
        var edits = new SampleEdits(prompt.Document.Text);
        edits.Write(prompt, name, values);
        return edits.ReadBack(prompt, name, values) ? edits._edits : null;
    }

    /// <summary>The values of a choice that belong into a sample: those that are its own, and those without which it would be none.</summary>
    public static IReadOnlyDictionary<string, object?> ValuesOf(PromptModel prompt, SampleChoice choice) =>
        choice
            .Inputs.Values.Where(v =>
                choice.Sample?.Values.ContainsKey(v.Key) == true
                || choice.Changed.Contains(v.Key)
                || prompt.Header.Inputs.Find(v.Key) is not { IsOptional: true }
            )
            .OrderBy(v => prompt.Header.Inputs.Fields.IndexOf(prompt.Header.Inputs.Find(v.Key)!) is >= 0 and var place ? place : int.MaxValue)
            .ToDictionary(StringComparer.Ordinal);

    private string NewLine => _text.NewLine;

    private void Write(PromptModel prompt, string name, IReadOnlyDictionary<string, object?> values)
    {
        FrontMatter front = prompt.Document.FrontMatter;
        string entry = $"samples:{NewLine}  {Sample(name, values, "  ")}{NewLine}";
        if (!front.Exists)
            _edits.Add(TextEdit.Insert(prompt.Document.Body.Span.Start, $"---{NewLine}{entry}---{NewLine}"));
        else if (front.Keys?.Find("samples") is not { } samples)
            AddKey(front, name, values, entry);
        else if (samples.Value is YamlMapping { Entries.IsEmpty: false } all)
            AddTo(all, name, values);
        else
            // Nothing yet, or nothing that can be kept.
            _edits.Add(new(TextSpan.FromBounds(samples.Key.Span.Start, LineEnd(samples.Span)), entry.TrimEnd('\r', '\n')));
    }

    private void AddKey(FrontMatter front, string name, IReadOnlyDictionary<string, object?> values, string entry)
    {
        if (front.Keys is { Entries: [.., var last] } keys && IsFlow(keys))
            _edits.Add(TextEdit.Insert(last.Span.End, $", samples: {{ {ValueYaml.Flow(name)}: {ValueYaml.Flow(values)} }}"));
        else if (front.CloseFence is { } close)
            _edits.Add(TextEdit.Insert(close.Start, entry));
    }

    private void AddTo(YamlMapping samples, string name, IReadOnlyDictionary<string, object?> values)
    {
        if (samples.Find(name) is not { } old)
            Add(samples, name, values, isSample: true);
        else if (old.Value is YamlMapping { Entries.IsEmpty: false } written)
            Change(written, values);
        else
            Replace(old, values, Indent(old));
    }

    private void Change(YamlMapping written, IReadOnlyDictionary<string, object?> values)
    {
        foreach (YamlEntry entry in written.Entries)
        {
            if (!values.TryGetValue(entry.Key.Value, out object? value))
                Remove(written, entry);
            else if (Same(PromptValue.Of(entry.Value), value))
                continue;
            else if (entry.Value is YamlMapping { Entries.IsEmpty: false } inner && value is IReadOnlyDictionary<string, object?> { Count: > 0 } members)
                Change(inner, members);
            else
                Replace(entry, value, IsFlow(written) ? null : Indent(entry));
        }
        foreach ((string name, object? value) in values)
        {
            if (written.Find(name) is null)
                Add(written, name, value, isSample: false);
        }
    }

    /// <param name="indent">Of the key; null inside of braces.</param>
    private void Replace(YamlEntry entry, object? value, string? indent)
    {
        string text = indent is null ? ValueYaml.Flow(value) : ValueYaml.Block(value, indent, NewLine);
        if (entry.Value.Span.IsEmpty)
        {
            int colon = _text.Content.IndexOf(':', entry.Key.Span.End);
            _edits.Add(TextEdit.Insert(colon + 1, " " + text));
            return;
        }
        // A text of several lines ends before its line end; a block of keys begins below its key.
        int end = TrimmedEnd(entry.Value.Span),
            start = entry.Value.Span.Start;
        bool isBelow = _text.LineAt(start) != _text.LineAt(entry.Key.Span.Start);
        _edits.Add(
            isBelow ? new(TextSpan.FromBounds(_text.Content.IndexOf(':', entry.Key.Span.End) + 1, end), " " + text) : new(TextSpan.FromBounds(start, end), text)
        );
    }

    private void Add(YamlMapping mapping, string name, object? value, bool isSample)
    {
        YamlEntry last = mapping.Entries[^1];
        if (IsFlow(mapping))
        {
            _edits.Add(TextEdit.Insert(last.Span.End, $", {ValueYaml.Flow(name)}: {ValueYaml.Flow(value)}"));
            return;
        }
        string indent = Indent(last);
        string entry = isSample && value is IReadOnlyDictionary<string, object?> values && !(mapping.Entries.All(e => IsFlow(e.Value)))
            ? Sample(name, values, indent)
            : $"{ValueYaml.Flow(name)}: {ValueYaml.Block(value, indent, NewLine)}";
        _edits.Add(TextEdit.Insert(LineEnd(last.Span), NewLine + indent + entry));
    }

    private void Remove(YamlMapping mapping, YamlEntry entry)
    {
        if (!IsFlow(mapping))
        {
            _edits.Add(
                new(
                    TextSpan.FromBounds(_text.LineStart(_text.LineAt(entry.Key.Span.Start)), _text.LineSpanWithEnd(_text.LineAt(TrimmedEnd(entry.Span))).End),
                    ""
                )
            );
            return;
        }
        int index = mapping.Entries.IndexOf(entry);
        _edits.Add(
            new(
                index > 0 ? TextSpan.FromBounds(mapping.Entries[index - 1].Span.End, entry.Span.End)
                    : mapping.Entries.Length > 1 ? TextSpan.FromBounds(entry.Span.Start, mapping.Entries[1].Span.Start)
                    : entry.Span,
                ""
            )
        );
    }

    // A sample in lines of its own, without its first indent.
    private string Sample(string name, IReadOnlyDictionary<string, object?> values, string indent) =>
        values.Count == 0
            ? $"{ValueYaml.Flow(name)}: {{}}"
            : $"{ValueYaml.Flow(name)}:{string.Concat(values.Select(v => Line(v.Key, v.Value, indent + "  ")))}";

    private string Line(string name, object? value, string indent) => $"{NewLine}{indent}{ValueYaml.Flow(name)}: {ValueYaml.Block(value, indent, NewLine)}";

    private bool ReadBack(PromptModel prompt, string name, IReadOnlyDictionary<string, object?> values)
    {
        SourceText edited = _text.With(_edits);
        PromptDocument document = PromptDocument.Parse(edited, prompt.Document.Dialect);
        if (!document.FrontMatter.Yaml.IsValid || document.FrontMatter.Keys is not { } keys || edited[document.Body.Span] != _text[prompt.Document.Body.Span])
            return false;
        IReadOnlyDictionary<string, object?> before = prompt.Document.FrontMatter.Keys is { } old ? PromptValue.Of(old) : PromptValue.EmptyObject,
            after = PromptValue.Of(keys);
        return after.GetValueOrDefault("samples") is IReadOnlyDictionary<string, object?> samples
            && Same(samples.GetValueOrDefault(name), values)
            && Same(
                Without(samples, name),
                Without(before.GetValueOrDefault("samples") as IReadOnlyDictionary<string, object?> ?? PromptValue.EmptyObject, name)
            )
            && Same(Without(after, "samples"), Without(before, "samples"));
    }

    private static Dictionary<string, object?> Without(IReadOnlyDictionary<string, object?> values, string name) =>
        values.Where(v => v.Key != name).ToDictionary(StringComparer.Ordinal);

    private static bool Same(object? a, object? b) =>
        (a, b) switch
        {
            (IReadOnlyDictionary<string, object?> one, IReadOnlyDictionary<string, object?> other) => one.Count == other.Count
                && one.All(e => other.TryGetValue(e.Key, out object? value) && Same(e.Value, value)),
            (IReadOnlyList<object?> one, IReadOnlyList<object?> other) => one.Count == other.Count && one.Zip(other).All(p => Same(p.First, p.Second)),
            _ => Equals(a, b),
        };

    private bool IsFlow(YamlNode node) => node.Span.Start < _text.Length && _text.Content[node.Span.Start] is '{' or '[';

    private string Indent(YamlEntry entry) => new(' ', entry.Key.Span.Start - _text.LineStart(_text.LineAt(entry.Key.Span.Start)));

    // A comment on the line stays where it is.
    private int LineEnd(TextSpan span) => _text.LineSpan(_text.LineAt(TrimmedEnd(span))).End;

    private int TrimmedEnd(TextSpan span)
    {
        int end = span.End;
        while (end > span.Start && char.IsWhiteSpace(_text.Content[end - 1]))
            end--;
        return end;
    }
}

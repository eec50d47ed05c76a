using System.Collections.Immutable;
using PromptLsp.Language.Syntax.Yaml;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Syntax;

/// <summary>The YAML between the fences at the top of a prompt, if there is any.</summary>
public sealed class FrontMatter
{
    /// <summary>From the opening fence through the closing fence's line end; empty where there is no front matter.</summary>
    public required TextSpan Span { get; init; }

    /// <summary>The YAML between the fences.</summary>
    public required TextSpan Content { get; init; }

    public TextSpan? OpenFence { get; init; }

    public TextSpan? CloseFence { get; init; }

    public required YamlTree Yaml { get; init; }

    /// <summary>What is wrong with the front matter as text: broken YAML, duplicate keys, a missing closing fence.</summary>
    public required ImmutableArray<Problem> Problems { get; init; }

    public bool Exists => OpenFence is not null;

    /// <summary>The top-level keys; null where there are none or the YAML is no mapping.</summary>
    public YamlMapping? Keys => Yaml.Root as YamlMapping;

    /// <summary>True where a text that is the same up to an offset has this very front matter.</summary>
    internal bool EndsWithin(SourceText text, int same) => CloseFence is not null && Span.End <= same && text.Content[Span.End - 1] == '\n';

    /// <summary>Splits a prompt's text. The body is what follows <see cref="Span"/>. Never throws.</summary>
    public static FrontMatter Parse(SourceText text)
    {
        int open = OpeningLine(text);
        if (open < 0)
            return None(text);
        for (int line = open + 1; line < text.LineCount; line++)
        {
            if (IsFence(text, line))
                return Closed(text, open, line);
        }
        return ReadsAsKey(text, open + 1) ? NeverClosed(text, open) : None(text);
    }

    // A byte order mark belongs to no body.
    private static FrontMatter None(SourceText text)
    {
        var nothing = new TextSpan(text.Content.StartsWith('\uFEFF') ? 1 : 0, 0);
        return new() { Span = nothing, Content = nothing, Yaml = YamlTree.Empty, Problems = NeverBegun(text) };
    }

    // Keys of ours from the first line on, and then a fence: only the one above them is missing.
    private static ImmutableArray<Problem> NeverBegun(SourceText text)
    {
        TextSpan first = Fence(text, 0);
        int colon = text.Slice(first).IndexOf(':');
        if (colon < 0 || !IsOurs(text.Slice(first)[..colon]))
            return [];
        for (int line = 1; line < text.LineCount; line++)
        {
            if (!IsFence(text, line))
                continue;
            YamlTree yaml = YamlTree.Parse(text, TextSpan.FromBounds(first.Start, text.LineStart(line)));
            return !yaml.IsValid || yaml.Root is not YamlMapping ? [] :
            [
                new(first, "this front matter never begins, so that all of it goes to the model; put a line `---` above it")
                {
                    IsAccepted = true, Repair = new("Add `---`", TextEdit.Insert(first.Start, "---" + text.NewLine)),
                },
            ];
        }
        return [];
    }

    private static FrontMatter Closed(SourceText text, int open, int close)
    {
        TextSpan content = TextSpan.FromBounds(text.LineSpanWithEnd(open).End, text.LineStart(close));
        YamlTree yaml = YamlTree.Parse(text, content);
        return new()
        {
            Span = TextSpan.FromBounds(Fence(text, open).Start, text.LineSpanWithEnd(close).End),
            Content = content,
            OpenFence = Fence(text, open),
            CloseFence = Fence(text, close),
            Yaml = yaml,
            Problems = yaml.IsValid ? [.. NotKeys(text, yaml), .. yaml.Root is { } root ? MissingBlanks(text, root) : []] : yaml.Problems,
        };
    }

    private static FrontMatter NeverClosed(SourceText text, int open)
    {
        TextSpan content = TextSpan.FromBounds(text.LineSpanWithEnd(open).End, text.Length);
        return new()
        {
            Span = TextSpan.FromBounds(Fence(text, open).Start, text.Length),
            Content = content,
            OpenFence = Fence(text, open),
            Yaml = YamlTree.Parse(text, content),
            Problems = [new(Fence(text, open), "this front matter is never closed; put a line `---` behind its last key")],
        };
    }

    private static ImmutableArray<Problem> NotKeys(SourceText text, YamlTree yaml)
    {
        if (yaml.Root is null or YamlMapping or YamlScalar { Value: "" })
            return [];
        TextSpan firstLine = text.LineSpan(text.LineAt(yaml.Root.Span.Start));
        return [new(TextSpan.FromBounds(yaml.Root.Span.Start, Math.Min(firstLine.End, yaml.Root.Span.End)),
            yaml.Root is YamlScalar { IsPlain: true } word && !word.Value.Contains(' ', StringComparison.Ordinal)
                ? $"`{word.Value}` needs a `:` behind it; front matter is made of `key: value` lines"
                : "front matter is made of `key: value` lines, and this is none; text between `---` lines is not sent to the model")];
    }

    // `{ temperature:0.2 }` is one key without a value.
    private static IEnumerable<Problem> MissingBlanks(SourceText text, YamlNode node)
    {
        switch (node)
        {
            case YamlSequence list:
                foreach (Problem inner in list.Items.SelectMany(i => MissingBlanks(text, i)))
                    yield return inner;
                break;
            case YamlMapping map:
                foreach (YamlEntry entry in map.Entries)
                {
                    if (
                        entry is { Key: { IsPlain: true } key, Value: YamlScalar { IsPlain: true, Value: "" } }
                        && key.Value.IndexOf(':', StringComparison.Ordinal) is > 0 and int colon
                        && IsWord(key.Value.AsSpan(0, colon))
                        && text.Content.AsSpan(key.Span.End).TrimStart() is [',' or '}', ..]
                        && text.Slice(key.Span).SequenceEqual(key.Value)
                    )
                        yield return new(key.Span, $"a blank is missing behind `:`; write `{key.Value[..colon]}: {key.Value[(colon + 1)..]}`")
                        {
                            IsAccepted = true,
                            Repair = new("Add the blank", TextEdit.Insert(key.Span.Start + colon + 1, " ")),
                        };
                    foreach (Problem inner in MissingBlanks(text, entry.Value))
                        yield return inner;
                }
                break;
        }
    }

    // The first line that is neither blank nor a comment, if it is a fence.
    private static int OpeningLine(SourceText text)
    {
        for (int line = 0; line < text.LineCount; line++)
        {
            ReadOnlySpan<char> content = Trimmed(text, line);
            if (content.IsEmpty || content[0] == '#')
                continue;
            return IsFence(text, line) ? line : -1;
        }
        return -1;
    }

    private static bool IsFence(SourceText text, int line) => Fence(text, line) is { Length: 3 } fence && text.Slice(fence) is "---";

    // The line without the blanks behind it, and without a byte order mark before it.
    private static TextSpan Fence(SourceText text, int line)
    {
        TextSpan span = text.LineSpan(line);
        int start = span.Start == 0 && text.Content.StartsWith('\uFEFF') ? 1 : span.Start, end = span.End;
        while (end > start && text.Content[end - 1] is ' ' or '\t')
            end--;
        return TextSpan.FromBounds(start, end);
    }

    private static ReadOnlySpan<char> Trimmed(SourceText text, int line) => text.Slice(Fence(text, line)).TrimStart(" \t");

    // Right behind the fence any key tells; behind a blank line, where prose may stand as well, only a key of ours.
    private static bool ReadsAsKey(SourceText text, int line)
    {
        bool afterBlank = false;
        for (; line < text.LineCount; line++)
        {
            ReadOnlySpan<char> content = text.Slice(Fence(text, line));
            if (content.IsWhiteSpace())
            {
                afterBlank = true;
                continue;
            }
            if (content[0] == '#')
                continue;
            int colon = content.IndexOf(':');
            if (colon <= 0 || (colon + 1 < content.Length && content[colon + 1] is not (' ' or '\t')))
                return false;
            ReadOnlySpan<char> key = content[..colon].TrimEnd();
            return afterBlank ? IsOurs(key) : IsWord(key);
        }
        return false;
    }

    private static bool IsOurs(ReadOnlySpan<char> key) => key is "name" or "model" or "config" or "input" or "output" or "description";

    private static bool IsWord(ReadOnlySpan<char> key)
    {
        foreach (char c in key)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('_' or '-' or '.'))
                return false;
        }
        return !key.IsEmpty;
    }
}

using System.Collections.Immutable;
using PromptLsp.Language.Syntax;
using PromptLsp.Language.Syntax.Yaml;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Completion.Yaml;

/// <summary>
/// Where a cursor stands in YAML that is being typed. The text up to the cursor is read alone, with a mark where the next character would
/// stand: what follows cannot disturb it, and the mark is found at the end of the last branch.
/// </summary>
/// <param name="Path">The keys from the root; null for an item of a list. In a value the last is the value's own key.</param>
/// <param name="Map">The map in which a key stands, as far as it is written before the cursor; null in a value.</param>
/// <param name="Typed">What is typed of the word so far, without quotes.</param>
/// <param name="Replace">The whole word around the cursor, without quotes.</param>
internal sealed record YamlCursor(ImmutableArray<string?> Path, YamlMapping? Map, string Typed, TextSpan Replace, YamlNode Root)
{
    private const char Mark = '\uE000';

    // A prefix that long is nobody's front matter, and each attempt reads it again.
    private const int LongestPrefix = 256 * 1024;

    private const int MostBrokenLines = 8;

    public bool IsKey => Map is not null;

    /// <summary>The value stands on a line below its key, where a map could begin as well.</summary>
    public bool IsBelowKey { get; init; }

    /// <summary>The cursor stands right behind a colon, where YAML wants a blank first.</summary>
    public bool NeedsBlank { get; init; }

    /// <summary>Inside brackets, where each entry is followed by a comma instead of a new line.</summary>
    public bool IsInBrackets { get; init; }

    /// <summary>A colon follows the word already, or the parentheses of its type.</summary>
    public bool HasColon { get; init; }

    /// <summary>The parenthesis in which the cursor stands is closed behind it.</summary>
    public bool IsParenthesised { get; init; }

    /// <summary>The quote that the word is in; null where it is plain.</summary>
    public char? Quote { get; init; }

    /// <summary>The quote is closed behind the cursor, on its line.</summary>
    public bool HasEndQuote { get; init; }

    /// <summary>A word as it is written at the cursor: with the quotes that it needs, or that are missing behind it.</summary>
    public string Written(string word) =>
        Quote switch
        {
            null when YamlScalars.IsWord(word) => word,
            '\'' => word.Replace("'", "''", StringComparison.Ordinal) + (HasEndQuote ? "" : "'"),
            var quote => (quote is null ? "\"" : "")
                + word.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)
                + (HasEndQuote ? "" : "\""),
        };

    /// <summary>A key, with its colon where there is none yet.</summary>
    public string WrittenKey(string key) => Written(key) + (HasColon || HasEndQuote ? "" : ": ");

    public static YamlCursor? At(SourceText text, int contentStart, int offset)
    {
        if (offset - contentStart is < 0 or > LongestPrefix || text.Content.Contains(Mark, StringComparison.Ordinal))
            return null;
        string prefix = text.Content[..offset];
        for (int attempt = 0; attempt < MostBrokenLines; attempt++)
        {
            int? broken = null;
            foreach (string ending in Endings)
            {
                var marked = new SourceText(prefix + Mark + ending);
                YamlTree tree = YamlTree.Parse(marked, TextSpan.FromBounds(contentStart, marked.Length));
                if (tree.Root is { } root && Find(marked, root) is { } found)
                    return text.LineAt(Math.Min(found.Replace.Start, offset)) == text.LineAt(offset) ? found.Around(text, offset) : null;
                broken ??= tree.Problems.Select(p => (int?)p.Span.Start).FirstOrDefault();
            }
            // A line above may be broken too: read on as if it were not there.
            if (broken is not { } at || WithoutLine(prefix, contentStart, at) is not { } without)
                return null;
            prefix = without;
        }
        return null;
    }

    // A value or an item; a key; a value before a bracket; words in quotes of either kind, in the same places.
    private static readonly string[] Endings = ["", ":", "}", "\"", "'", "\":", "':", "\"}", "'}"];

    private static YamlCursor? Find(SourceText text, YamlNode root)
    {
        var path = ImmutableArray.CreateBuilder<string?>();
        YamlNode node = root;
        YamlEntry? entry = null;
        bool isInBrackets = false;
        while (true)
        {
            isInBrackets |= node is not YamlScalar && node.Span.Length > 0 && text.Content[node.Span.Start] is '{' or '[';
            switch (node)
            {
                case YamlMapping { Entries: [.., var last] } map:
                    if (last.Key.Value.Contains(Mark))
                        return Cut(last.Key) is { } typed
                            ? new(path.ToImmutable(), map, typed, Inside(text, last.Key), root) { IsInBrackets = isInBrackets, Quote = QuoteOf(text, last.Key) }
                            : null;
                    path.Add(last.Key.Value);
                    entry = last;
                    node = last.Value;
                    break;
                case YamlSequence { Items: [.., var item] }:
                    path.Add(null);
                    entry = null;
                    node = item;
                    break;
                case YamlScalar scalar when scalar.Value.Contains(Mark):
                    if (Cut(scalar) is not { } value || text.LineAt(scalar.Span.Start) != text.LineAt(Math.Max(scalar.Span.Start, scalar.Span.End - 1)))
                        return null;
                    // The first word of front matter is a key that has no colon yet.
                    return path.Count == 0
                        ? new([], new YamlMapping(scalar.Span, []), value, Inside(text, scalar), root) { Quote = QuoteOf(text, scalar) }
                        : new(path.ToImmutable(), null, value, Inside(text, scalar), root)
                        {
                            IsBelowKey = entry is null ? !isInBrackets : text.LineAt(entry.Key.Span.Start) != text.LineAt(scalar.Span.Start),
                            IsInBrackets = isInBrackets,
                            Quote = QuoteOf(text, scalar),
                        };
                default:
                    return null;
            }
        }
    }

    private static string? Cut(YamlScalar scalar)
    {
        int at = scalar.Value.IndexOf(Mark, StringComparison.Ordinal);
        return scalar.Value.Contains('\n', StringComparison.Ordinal) ? null : scalar.Value[..at];
    }

    private static char? QuoteOf(SourceText text, YamlScalar scalar) =>
        scalar.Span.Length > 0 && text.Content[scalar.Span.Start] is ('"' or '\'') and var quote ? quote : null;

    private static TextSpan Inside(SourceText text, YamlScalar scalar) => new(scalar.Span.Start + (QuoteOf(text, scalar) is null ? 0 : 1), 0);

    // The word goes on behind the cursor, to the end of its token.
    private YamlCursor Around(SourceText text, int offset)
    {
        string content = text.Content;
        int end = offset;
        while (
            end < text.Length
            && !char.IsWhiteSpace(content[end])
            && content[end] is not (',' or ']' or '}' or '[' or '{' or '(' or ')' or '#' or '"' or '\'')
            && !(content[end] == ':' && (end + 1 == text.Length || char.IsWhiteSpace(content[end + 1])))
        )
            end++;
        int next = end;
        while (next < text.Length && content[next] is ' ' or '\t' or '"' or '\'')
            next++;
        // `model:` with nothing behind it reads as one word to YAML.
        if ((IsKey || IsBelowKey) && Typed.EndsWith(':') && offset > 0 && content[offset - 1] == ':')
        {
            string key = Typed[..^1];
            return this with { Path = Path.Add(key), Map = null, Typed = "", Replace = new(offset, 0), NeedsBlank = true, IsBelowKey = false };
        }
        // Between \r and \n the line has ended already.
        ReadOnlySpan<char> rest = content.AsSpan(offset, Math.Max(0, text.LineSpan(text.LineAt(offset)).End - offset));
        return this with
        {
            Replace = TextSpan.FromBounds(Math.Min(Replace.Start, offset), end),
            HasColon = next < text.Length && content[next] is ':' or '(',
            IsParenthesised = rest.IndexOfAny('(', ')') is >= 0 and var parenthesis && rest[parenthesis] == ')',
            HasEndQuote = Quote is { } quote && rest.Contains(quote),
        };
    }

    private static string? WithoutLine(string prefix, int contentStart, int at)
    {
        int start = at == 0 ? 0 : prefix.LastIndexOfAny(['\n', '\r'], Math.Min(at, prefix.Length) - 1) + 1;
        int end = prefix.IndexOfAny(['\n', '\r'], Math.Min(at, prefix.Length));
        if (end < 0 || start < contentStart)
            return null;
        return string.Concat(prefix.AsSpan(0, start), new string(' ', end - start), prefix.AsSpan(end));
    }
}

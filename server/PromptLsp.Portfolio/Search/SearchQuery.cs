using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using PromptLsp.Language.Text;

namespace PromptLsp.Portfolio.Search;

/// <summary>What somebody looks for: words that a prompt must have, and filters that it must pass.</summary>
/// <param name="Text">As it was typed.</param>
public sealed record SearchQuery(string Text, ImmutableArray<SearchWord> Words, ImmutableArray<Filter> Filters)
{
    private const int MostParts = 32;

    /// <summary>The words by which filters are written, as they are offered.</summary>
    public static ImmutableArray<string> FilterNames { get; } = [.. Enum.GetNames<FilterKind>().Select(n => n.ToLowerInvariant())];

    /// <summary>What lies longer ago than this is wanted; null where age does not matter.</summary>
    public TimeSpan? Stale => Filters.Where(f => f.Kind == FilterKind.Stale).Select(f => (TimeSpan?)Age(f.Value)).FirstOrDefault();

    /// <summary>Reads <c>refund "full price" owner:@acme/support stale:90d</c>. All else that is typed is text, whatever letters are in it.</summary>
    /// <exception cref="SearchException">A filter that there is not, or one whose value cannot be understood.</exception>
    public static SearchQuery Parse(string text)
    {
        var words = ImmutableArray.CreateBuilder<SearchWord>();
        var filters = ImmutableArray.CreateBuilder<Filter>();
        foreach ((string part, bool isQuoted) in Parts(text).Take(MostParts))
        {
            if (!isQuoted && FilterOf(part) is { } filter)
                filters.Add(filter);
            else if (part.EnumerateRunes().Any(Rune.IsLetterOrDigit))
                words.Add(new(part, isQuoted));
        }
        if (words.Count == 0 && filters.Count == 0)
            throw new SearchException($"there is nothing to look for; give words, or one of {Names}");
        return new(text, words.ToImmutable(), filters.ToImmutable());
    }

    /// <summary>The words as FTS5 reads them: each in quotes, so that nothing in it steers the search.</summary>
    internal string? Expression => Words.IsEmpty ? null : string.Join(' ', Words.Select(Quoted));

    // One letter is a word of its own: what begins with it is everything.
    private static string Quoted(SearchWord word) =>
        $"\"{word.Text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"{(word.IsPhrase || word.Text.Length == 1 ? "" : "*")}";

    private static string Names => string.Join(", ", FilterNames.Select(n => $"`{n}:`"));

    // A quote opens a phrase at a word's beginning, and the value of a filter behind its colon.
    private static IEnumerable<(string Part, bool IsQuoted)> Parts(string text)
    {
        for (int at = 0; at < text.Length;)
        {
            if (char.IsWhiteSpace(text[at]))
            {
                at++;
                continue;
            }
            if (text[at] == '"')
            {
                int close = text.IndexOf('"', at + 1) is >= 0 and int found ? found : text.Length;
                yield return (text[(at + 1)..close], true);
                at = close + 1;
                continue;
            }
            int end = at;
            bool isOpen = false;
            for (; end < text.Length && (isOpen || !char.IsWhiteSpace(text[end])); end++)
            {
                if (text[end] == '"' && (isOpen || text[end - 1] == ':'))
                    isOpen = !isOpen;
            }
            yield return (text[at..end], false);
            at = end;
        }
    }

    private static Filter? FilterOf(string part)
    {
        int colon = part.IndexOf(':', StringComparison.Ordinal);
        if (colon <= 0 || colon == part.Length - 1 || !part.AsSpan(0, colon).ContainsOnlyLetters() || part.AsSpan(colon + 1).StartsWith("//"))
            return null;
        string name = part[..colon], value = part[(colon + 1)..].Trim('"');
        if (!FilterNames.Contains(name, StringComparer.Ordinal))
        {
            string meant = Spelling.Nearest(name, FilterNames) is { } near ? $"did you mean `{near}:`? " : "";
            throw new SearchException($"there is no filter `{name}:`; {meant}There are {Names}. As text it is written in quotes: \"{part}\"");
        }
        var kind = Enum.Parse<FilterKind>(name, ignoreCase: true);
        if (kind == FilterKind.Stale)
            _ = Age(value);
        return new(kind, value);
    }

    private static TimeSpan Age(string value)
    {
        int days = value.Length < 2 ? 0 : char.ToLowerInvariant(value[^1]) switch { 'd' => 1, 'w' => 7, 'm' => 30, 'y' => 365, _ => 0 };
        return days > 0 && int.TryParse(value.AsSpan(0, value.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out int count)
            && count is > 0 and < 10_000
            ? TimeSpan.FromDays(days * count)
            : throw new SearchException($"`stale:{value}` names no age; write days, weeks, months or years: `stale:90d`, `stale:12w`, `stale:6m`, `stale:1y`");
    }
}

/// <param name="IsPhrase">It was quoted: whole words, in this order. Else words that begin with it will do.</param>
public readonly record struct SearchWord(string Text, bool IsPhrase);

/// <summary>What filters ask of a prompt.</summary>
public enum FilterKind
{
    /// <summary>Who answers for it; with or without the <c>@</c>.</summary>
    Owner,

    /// <summary>A tag of its front matter.</summary>
    Tag,

    /// <summary>Its model, with or without the provider.</summary>
    Model,

    /// <summary>A partial that it includes, by its name or path.</summary>
    Uses,

    /// <summary>An input that it declares.</summary>
    Input,

    /// <summary>A part of its name or path.</summary>
    Name,

    /// <summary>A rule that finds something in it.</summary>
    Finding,

    /// <summary>Not changed for so long.</summary>
    Stale,

    /// <summary>An environment that holds a release of it.</summary>
    Env,
}

public readonly record struct Filter(FilterKind Kind, string Value)
{
    /// <summary>The index does not know: it is asked of each prompt that fits in all else.</summary>
    public bool IsAsked => Kind is FilterKind.Finding or FilterKind.Env;
}

/// <summary>Nothing can be looked for. The message is one line: what is wrong, what to do.</summary>
public sealed class SearchException(string message) : Exception(message);

file static class Letters
{
    public static bool ContainsOnlyLetters(this ReadOnlySpan<char> text) => !text.ContainsAnyExceptInRange('a', 'z');
}

using System.Collections.Immutable;
using PromptLsp.Language.Syntax;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Catalog.Dialects.Handlebars;

/// <summary>
/// Spaces the code of Handlebars bodies: nothing behind the braces and marks, one blank between words, none around <c>=</c> and inside parentheses.
/// </summary>
internal static class HandlebarsSpacing
{
    public static ImmutableArray<TextEdit> Edits(PromptDocument document, ImmutableArray<Problem> problems)
    {
        var edits = ImmutableArray.CreateBuilder<TextEdit>();
        foreach (TextSpan island in document.Body.Islands)
        {
            if (!problems.Any(p => island.Touches(p.Span.Start)) && Code(document.Text, island) is { } code)
                Space(document.Text.Content, code, edits);
        }
        return edits.ToImmutable();
    }

    /// <summary>True where the islands hold the same tokens in the same order, and the same text stands between them.</summary>
    public static bool SpellsTheSame(PromptDocument one, PromptDocument other) => Spelt(one).SequenceEqual(Spelt(other), StringComparer.Ordinal);

    private static IEnumerable<string> Spelt(PromptDocument document)
    {
        int at = document.Body.Span.Start;
        foreach (TextSpan island in document.Body.Islands)
        {
            // A tag within raw text is a part of it.
            if (island.Start < at)
                continue;
            yield return document.Text[TextSpan.FromBounds(at, island.Start)];
            at = island.End;
            if (Code(document.Text, island) is not { } code)
            {
                yield return document.Text[island];
                continue;
            }
            yield return document.Text[TextSpan.FromBounds(island.Start, code.Start)];
            foreach (TextSpan token in Tokens(document.Text.Content, code))
                yield return document.Text[token];
            yield return document.Text[TextSpan.FromBounds(code.End, island.End)];
        }
        yield return document.Text[TextSpan.FromBounds(at, document.Text.Length)];
    }

    // What stands between the braces and what trims; null for a comment, and for what opens or closes raw text.
    private static TextSpan? Code(SourceText text, TextSpan island)
    {
        ReadOnlySpan<char> written = text.Slice(island);
        int open = written.StartsWith("{{{") ? 3 : 2, close = open;
        if (written.StartsWith("{{{{") || written.Length < open + close)
            return null;
        if (written[open] == '~')
            open++;
        if (written[^(close + 1)] == '~' && written.Length > open + close)
            close++;
        return written[open] == '!' || written.Length < open + close ? null : TextSpan.FromBounds(island.Start + open, island.End - close);
    }

    private static void Space(string content, TextSpan code, ImmutableArray<TextEdit>.Builder edits)
    {
        int behind = code.Start, bars = 0;
        TextSpan? before = null;
        foreach (TextSpan token in Tokens(content, code))
        {
            if (Between(content, code, before, token, bars) is { } due)
                Put(TextSpan.FromBounds(behind, token.Start), due);
            if (content[token.Start] == '|')
                bars++;
            behind = token.End;
            before = token;
        }
        Put(TextSpan.FromBounds(behind, code.End), "");

        void Put(TextSpan gap, string due)
        {
            ReadOnlySpan<char> blanks = content.AsSpan(gap.Start, gap.Length);
            // Who breaks lines has a reason.
            if (!blanks.SequenceEqual(due) && !blanks.ContainsAny('\n', '\r'))
                edits.Add(new(gap, due));
        }
    }

    // What is due between two tokens; null where they are one.
    private static string? Between(string content, TextSpan code, TextSpan? before, TextSpan token, int bars)
    {
        if (before is not { } last)
            return "";
        char left = content[last.End - 1], right = content[token.Start];
        bool isApart = last.End < token.Start;
        // The mark that a tag begins with; a partial's stands apart.
        if (last.Start == code.Start || (IsMark(content[code.Start]) && last.Start == code.Start + 1 && IsMark(left)))
        {
            if (left == '>' && last.Length == 1)
                return IsMark(content[code.Start]) && last.Start > code.Start ? isApart ? " " : null : " ";
            if (IsMark(left) && last.Length == 1)
                return "";
        }
        if (left is '(' or '=' || right is ')' or '=')
            return "";
        if (left == '|' && last.Length == 1 && bars == 1)
            return "";
        if (right == '|' && bars == 1)
            return "";
        return isApart ? " " : null;
    }

    private static bool IsBlank(char c) => c is ' ' or '\t' or '\r' or '\n';

    private static bool IsMark(char c) => c is '#' or '/' or '^' or '&' or '>' or '*';

    // Texts in quotes and names in brackets are whole.
    private static IEnumerable<TextSpan> Tokens(string content, TextSpan code)
    {
        for (int at = code.Start; at < code.End;)
        {
            if (IsBlank(content[at]))
            {
                at++;
                continue;
            }
            int end = EndOf(content, at, code);
            yield return TextSpan.FromBounds(at, end);
            at = end;
        }
    }

    private static int EndOf(string content, int at, TextSpan code)
    {
        char first = content[at];
        if (first is '"' or '\'' or '[')
        {
            char last = first == '[' ? ']' : first;
            for (int end = at + 1; end < code.End; end++)
            {
                if (content[end] == '\\')
                    end++;
                else if (content[end] == last)
                    return end + 1;
            }
            return code.End;
        }
        if (first is '(' or ')' or '=' or '|' || (at <= code.Start + 1 && IsMark(first)))
            return at + 1;
        int word = at + 1;
        while (word < code.End && !IsBlank(content[word]) && content[word] is not ('"' or '\'' or '[' or '(' or ')' or '=' or '|'))
            word++;
        return word;
    }
}

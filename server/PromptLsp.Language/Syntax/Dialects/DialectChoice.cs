using PromptLsp.Language.Syntax.Yaml;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Syntax.Dialects;

/// <summary>Which dialect a body is in: what the file says, else what its workspace says, else what the body shows.</summary>
/// <param name="OtherFormat">The format of another tool that the file is plainly in; null for a prompt of ours.</param>
internal sealed record DialectChoice(Dialect Dialect, string? OtherFormat = null)
{
    // Where the body alone was asked and shows Scriban: the offset behind which a block is open; else null.
    private int? FirstBlock { get; init; }

    /// <param name="before">The choice before an edit, for a body that began at the same offset.</param>
    /// <param name="difference">What is another text now.</param>
    public static DialectChoice Of(
        SourceText text,
        FrontMatter frontMatter,
        TextSpan body,
        Dialect? fallback,
        DialectChoice? before = null,
        Difference difference = default
    )
    {
        if (frontMatter.Keys?.Find("template")?.Value is YamlScalar said && KnownDialects.Find(said.Value) is { } named)
            return new(named);
        ReadOnlySpan<char> content = text.Slice(body);
        // The marks of another language each stand on one line, and the lines that the edit did not touch had none before.
        Range touched =
            before?.FirstBlock is null || difference.Start < body.Start
                ? Range.All
                : LinesAround(content, difference.Start - body.Start, difference.EndNow - body.Start);
        if ((OtherFormats.RecogniseKeys(frontMatter.Keys) ?? OtherFormats.Recognise(content, touched, frontMatter.Exists)) is { } other)
            return new(new Dialect(other, new OpaqueGrammar()), other);
        if (fallback is not null)
            return new(fallback);
        // A member that the file itself declares is no mark.
        bool hasLength = frontMatter.Exists && text.Slice(frontMatter.Span).Contains(Length, StringComparison.Ordinal);
        return Shown(content, touched, before?.FirstBlock ?? int.MaxValue, !hasLength);
    }

    private static Range LinesAround(ReadOnlySpan<char> text, int start, int end)
    {
        (start, end) = (Math.Clamp(start, 0, text.Length), Math.Clamp(end, 0, text.Length));
        int left = text[end..].IndexOf('\n');
        return (text[..start].LastIndexOf('\n') + 1)..(left < 0 ? text.Length : end + left + 1);
    }

    private const string Length = "length";

    private static DialectChoice Shown(ReadOnlySpan<char> body, Range touched, int firstBlock, bool lengthIsMark)
    {
        // Whether a line stands in `{%{ … }%}` tells only what is before it.
        bool hasEscapes = body.Contains("{%", StringComparison.Ordinal);
        uint unclosed = 0;
        bool isScriban = false;
        (int from, int length) = (hasEscapes ? Range.All : touched).GetOffsetAndLength(body.Length);
        if (firstBlock >= from)
            firstBlock = int.MaxValue;
        for (int at = from; at < body.Length; at++)
        {
            int open = body[at..].IndexOf("{{");
            // Behind the first block nothing counted before the edit, and nothing counts now.
            if (open < 0 || (at + open >= from + length && firstBlock < at))
                break;
            if (hasEscapes && EscapedTo(body, at, at + open, ref unclosed) is { } behind)
            {
                at = behind - 1;
                continue;
            }
            at += open + 2;
            ReadOnlySpan<char> code = IslandAt(body, at);
            bool isMark = IsHandlebars(code, at > firstBlock);
            if (!isScriban && (isMark || (lengthIsMark && IsLengthOfPath(code))))
            {
                if (!EndsScribanBlock(body) && (isMark || !HasScribanCode(body)))
                    return new(KnownDialects.Handlebars);
                isScriban = true;
            }
            if (firstBlock > at && OpensScribanBlock(code))
                firstBlock = at;
        }
        // A tag in the prose of a prompt that plainly is Scriban is prose.
        if (firstBlock == int.MaxValue && HasLiquidTag(body) && !StartsMessage(body))
            return new(KnownDialects.Liquid);
        // With marks of both, the whole body tells, after every edit.
        return new(KnownDialects.Scriban) { FirstBlock = isScriban ? null : firstBlock };
    }

    // The end of a literal part `{%{ … }%}` that begins before the braces at `open`, or with them; null where there is none.
    private static int? EscapedTo(ReadOnlySpan<char> body, int from, int open, ref uint unclosed)
    {
        while (body[from..(open + 1)].IndexOf("{%") is >= 0 and int found)
        {
            from += found + 1;
            int percents = body[from..].IndexOfAnyExcept('%');
            if (percents is < 0 or > 31 || body[from + percents] != '{' || (unclosed & (1u << percents)) != 0)
                continue;
            int inside = from + percents + 1, close = body[inside..].IndexOf($"}}{body.Slice(from, percents)}}}", StringComparison.Ordinal);
            if (close >= 0)
                return inside + close + percents + 2;
            // Nor is it closed behind any later one.
            unclosed |= 1u << percents;
        }
        return null;
    }

    // To the closing braces, or to the next ones that open, or as far as the line goes: enough to tell.
    private static ReadOnlySpan<char> IslandAt(ReadOnlySpan<char> body, int start)
    {
        ReadOnlySpan<char> rest = body[start..];
        int end = 0;
        while (rest[end..].IndexOfAny('{', '}', '\n') is >= 0 and int found)
        {
            Searches.Characters += found + 1;
            end += found;
            if (rest[end] != '{' || (end > 0 && rest[end..].StartsWith("{{")))
                return rest[..end];
            end++;
        }
        Searches.Characters += rest.Length - end;
        return rest;
    }

    private static bool IsHandlebars(ReadOnlySpan<char> code, bool blockIsOpen)
    {
        if (code.StartsWith("{"))
            return true;
        if (code.StartsWith("~"))
            code = code[1..];
        if (code.Length >= 2 && code[0] is '#' or '/' or '^' or '@' && char.IsAsciiLetter(code[1]))
            return true;
        if (code.Length >= 2 && code[0] == '&' && (code[1] == ' ' || char.IsAsciiLetter(code[1])))
            return true;
        if (code.Length >= 1 && (code[0] == '>' || (code[0] == '!' && !(code.Length > 1 && char.IsAsciiLetter(code[1]) && !code.Contains(' ')))))
            return true;
        code = code.Trim(" \t~");
        if (code is "else" && !blockIsOpen)
            return true;
        if (
            code.StartsWith("json ")
            || code.StartsWith("ifEquals ")
            || code.StartsWith("unlessEquals ")
            || code.StartsWith("../")
            || code.StartsWith("lookup ")
        )
            return true;
        return HasSegmentLiteral(code) || HasHashArgument(code);
    }

    // {{items.[0]}}, {{user.[first name]}}: no Scriban member is written so.
    private static bool HasSegmentLiteral(ReadOnlySpan<char> code)
    {
        int dot = code.IndexOf(".[", StringComparison.Ordinal);
        return dot > 0 && code[..dot].IndexOfAny('"', '\'', '`') < 0 && (char.IsAsciiLetterOrDigit(code[dot - 1]) || code[dot - 1] is '_' or ']' or '.');
    }

    // {{xs.length}}, tight in its braces as Handlebars is written: with blanks, `{{ xs.length }}` is a slip in Scriban, where it is `size`.
    private static bool IsLengthOfPath(ReadOnlySpan<char> code)
    {
        code = code.Trim('~');
        return code.EndsWith("." + Length, StringComparison.Ordinal) && char.IsAsciiLetter(code[0]) && code.IndexOfAnyExcept(PathCharacters) < 0;
    }

    private static readonly System.Buffers.SearchValues<char> PathCharacters =
        System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.");

    // {{media url=photo}}: behind a first word, a name and its value with no blank around the "=".
    private static bool HasHashArgument(ReadOnlySpan<char> code)
    {
        if (code.IndexOfAny('"', '\'') is >= 0 and int quote && code.IndexOf('=') > quote)
            return false;
        int equals = code.IndexOf('=');
        if (equals < 2 || equals + 1 >= code.Length || code[equals + 1] is '=' or ' ' || !char.IsAsciiLetterOrDigit(code[equals - 1]))
            return false;
        int name = equals;
        while (name > 0 && (char.IsAsciiLetterOrDigit(code[name - 1]) || code[name - 1] == '_'))
            name--;
        return name > 1 && code[name - 1] == ' ' && char.IsAsciiLetterOrDigit(code[name - 2]);
    }

    private static bool OpensScribanBlock(ReadOnlySpan<char> code)
    {
        code = code.Trim(" \t~-");
        return code.StartsWith("if ") || code.StartsWith("for ") || code.StartsWith("case ");
    }

    // `{{ end }}` closes blocks of Scriban's; `{{/if}}` those of Handlebars, where `end` would be a name.
    private static bool EndsScribanBlock(ReadOnlySpan<char> body)
    {
        bool ends = false;
        for (int from = 0; body[from..].IndexOf("{{") is >= 0 and int found;)
        {
            from += found + 2;
            ReadOnlySpan<char> code = IslandAt(body, from).Trim(" \t~-");
            if (code is ['/', var letter, ..] && char.IsAsciiLetter(letter))
                return false;
            ends |= code is "end";
        }
        return ends;
    }

    // {{ if a }}, {{ a | string.upcase }}, {{ include "voice" }}
    private static bool HasScribanCode(ReadOnlySpan<char> body)
    {
        for (int from = 0; body[from..].IndexOf("{{") is >= 0 and int found;)
        {
            from += found + 2;
            ReadOnlySpan<char> code = IslandAt(body, from).Trim(" \t~-");
            if (OpensScribanBlock(code) || code.StartsWith("include ") || code.Contains(" | ", StringComparison.Ordinal))
                return true;
        }
        return false;
    }

    // {{ role "system" }}: Liquid has no calls.
    private static bool StartsMessage(ReadOnlySpan<char> body)
    {
        for (int from = 0; body[from..].IndexOf("{{") is >= 0 and int found; from += found + 2)
        {
            ReadOnlySpan<char> code = body[(from + found + 2)..].TrimStart(" \t~-");
            if (code.StartsWith("role \"") || code.StartsWith("role '"))
                return true;
        }
        return false;
    }

    private static bool HasLiquidTag(ReadOnlySpan<char> body)
    {
        if (!body.Contains("{%", StringComparison.Ordinal))
            return false;
        bool inFence = false;
        foreach (ReadOnlySpan<char> line in body.EnumerateLines())
        {
            if (line.TrimStart().StartsWith("```"))
                inFence = !inFence;
            if (!inFence && IsLiquidTag(line))
                return true;
        }
        return false;
    }

    private static bool IsLiquidTag(ReadOnlySpan<char> line)
    {
        int open = line.IndexOf("{%");
        if (open < 0 || open + 2 >= line.Length)
            return false;
        char next = line[open + 2];
        return (next is '-' or ' ' || char.IsAsciiLetter(next)) && line[open..].Contains("%}", StringComparison.Ordinal);
    }
}

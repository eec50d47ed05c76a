using PromptLsp.Language.Text;

namespace PromptLsp.Language.Syntax.Yaml;

/// <summary>
/// Says to a prompt's author what is wrong with a YAML text that its parser gave up on. The parser's own words and marks are those of
/// a grammar: the mistake itself often stands before them, so that each kind is looked for where it is made.
/// </summary>
internal static class YamlComplaint
{
    /// <param name="brackets">Where the brackets open that were not closed yet, the innermost first.</param>
    /// <param name="message">The parser's message; empty where it broke without one.</param>
    /// <param name="at">Where the parser says it is.</param>
    /// <param name="reached">How far reading had come.</param>
    public static Problem About(SourceText text, TextSpan part, IEnumerable<int> brackets, string message, int at, int reached)
    {
        var place = new Place(text, part, at);
        return message switch
        {
            _ when Says(message, "tab") => Tab(place, reached),
            _ when Says(message, "unknown escape") || Says(message, "hexdecimal") || Says(message, "Unicode") => Escape(place),
            _ when Says(message, "quoted scalar") => UnclosedQuote(place),
            _ when Says(message, "cannot start any token") => BadStart(place),
            _ when Says(message, "invalid mapping") => ColonInValue(place),
            _ when Says(message, "entries are not allowed") => new(
                place.Char,
                "a list cannot begin on the line of its key; put each `- item` on a line of its own"
            ),
            _ when Says(message, "block scalar") => new(
                place.RestOfLine,
                "nothing but a comment may follow `|` or `>` on its line; the text starts on the next one"
            ),
            _ when Says(message, "',' or") || message.Length == 0 => InBrackets(place, brackets),
            _ when Says(message, "node content") && place.At >= place.Part.End && brackets.Any() => InBrackets(place, brackets),
            _ when Says(message, "node content") => new(
                place.Char,
                $"a value should stand here, before `{place.CharText}`; text that begins with it needs quotes"
            ),
            _ when Says(message, "more than one") => new(place.Word, "only one anchor (`&`) or tag (`!`) may stand before a value; remove this one"),
            _ when Says(message, "'-' indicator") => new(place.RestOfLine, "a list item beginning with `- ` should stand here, like the ones above it"),
            _ when Says(message, "simple key") || Says(message, "expected key") => NoKey(place),
            _ => new(place.RestOfLine, "this cannot be read as YAML; `key: value` should stand here"),
        };
    }

    private static bool Says(string message, string part) => message.Contains(part, StringComparison.OrdinalIgnoreCase);

    private static Problem Tab(Place place, int reached)
    {
        for (int line = place.Text.LineAt(Math.Min(reached, place.At)); line < place.Text.LineCount && place.Text.LineStart(line) < place.Part.End; line++)
        {
            TextSpan span = place.Text.LineSpan(line);
            int at = span.Start;
            while (at < span.End && place[at] == ' ')
                at++;
            int end = at;
            while (end < span.End && place[end] is '\t' or ' ')
                end++;
            if (at < span.End && place[at] == '\t' && at >= place.Part.Start && end < span.End)
                return new(TextSpan.FromBounds(at, end), "a tab cannot indent YAML; use spaces")
                {
                    Repair = new(
                        "Change to spaces",
                        new TextEdit(TextSpan.FromBounds(at, end), place.Text[TextSpan.FromBounds(at, end)].Replace("\t", "  ", StringComparison.Ordinal))
                    ),
                };
        }
        return new(place.RestOfLine, "a tab cannot indent YAML; use spaces");
    }

    private static Problem Escape(Place place)
    {
        for (int at = place.At; at + 1 < place.Part.End; at++)
        {
            if (place[at] != '\\')
                continue;
            char next = place[at + 1];
            if (!"0abt\tnvfre \"\\/N_LP\r\n".Contains(next))
            {
                string escape = next is 'x' or 'u' or 'U' ? "`\\" + next + "` needs hexadecimal digits behind it" : $"`\\{next}` is no escape in double quotes";
                if (next is not ('x' or 'u' or 'U') || !HasDigits(place, at + 2, next == 'x' ? 2 : next == 'u' ? 4 : 8))
                    return new(new(at, 2), escape + $"; write `\\\\{next}`, or use single quotes");
            }
            at++;
        }
        return new(place.Word, "an escape in this quoted text cannot be read; use single quotes, or write `\\\\` for a backslash");
    }

    private static bool HasDigits(Place place, int start, int count)
    {
        for (int at = start; at < start + count; at++)
        {
            if (at >= place.Part.End || !char.IsAsciiHexDigit(place[at]))
                return false;
        }
        return true;
    }

    private static Problem UnclosedQuote(Place place) =>
        new(place.Char, $"this `{place.CharText}` is never closed; close it, and indent the lines of a text that goes on");

    private static Problem BadStart(Place place)
    {
        if (place.CharText is "\t")
            return new(place.Char, "a tab cannot indent YAML; use spaces");
        string what = place.CharText is "`" ? "a backtick" : $"`{place.CharText}`";
        return new(place.Char, $"a value cannot begin with {what}; put it in quotes") { Repair = QuoteRest(place, place.At) };
    }

    // The mark is at the colon. Either its line has a colon before it, or the text it continues had none.
    private static Problem ColonInValue(Place place)
    {
        int line = place.Text.LineAt(place.At);
        int lineStart = Math.Max(place.Text.LineStart(line), place.Part.Start);
        if (ValueStart(place, lineStart, place.At) is { } value)
            return new(new(place.At, 1), "a value with `: ` in it needs quotes around it") { Repair = QuoteRest(place, value) };
        int before = line - 1;
        while (before > 0 && place.Text.Slice(place.Text.LineSpan(before)).IsWhiteSpace())
            before--;
        if (before < 0 || place.Text.LineStart(before) < place.Part.Start)
            return new(new(place.At, 1), "a value with `: ` in it needs quotes around it");
        TextSpan above = Trimmed(place, place.Text.LineSpan(before));
        if (ValueStart(place, above.Start, above.End) is not null)
        {
            TextSpan key = TextSpan.FromBounds(SkipBlanks(place, lineStart, place.At), place.At);
            return new(key, $"`{Excerpt.Of(place.Text[key])}` is indented under a line that already has its value; move it left, or end the line above in `:`");
        }
        int glued = place.Text.Content.IndexOf(':', above.Start, above.Length);
        if (glued > above.Start && glued + 1 < above.End)
            return new(new(glued, 1), "a blank is missing behind this `:`") { Repair = new("Add a blank", TextEdit.Insert(glued + 1, " ")) };
        return NeedsColon(place, above);
    }

    private static Problem InBrackets(Place place, IEnumerable<int> brackets)
    {
        foreach (int bracket in brackets)
        {
            char close = place[bracket] == '[' ? ']' : '}';
            bool isClosed = place.Text.Content.AsSpan(place.At, place.Part.End - place.At).Contains(close);
            return isClosed && place.Text.LineAt(place.At) == place.Text.LineAt(bracket)
                ? new(place.Char, $"a `,` or `{close}` is missing before this")
                : new(new(bracket, 1), $"this `{place[bracket]}` is never closed; a `{close}` is missing");
        }
        return new(place.RestOfLine, "this cannot be read as YAML; `key: value` should stand here");
    }

    private static Problem NoKey(Place place)
    {
        TextSpan line = Trimmed(place, place.Text.LineSpan(place.Text.LineAt(place.At)));
        if (place.At > line.Start && place.At < line.End)
        {
            int last = place.At - 1;
            while (last > line.Start && place[last] is ' ' or '\t')
                last--;
            string what = place[last] switch
            {
                '"' or '\'' => $"text stands behind the closing `{place[last]}`; put the whole value in quotes"
                    + (place[last] == '\'' ? ", and write `''` for a `'` inside" : ", and write `\\\"` for a `\"` inside"),
                '}' or ']' => $"nothing but a comment may follow `{place[last]}`; to make it text, put the whole value in quotes",
                _ => "this stands where the next key should; is a quote or `:` missing before it?",
            };
            return new(place.RestOfLine, what);
        }
        if (line.Length > 1 && place[line.Start] == '-' && place[line.Start + 1] is ' ')
            return new(new(line.Start, 1), "a list item stands among keys; put it under a key of its own");
        int colon = ValueColon(place, line.Start, line.End);
        if (colon < 0)
            return NeedsColon(place, line);
        return new(
            TextSpan.FromBounds(line.Start, colon),
            $"`{Excerpt.Of(place.Text[TextSpan.FromBounds(line.Start, colon)])}` is indented like no key above it; line it up with its neighbours"
        );
    }

    // A word alone, or a word and its value; a longer line is nobody's key.
    private static Problem NeedsColon(Place place, TextSpan line)
    {
        string[] words = place.Text[line].Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        if (words.Length > 2 || words.Length == 0)
            return new(line, "this line has no `: `; `key: value` should stand here");
        var word = new TextSpan(line.Start, words[0].Length);
        return new(word, $"`{Excerpt.Of(words[0])}` needs a `:` behind it") { Repair = new("Add `:`", TextEdit.Insert(word.End, ":")) };
    }

    // Single quotes take everything as it is, but for themselves and a comment behind.
    private static Repair? QuoteRest(Place place, int start)
    {
        TextSpan value = Trimmed(place, TextSpan.FromBounds(start, place.RestOfLine.End));
        string text = place.Text[value];
        return text.Contains(" #", StringComparison.Ordinal) || text.Length == 0
            ? null
            : new("Put the value in quotes", new TextEdit(value, "'" + text.Replace("'", "''", StringComparison.Ordinal) + "'"));
    }

    // Behind the first ": " or "- " of the line.
    private static int? ValueStart(Place place, int start, int end)
    {
        int colon = ValueColon(place, start, end);
        return colon < 0 ? null : SkipBlanks(place, colon + 1, place.Part.End);
    }

    private static int ValueColon(Place place, int start, int end)
    {
        for (int at = start; at < end; at++)
        {
            if (place[at] == ':' && (at + 1 >= place.Part.End || place[at + 1] is ' ' or '\t' or '\r' or '\n'))
                return at;
        }
        return -1;
    }

    private static int SkipBlanks(Place place, int start, int end)
    {
        while (start < end && place[start] is ' ' or '\t')
            start++;
        return start;
    }

    private static TextSpan Trimmed(Place place, TextSpan span)
    {
        int start = Math.Max(span.Start, place.Part.Start), end = Math.Min(span.End, place.Part.End);
        start = SkipBlanks(place, start, end);
        while (end > start && place[end - 1] is ' ' or '\t')
            end--;
        return TextSpan.FromBounds(start, Math.Max(start, end));
    }

    private readonly record struct Place(SourceText Text, TextSpan Part, int At)
    {
        public char this[int offset] => Text.Content[offset];

        public string CharText =>
            At >= Part.End ? "the end"
            : char.IsHighSurrogate(this[At]) && At + 1 < Part.End ? Text.Content.Substring(At, 2)
            : this[At].ToString();

        public TextSpan Char => new(At, At >= Part.End ? 0 : char.IsHighSurrogate(this[At]) && At + 1 < Part.End ? 2 : 1);

        public TextSpan RestOfLine => TextSpan.FromBounds(At, Math.Clamp(Text.LineSpan(Text.LineAt(At)).End, At, Part.End));

        public TextSpan Word
        {
            get
            {
                int end = At;
                while (end < Part.End && Text.Content[end] is not (' ' or '\t' or '\r' or '\n'))
                    end++;
                return TextSpan.FromBounds(At, end);
            }
        }
    }
}

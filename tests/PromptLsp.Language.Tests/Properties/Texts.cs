using CsCheck;
using PromptLsp.Testing;

namespace PromptLsp.Language.Tests.Properties;

/// <summary>Texts to try properties on: real prompts, whole, cut short, with holes, and pieces of the languages thrown together.</summary>
internal static class Texts
{
    /// <summary>The repository's own examples, what follows, and other people's prompts where they are present.</summary>
    public static string[] Prompts { get; } =
    [
        .. Directory
            .EnumerateFiles(Path.Combine(Corpus.Root, "examples"), "*.prompt", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal)
            .Select(File.ReadAllText),
        .. Corpus.Prompts().Select(p => p.Text),
        .. Regressions.Texts,
        """
            ---
            input:
              schema:
                user(object): { name: string, tier(enum): [free, pro], tags?(array): string }
                ticket: string
              untrusted: [ticket]
              default: { user: { name: Ada, tier: pro } }
            samples:
              one: { ticket: "It's 5 o'clock 👩‍👩‍👧" }
            ---
            {{ role "system" }}
            {{- for tag in user.tags offset:1 limit:3 reversed ~}}
            {{ tag | string.upcase | string.truncate 10 }}{{ if !for.last }}, {{ end }}
            {{- else }}none{{ end }}
            {{ case user.tier }}{{ when "free", "pro" }}a{{ else }}b{{ end }}
            {{ total = (user.tags | array.size) + 1; total += 2 }}
            {{ func greet(name, how = "Hi") }}{{ how }} {{ name }}{{ end }}{{ greet user.name }}
            {{ capture text }}<b>{{ ticket }}</b>{{ end }}{{ text }}
            {{ with user }}{{ name }}{{ end }}
            {{ list = [1, 2.5, "three", { a: 1, "b": null }]; list[0] }}
            {{ $"{user.name} is {total > 3 ? "many" : 'few'}" }}
            {{ role "user" }}
            <ticket>{{ ticket ?? `none` }}</ticket>{{ # a comment }}{{ ## and
            another ## }}
            {%{ {{ this is text }} }%}
            {{ include "voice" tone: "warm" }}
            {{ while total < 10 }}{{ total = total + 1 }}{{ end }}
            """,
    ];

    private static readonly string[] Pieces =
    [
        "{{",
        "}}",
        "{{-",
        "-}}",
        "{{~",
        "~}}",
        "{%{",
        "}%}",
        "{%%{",
        "}%%}",
        "{%",
        "%}",
        "{{{",
        "}}}",
        "{",
        "}",
        "{{ ",
        " }}",
        "{{#",
        "{{/",
        "{{>",
        "if ",
        "if x",
        "else",
        "else if ",
        "end",
        "for x in xs",
        "for ",
        " in ",
        "while x",
        "case x",
        "when 1, 2",
        "with x",
        "capture x",
        "func f(a, b = 1)",
        "func ",
        "do",
        "ret ",
        "break",
        "wrap f",
        "import x",
        "readonly x",
        "tablerow i in xs",
        "this",
        "null",
        "true",
        "empty",
        "for.index",
        "limit:1",
        "role \"system\"",
        "role \"sytem\"",
        "role x",
        "history",
        "media url: u",
        "section \"a\"",
        "include \"voice\"",
        "include \"a\" b: c",
        "include x",
        "x",
        "y",
        "xs",
        "user",
        "user.name",
        "user.nmae",
        ".name",
        "string.upcase",
        "string.",
        "array.size xs",
        "date.now",
        "object.eval_template x",
        "math",
        "name",
        "x = 1",
        "x += y",
        "x++",
        "x = func(a)",
        "x[0]",
        "x[\"k\"]",
        "x?.y",
        "f(",
        "f(x, y)",
        "$1",
        "$",
        "@x",
        "$\"a{x}b\"",
        "$'",
        "(",
        ")",
        "[",
        "]",
        "1",
        "1.5e3",
        "0x1F",
        "1..3",
        "..",
        ".",
        ",",
        ";",
        ":",
        "|",
        "||",
        "&&",
        "??",
        "?",
        "?!",
        "==",
        "!=",
        "<=",
        "!",
        "-",
        "+",
        "*",
        "/",
        "//",
        "%",
        "^",
        "&",
        "=",
        "\"a\"",
        "'b'",
        "`c`",
        "\"",
        "'",
        "`",
        "\\",
        "\\u12",
        "\\\"",
        "# c",
        "## c ##",
        "##",
        "# promptlsp-disable",
        "# promptlsp-disable-next-line undefined-variable\n",
        " ",
        "  ",
        "\t",
        "\n",
        "\r\n",
        "\r",
        "\n\n",
        "---\n",
        "---",
        "--- \r\n",
        "name: x\n",
        "model: openai/gpt-4o\n",
        "input:\n  schema:\n    x: string\n    xs(array): string\n    user: { name: string, tier(enum): [a, b] }\n",
        "input: { schema: { x: string, xs(array, all): integer }, untrusted: [x] }\n",
        "  default: { x: 1 }\n",
        "  untrusted: [x]\n",
        "samples: { a: { x: 1 } }\n",
        "tests:\n  - expect: [{ contains: a }]\n",
        "lint: { disable: [",
        "template: scriban\n",
        "template: handlebars\n",
        "template: liquid\n",
        "*a",
        "&a [",
        "- ",
        ": ",
        "? ",
        "|\n  text\n",
        ">-\n",
        "!!str ",
        "%YAML 1.2\n",
        "{ a: ",
        "[ b, ",
        "\"k\": ",
        "string, the text",
        "integer?",
        "(*): any",
        "é",
        "日本",
        "🙂",
        "👩‍👩‍👧",
        "\uD83D",
        "\uDE42",
        "\uFEFF",
        "\u200B",
        "\u202E",
        "\u0301",
        "\0",
        "\u001B",
        "\u2028",
        "\u0085",
        "sk-ant-",
        "AKIA",
        "<|im_start|>",
        "user:",
        "{{history}}",
        "{{json x}}",
        "{{#if x}}",
        "{{else}}",
        "{{/if}}",
        "{% if x %}",
        "{% endif %}",
    ];

    public static Gen<string> Whole => Gen.OneOf(Prompts);

    /// <summary>A word or a sign of one of the languages.</summary>
    public static Gen<string> Piece => Gen.OneOf(Pieces);

    /// <summary>A prompt as far as it has been typed.</summary>
    public static Gen<string> Prefix => Whole.SelectMany(text => Gen.Int[0, text.Length], (text, end) => text[..end]);

    /// <summary>A prompt with a hole in it.</summary>
    public static Gen<string> Deletion =>
        Whole.SelectMany(
            text => Gen.Select(Gen.Int[0, text.Length], Gen.Int[0, 12]),
            (text, hole) => text.Remove(hole.Item1, Math.Min(hole.Item2, text.Length - hole.Item1))
        );

    /// <summary>A prompt with something else in the middle of it.</summary>
    public static Gen<string> Insertion =>
        Whole.SelectMany(text => Gen.Select(Gen.Int[0, text.Length], Gen.OneOf(Pieces)), (text, piece) => text.Insert(piece.Item1, piece.Item2));

    /// <summary>Pieces of the languages in any order.</summary>
    public static Gen<string> Soup => Gen.OneOf(Pieces).Array[0, 40].Select(string.Concat);

    /// <summary>Code between braces, so that more of the soup is read as code.</summary>
    public static Gen<string> CodeSoup => Gen.OneOf(Pieces).Array[0, 8].Select(p => "{{ " + string.Join(' ', p) + " }}").Array[1, 8].Select(string.Concat);

    /// <summary>Front matter of any kind above a body of any kind.</summary>
    public static Gen<string> Framed => Gen.Select(Soup, CodeSoup, (front, body) => $"---\n{front}\n---\n{body}");

    /// <summary>Any of them.</summary>
    public static Gen<string> Any => Gen.OneOf(Prefix, Deletion, Insertion, Soup, CodeSoup, Framed);

    /// <summary>Any of them, and a few places in it.</summary>
    public static Gen<(string Text, int[] Cursors)> WithCursors =>
        Any.SelectMany(text => Gen.Int[0, text.Length].Array[0, 6], (text, cursors) => (text, cursors));
}

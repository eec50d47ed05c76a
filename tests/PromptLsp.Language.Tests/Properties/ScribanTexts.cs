using CsCheck;

namespace PromptLsp.Language.Tests.Properties;

/// <summary>Templates as Scriban's grammar has them, so that most of them are taken by Scriban itself.</summary>
internal static class ScribanTexts
{
    private static readonly Gen<string> Blank = Gen.OneOf("", " ", " ", " ", "  ", "\t", "\n", "\r\n", "\n  ");

    private static readonly Gen<string> Space = Gen.OneOf(" ", " ", " ", "  ", "\t");

    private static readonly Gen<string> Name = Gen.OneOf(
        "x",
        "xs",
        "user",
        "_a1",
        "für",
        "name",
        "end_date",
        "iffy",
        "in_",
        "$x",
        "$1",
        "date",
        "string",
        "Ünï",
        "x日本"
    );

    private static readonly Gen<string> Member = Gen.OneOf("name", "tags", "first", "size", "end", "if", "in", "_x", "empty?", "blank?");

    private static readonly Gen<string> Literal = Gen.OneOf(
        "1",
        "0",
        "1.5",
        "1e3",
        "1.5e-3",
        "0x1F",
        "0b101",
        "1_000",
        "12m",
        "true",
        "false",
        "null",
        "\"\"",
        "\"a\"",
        "'b c'",
        "`c\\`",
        "\"a\\\"b\"",
        "'\\\\'",
        "\"}}\"",
        "'{{'",
        "\"{{ x }}\"",
        "'it\\'s'",
        "\"a\\u00e9\\x41\"",
        "\"🙂\"",
        "\"#\"",
        "$\"a{x}b\"",
        "$'{ x + 1 }'",
        "$\"{user.name} {xs[0]}\"",
        "$\"\\{\"",
        "$\"\\{x} {y}\"",
        "$'{xs | array.join \"}\"}'",
        "$\"{x}\n{`}`}\"",
        "$\"two\nlines {x}\"",
        "\"two\nlines\"",
        "`two\nlines`",
        "[]",
        "{}",
        "[1, 2]",
        "{ a: 1 }",
        "{ \"a b\": 1, c: [x] }"
    );

    private static readonly Gen<string> Leaf = Gen.Frequency(
        (3, Name),
        (2, Literal),
        (2, Gen.Select(Name, Member, (n, m) => n + "." + m)),
        (1, Gen.Select(Name, Member, (n, m) => n + "?." + m))
    );

    public static Gen<string> Expression { get; } =
        Gen.Recursive<string>(
            (depth, inner) =>
                depth > 3
                    ? Leaf
                    : Gen.Frequency(
                        (4, Leaf),
                        (1, inner.Select(e => $"({e})")),
                        (1, Gen.Select(Name, inner, (n, e) => $"{n}[{e}]")),
                        (
                            1,
                            Gen.Select(
                                inner,
                                Space,
                                Gen.OneOf(
                                    "+",
                                    "-",
                                    "*",
                                    "/",
                                    "//",
                                    "%",
                                    "==",
                                    "!=",
                                    "<",
                                    ">",
                                    "<=",
                                    ">=",
                                    "&&",
                                    "||",
                                    "??",
                                    "?!",
                                    "..",
                                    "..<",
                                    "<<",
                                    ">>",
                                    "&"
                                ),
                                inner,
                                (a, s, op, b) => $"{a}{s}{op}{s}{b}"
                            )
                        ),
                        (1, Gen.Select(Gen.OneOf("!", "-", "+", "@"), Name, (op, n) => op + n)),
                        (1, Gen.Select(inner, inner, inner, (a, b, c) => $"({a}) ? ({b}) : ({c})")),
                        (
                            2,
                            Gen.Select(
                                inner,
                                Gen.OneOf("|", "|>"),
                                Gen.OneOf(
                                    "string.upcase",
                                    "array.first",
                                    "string.truncate 5",
                                    "array.join ', '",
                                    "f",
                                    "string.replace 'a' \"b\"",
                                    "date.to_string '%d %b'",
                                    "object.default x",
                                    "f a: 1 b: x"
                                ),
                                (e, pipe, f) => $"{e} {pipe} {f}"
                            )
                        ),
                        (
                            1,
                            Gen.Select(
                                inner,
                                Gen.OneOf("array.filter", "array.each", "f"),
                                Gen.OneOf("do", "do(a)", "do(a, b = 1)"),
                                inner,
                                (e, f, head, body) => $"{e} | {f} @({head}; ret {body}; end)"
                            )
                        ),
                        (1, Gen.Select(Gen.OneOf("f", "string.size", "user.greet"), inner.Array[0, 3], (f, args) => $"{f}({string.Join(", ", args)})")),
                        (
                            1,
                            Gen.Select(
                                Gen.OneOf("f", "string.append", "include", "role", "media"),
                                Leaf.Array[1, 3],
                                (f, args) => $"{f} {string.Join(' ', args)}"
                            )
                        ),
                        (1, Gen.Select(inner, inner, (a, b) => $"[{a}, {b}]")),
                        (1, Gen.Select(inner, inner, (a, b) => $"{{ a: {a}, b: {b} }}"))
                    )
        );

    private static readonly Gen<string> Statement = Gen.Frequency(
        (5, Expression),
        (
            2,
            Gen.Select(
                Gen.OneOf("x", "xs", "user.name", "$y", "xs[0]", "this.z"),
                Gen.OneOf("=", "+=", "-=", "*=", "/=", "%=", "//="),
                Expression,
                (n, op, e) => $"{n} {op} {e}"
            )
        ),
        (
            1,
            Gen.OneOf(
                "x++",
                "x--",
                "# a comment\n",
                "## a comment ##",
                "## two\nlines ##",
                "history",
                "role \"system\"",
                "ret x",
                "break",
                "continue",
                "import user",
                "x = null; y = 1",
                "f(a) = a * 2",
                "f = do; ret $0; end",
                "# it's \"open\r\n",
                "readonly x"
            )
        )
    );

    private static readonly Gen<string> Open = Gen.OneOf("{{", "{{", "{{ ", "{{-", "{{~ ", "{{- ");

    private static readonly Gen<string> Close = Gen.OneOf("}}", " }}", " }}", " -}}", " ~}}", "-}}", "\n}}");

    private static readonly Gen<string> Text = Gen.OneOf(
        "text",
        "\n",
        " ",
        "\r\n",
        "{",
        "}",
        "}}",
        "{ a }",
        "{% raw %}",
        "it's",
        "\"",
        "#",
        "é🙂",
        "{%{ {{ }} }%}",
        "{%%{ }%} }%%}",
        "{%{",
        "${x}",
        "$",
        "%}",
        "`",
        "|"
    );

    private static readonly Gen<string> Island = Gen.Select(
        Open,
        Gen.Select(Blank, Statement).Array[1, 3],
        Close,
        (open, statements, close) => open + string.Join(";", statements.Select(s => s.Item1 + s.Item2)) + close
    );

    /// <summary>A body of text, code and blocks.</summary>
    public static Gen<string> Body { get; } = Gen.Recursive<string>((depth, inner) => depth > 3 ? Gen.OneOf(Text, Island) : Gen.OneOf(
        Text, Island, Island, Block(inner))).Array[0, 6].Select(string.Concat);

    private static Gen<string> Block(Gen<string> inner)
    {
        Gen<string> body = inner.Array[0, 3].Select(string.Concat);
        Gen<string> header = Gen.OneOf(
            Expression.Select(e => "if " + e),
            Expression.Select(e => "while " + e),
            Gen.OneOf(
                "with user",
                "capture x",
                "func f",
                "func f(a, b)",
                "func f(a, b = 1, c...)",
                "func $f",
                "func $f(a)",
                "wrap f x",
                "wrap f",
                "x = do",
                "f x do"
            ),
            Gen.Select(
                Gen.OneOf("x", "$i"),
                Gen.OneOf(
                    "xs",
                    "1..3",
                    "(xs | array.sort)",
                    "user.tags",
                    "[1, 2]",
                    "xs limit:2",
                    "xs offset:1 limit:2",
                    "xs reversed",
                    "xs | array.sort",
                    "f 1 2",
                    "xs | array.filter @(do; ret $0 > 1; end)",
                    "array.filter xs @(do(a); ret a; end) | array.sort",
                    "(xs | f @(do; if $0; ret 1; end; end))",
                    "xs | array.each do; ret $0; end",
                    "f do; ret 1; end",
                    "f(do; ret 1; end)"
                ),
                (x, xs) => $"for {x} in {xs}"
            ),
            Gen.OneOf("tablerow x in xs", "tablerow x in xs cols:2")
        );
        return Gen.OneOf(
            Gen.Select(Open, header, body, (open, h, b) => $"{open} {h} }}}}{b}{{{{ end }}}}"),
            Gen.Select(header, body, body, (h, b, c) => $"{{{{ {h} }}}}{b}{{{{else}}}}{c}{{{{end}}}}"),
            Gen.Select(Expression, body, Expression, body, (e, b, f, c) => $"{{{{if {e}}}}}{b}{{{{ else if {f} }}}}{c}{{{{ end -}}}}"),
            Gen.Select(
                Expression,
                Gen.OneOf("1", "1, 2", "\"a\" || \"b\"", "x", "'a', 'b'"),
                body,
                body,
                (e, w, b, c) => $"{{{{ case {e} }}}} {{{{ when {w} }}}}{b}{{{{ else }}}}{c}{{{{ end }}}}"
            ),
            Gen.Select(header, Statement, (h, s) => $"{{{{ {h}\n  {s}\nend }}}}"),
            Gen.Select(header, Statement, (h, s) => $"{{{{ {h}; {s}; end }}}}")
        );
    }
}

using System.Text;

namespace PromptLsp.Language.Tests.Dotprompt;

/// <summary>Makes templates and what they are given, by lot: the same seed gives the same case on every machine.</summary>
internal sealed class DotpromptTemplates(int seed)
{
    private static readonly string[] Names =
    [
        "a",
        "b",
        "n",
        "s",
        "t",
        "xs",
        "o",
        "e",
        "nothing",
        "due-date",
        "user",
        "héllo",
        "length",
        "constructor",
        "__proto__",
        "role",
        "this",
    ];
    private static readonly string[] Members = ["a", "b", "name", "xs", "length", "0", "1", "constructor", "x y", "k"];
    private static readonly string[] Words =
    [
        "Hello",
        " ",
        "\n",
        "  ",
        "\r\n",
        "\n\n",
        "x",
        "text, more",
        "\t",
        "- ",
        "é😀",
        " } ",
        " { ",
        " }} ",
        "~",
        "\\",
        "\"q\"",
        "'",
        "\r",
        "  \n  ",
        "#",
        "<b>&",
        "\u00a0",
        "\u2028",
    ];
    private static readonly string[] PartialNames = ["p", "q", "dir/part", "loop"];

    private readonly Lots _lots = new(seed);
    private readonly List<string> _given = [];
    private int _left;

    public static DotpromptCase Case(int seed) => new DotpromptTemplates(seed).Case();

    /// <summary>A body, broken or not.</summary>
    public static string AnyBody(int seed)
    {
        var templates = new DotpromptTemplates(seed);
        string body = templates.Body(12);
        return templates._lots.OneIn(2) == 0 ? templates.Broken(body) : body;
    }

    private DotpromptCase Case()
    {
        var partials = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string name in PartialNames)
        {
            if (name == "loop")
                partials[name] = _lots.Of(
                    "{{#each xs}}<{{a}}{{> loop}}>{{/each}}",
                    "{{#if o}}{{> loop o}}{{/if}}{{a}}",
                    "{{#if o}}{{> @partial-block}}{{/if}}",
                    "{{#if @partial-block}}{{> @partial-block}}{{else}}none{{/if}}"
                );
            else if (_lots.OneIn(20) != 0)
                partials[name] = Body(8);
        }
        string body = _lots.OneIn(30) == 0 ? Deep() : Body(_lots.Upto(30) + 1);
        if (_lots.OneIn(5) == 0)
            body = Broken(body);
        string front = _lots.Upto(3) switch { 0 => "---\nname: x\n---\n", 1 => "---\r\nmodel: m/n\r\nconfig: { temperature: 0.5 }\r\n---\r\n", _ => "" };
        return new(front + body)
        {
            Partials = partials,
            Input = Input(),
            Context = new Dictionary<string, object?>(StringComparer.Ordinal) { ["brand"] = Value(2), ["voice"] = Value(1), ["index"] = Value(0) },
            History = _lots.OneIn(3) == 0 ? [("user", "Before"), ("model", "After")] : [],
        };
    }

    private Dictionary<string, object?> Input()
    {
        var input = new Dictionary<string, object?>(StringComparer.Ordinal);
        if (_lots.OneIn(8) != 0)
            input["which"] = _lots.Of("p", "q");
        foreach (string name in Names.Where(n => n != "nothing"))
        {
            if (_lots.OneIn(6) != 0)
                input[name] =
                    name is "__proto__" ? Text()
                    : name is "xs" ? List(3)
                    : name is "o" or "user" ? Map(3)
                    : name is "n" ? Number()
                    : name is "s" ? Text()
                    : Value(3);
        }
        return input;
    }

    private object? Value(int depth) => _lots.Upto(depth > 0 ? 9 : 6) switch
    {
        0 => Number(),
        1 => Text(),
        2 => _lots.OneIn(2) == 0,
        3 => null,
        4 => 0L,
        5 => _lots.Of("", "1", "0", "a", "true"),
        6 => List(depth - 1),
        7 => Map(depth - 1),
        _ => Number(),
    };

    private object Number() => _lots.Upto(7) switch
    {
        0 => 0L,
        1 => (long)_lots.Upto(10),
        2 => -(long)_lots.Upto(1000),
        3 => _lots.Upto(10_000) / 100.0,
        4 => _lots.Of<object>(1e21, 1.5e-7, 123456789012345680000.0, 0.1, 1e-6, -0.5, 5e-324, 1.7976931348623157e308, 100000000000000000000.0),
        5 => 1L,
        _ => 2L,
    };

    private string Text() =>
        _lots.Of(
            "Ada",
            "",
            "two\nlines",
            "crlf\r\nhere",
            "{{a}}",
            "<&>\"'`=",
            " padded ",
            "é😀",
            "\ud83d",
            "1",
            "0",
            "  ",
            "a,b",
            "x\ty",
            "\u0001\u007f",
            "null"
        );

    private object?[] List(int depth) => [.. Enumerable.Range(0, _lots.Upto(4)).Select(_ => Value(depth - 1))];

    private Dictionary<string, object?> Map(int depth)
    {
        var map = new Dictionary<string, object?>(StringComparer.Ordinal);
        for (int i = _lots.Upto(5); i > 0; i--)
            map[_lots.Of([.. Members, "10", "2", "s", "o"])] = Value(depth - 1);
        return map;
    }

    private string Deep()
    {
        int depth = 20 + _lots.Upto(80);
        var open = new StringBuilder();
        var close = new StringBuilder();
        for (int i = 0; i < depth; i++)
        {
            string block = _lots.Of("if", "with", "unless", "each", "o", "ifEquals");
            string value = block switch { "if" => " a", "with" => " this", "unless" => " nothing", "each" => " xs", "ifEquals" => " a a", _ => "" };
            open.Append($"{{{{#{block}{value}}}}}").Append(_lots.Of("", "\n", "x", "{{a}}"));
            close.Insert(0, $"{_lots.Of("", "\n", "{{@index}}", "{{../a}}")}{{{{/{block}}}}}");
        }
        return open.Append(Body(4)).Append(close).ToString();
    }

    private string Body(int pieces)
    {
        _left = pieces * 3;
        return Pieces(pieces, 0);
    }

    private string Pieces(int most, int depth)
    {
        var body = new StringBuilder();
        for (int i = _lots.Upto(most) + 1; i > 0 && _left > 0; i--)
            body.Append(Piece(depth));
        return body.ToString();
    }

    private string Piece(int depth)
    {
        _left--;
        switch (_lots.Upto(depth > 5 ? 9 : 20))
        {
            case 0 or 1 or 2:
                return _lots.Of(Words);
            case 3:
                return _lots.Of("\n", "\n", "  \n", "\r\n", " ");
            case 4 or 5:
                return Tag(_lots.Of("", "", "", "&"), Value());
            case 6:
                return "{{" + Trim() + "{" + Blank() + Value() + Blank() + "}" + Trim() + "}}";
            case 7:
                return Special();
            case 8:
                return _lots.Of(
                    "{{! note }}",
                    "{{!-- a }} b --}}",
                    "\\{{a}}",
                    "\\\\{{a}}",
                    "\\\\\\{{a}} ",
                    "{{~! x ~}}",
                    "{{!}}",
                    "{{!----}}",
                    "{{!--x--~}}",
                    "\\{{a}}\\{{b}} {{a}}"
                );
            case 9 or 10 or 11:
                return Block(_lots.Of("if", "if", "unless"), Operand() + (_lots.OneIn(8) == 0 ? " includeZero=" + Operand() : ""), depth);
            case 12 or 13:
                return Loop("each", depth);
            case 14:
                return Loop("with", depth);
            case 15:
                return Block(_lots.Of("ifEquals", "unlessEquals"), Operand() + " " + Operand(), depth);
            case 16:
                return Section(depth);
            case 17:
                return Partial();
            case 18:
                return Inline(depth);
            default:
                return _lots.OneIn(3) == 0 ? Raw() : Piece(depth);
        }
    }

    private string Tag(string sign, string code) => "{{" + Trim() + sign + Blank() + code + Blank() + Trim() + "}}";

    private string Trim() => _lots.OneIn(7) == 0 ? "~" : "";

    private string Blank() => _lots.OneIn(4) == 0 ? _lots.Of(" ", "\n", "  ", "\t") : "";

    // Blocks mostly stand on lines of their own, or mostly do not.
    private string Line() => _lots.OneIn(2) == 0 ? "" : _lots.Of("\n", "\n", "  \n", "\r\n", "\n  ", " ");

    private string Block(string name, string value, int depth)
    {
        bool isInverted = _lots.OneIn(10) == 0;
        var block = new StringBuilder(Line());
        block.Append(Tag(isInverted ? "^" : "#", name + " " + value)).Append(Line()).Append(Pieces(3, depth + 1));
        while (!isInverted && _lots.OneIn(5) == 0)
            block.Append(Line()).Append(Tag("", "else " + Chained())).Append(Line()).Append(Pieces(3, depth + 1));
        if (_lots.OneIn(3) == 0)
            block
                .Append(Line())
                .Append(_lots.Of("{{else}}", "{{^}}", "{{~else~}}", "{{else ~}}", "{{~^}}", "{{ else }}"))
                .Append(Line())
                .Append(Pieces(3, depth + 1));
        return block.Append(Line()).Append(Tag("/", name)).Append(Line()).ToString();
    }

    private string Chained() => _lots.Upto(6) switch
    {
        0 => "each " + Operand(),
        1 => "with " + Operand() + (_lots.OneIn(2) == 0 ? " as |w|" : ""),
        2 => "ifEquals " + Operand() + " " + Operand(),
        3 => "unless " + Operand(),
        4 => Path(),
        _ => "if " + Operand(),
    };

    private string Loop(string name, int depth)
    {
        string parameters =
            _lots.OneIn(3) != 0 ? ""
            : name == "each" ? _lots.Of(" as |x|", " as |x i|", " as |a b c|", " as | x  i |")
            : _lots.Of(" as |w|", " as |a|", " as |w v|");
        foreach (string parameter in parameters.Split('|', ' ').Where(p => p is not ("" or "as")))
            _given.Add(parameter);
        string block = Block(name, (_lots.OneIn(3) == 0 ? "xs" : Operand()) + parameters, depth);
        _given.Clear();
        return block;
    }

    private string Section(int depth) =>
        Block(_lots.Of(Path(), "o", "xs", "a", "this", "nothing", "\"s\""), _lots.OneIn(40) == 0 ? "as |x|" : "", depth)
            .Replace("  ", " ", StringComparison.Ordinal);

    private string Inline(int depth)
    {
        string name = _lots.Of("p", "own");
        if (_lots.OneIn(2) == 0)
            return $"{{{{#*inline \"{name}\"}}}}{Line()}{Pieces(3, depth + 1)}{{{{/inline}}}}{Line()}{{{{> {name}}}}}";
        string included = _lots.Of("p", "q", "loop", "gone", "own");
        return $"{Line()}{Tag("#>", included + (_lots.OneIn(4) == 0 ? " " + Operand() : ""))}{Line()}{Pieces(3, depth + 1)}{Tag("/", _lots.OneIn(50) == 0 ? "p" : included)}";
    }

    private string Partial()
    {
        string name =
            _lots.OneIn(30) == 0 ? _lots.Of("gone", "(lookup this \"s\")") : _lots.Of("p", "q", "dir/part", "loop", "\"p\"", "[p]", "(lookup @root \"which\")");
        string arguments =
            (_lots.OneIn(3) == 0 ? " " + Operand() : "")
            + (_lots.OneIn(3) == 0 ? " a=" + Operand() : "")
            + (_lots.OneIn(8) == 0 ? " b=" + Operand() + " a=1" : "");
        return Line() + Tag(">", " " + name + arguments) + Line();
    }

    private string Raw()
    {
        string name = _lots.Of("a", "raw", "o", "nothing");
        return $"{Line()}{{{{{{{{{name}}}}}}}}}{_lots.Of("", " {{a}} ", "\n", "{{{{b}}}}x{{{{/b}}}}", "\nx {{#if}}\n", "\\{{", "{{{{/")}{{{{{{{{/{name}}}}}}}}}{Line()}";
    }

    private string Special() =>
        _lots.Upto(9) switch
        {
            0 or 1 => "{{role \"" + _lots.Of("system", "user", "model", "tool", "System", "") + "\"}}",
            2 => "{{history}}",
            3 => "{{media url=" + Operand() + (_lots.OneIn(2) == 0 ? " contentType=\"image/png\"" : "") + "}}",
            4 => "{{section \"" + _lots.Of("code", "a b") + "\"}}",
            5 => "{{json " + Operand() + (_lots.OneIn(2) == 0 ? " indent=" + _lots.Of("2", "\"> \"", "0", "n", "20") : "") + "}}",
            6 => "{{lookup " + Operand() + " " + Operand() + "}}",
            7 => "{{log " + Operand() + "}}",
            _ when _lots.OneIn(6) != 0 => _lots.Of(
                "{{#json a}}x{{/json}}",
                "{{#role \"user\"}}x{{/role}}",
                "{{history 1}}",
                "{{log a}}",
                "{{#lookup o \"a\"}}x{{/lookup}}",
                "{{@history}}"
            ),
            _ => _lots.Of(
                "{{json}}",
                "{{if a}}",
                "{{each xs}}",
                "{{role}}",
                "{{lookup a}}",
                "{{unknown}}",
                "{{unknown a}}",
                "{{#if}}{{/if}}",
                "{{#json a}}x{{/json}}",
                "{{#role \"user\"}}x{{/role}}",
                "{{*x}}",
                "{{json a b}}",
                "{{history 1}}",
                "{{helperMissing}}",
                "{{@json}}",
                "{{> p a b}}"
            ),
        };

    private string Value() =>
        _lots.OneIn(12) == 0 ? "json " + Operand()
        : _lots.OneIn(15) == 0 ? _lots.Of("\"a\"", "12", "true", "null", "undefined", "'s'", "1.50")
        : Path();

    private string Operand() => _lots.Upto(8) switch
    {
        0 => _lots.Of("1", "0", "\"a\"", "'b c'", "true", "false", "null", "undefined", "-1.5", "\"\"", "\"a\\\"b\"", "2"),
        1 => "(lookup " + Operand() + " " + Operand() + ")",
        2 => _lots.OneIn(3) == 0 ? "(json " + Operand() + ")" : Path(),
        _ => Path(),
    };

    private string Path()
    {
        if (_given.Count > 0 && _lots.OneIn(3) == 0)
            return _lots.Of([.. _given]) + (_lots.OneIn(3) == 0 ? "." + Member() : "");
        switch (_lots.Upto(14))
        {
            case 0:
                return _lots.Of("this", ".", "../this", "..", "../..");
            case 1:
                return _lots.Of("../", "../../", "this.", "./", "this/") + Name();
            case 2:
                return _lots.Of("@index", "@key", "@first", "@last", "@root", "@../index", "@index.x", "@nothing.x");
            case 3:
                return _lots.Of("@root.a", "@brand.a", "@voice", "@root/n", "@metadata.prompt.name", "@../key", "@root.xs.length", "@brand.[x y]");
            case 4 or 5:
                return Name() + _lots.Of(".", "/") + Member();
            case 6:
                return Name() + "." + Member() + "." + Member();
            case 7:
                return _lots.Of(
                    "[due-date]",
                    "[x y]",
                    "[a]",
                    "xs.[0]",
                    "xs.[1].a",
                    "o.[x y]",
                    "xs.0.a",
                    "xs.length",
                    "s.length",
                    "s.[0]",
                    "[this]",
                    "o.[__proto__]"
                );
            default:
                return Name();
        }
    }

    private string Name() => _lots.Of(Names) is var name && name is "role" or "this" or "__proto__" or "constructor" && _lots.OneIn(3) != 0 ? "a" : name;

    private string Member() => _lots.Of(Members) switch { "0" or "1" or "x y" => "[" + _lots.Of("0", "1", "x y") + "]", var member => member };

    // A slip or two.
    private string Broken(string body)
    {
        for (int i = _lots.Upto(2) + 1; i > 0; i--)
        {
            int at = _lots.Upto(body.Length + 1),
                length = Math.Min(_lots.Upto(4), body.Length - at);
            body =
                body[..at]
                + (
                    _lots.OneIn(2) == 0
                        ? ""
                        : _lots.Of(
                            "{",
                            "}",
                            "{{",
                            "}}",
                            "\"",
                            "'",
                            "~",
                            "#",
                            "/",
                            "^",
                            "|",
                            "=",
                            "(",
                            ")",
                            "@",
                            ".",
                            "[",
                            "]",
                            "\\",
                            " ",
                            "\n",
                            "else",
                            "{{/if}}",
                            "{{else}}",
                            "as |x|",
                            "!",
                            "--",
                            "\0",
                            "0",
                            "{{{{",
                            "}}}}",
                            "&",
                            "*",
                            ">"
                        )
                )
                + body[(at + length)..];
        }
        return body;
    }

    /// <summary>Random numbers that no version of the framework changes.</summary>
    private sealed class Lots(int seed)
    {
        private ulong _state = (ulong)seed * 0x9E3779B97F4A7C15 + 0xD1B54A32D192ED03;

        public int Upto(int count)
        {
            _state += 0x9E3779B97F4A7C15;
            ulong z = _state;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return (int)((z ^ (z >> 31)) % (ulong)count);
        }

        public int OneIn(int count) => Upto(count);

        public T Of<T>(params T[] items) => items[Upto(items.Length)];
    }
}

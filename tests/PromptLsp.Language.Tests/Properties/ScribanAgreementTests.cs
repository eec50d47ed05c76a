using CsCheck;
using PromptLsp.Language.Syntax;
using PromptLsp.Language.Syntax.Dialects;
using PromptLsp.Language.Syntax.Dialects.Scriban;
using PromptLsp.Language.Text;
using PromptLsp.Testing;
using Scriban;
using Scriban.Parsing;

namespace PromptLsp.Language.Tests.Properties;

/// <summary>What Scriban takes, our tree takes, and cuts into the same tokens.</summary>
public sealed class ScribanAgreementTests
{
    private const int Tries = 1000;

    [Fact]
    public void Templates_that_scriban_takes_have_no_problem_in_our_tree() => Agrees(ScribanTexts.Body, HasNoProblem, oneIn: 4);

    [Fact]
    public void Broken_texts_that_scriban_still_takes_have_no_problem_in_our_tree() => Agrees(Texts.Any, HasNoProblem, oneIn: 40);

    [Fact]
    public void Templates_that_scriban_takes_are_cut_into_its_tokens() => Agrees(ScribanTexts.Body, HasSameTokens, oneIn: 4);

    [Fact]
    public void Broken_texts_that_scriban_still_takes_are_cut_into_its_tokens() => Agrees(Texts.Any, HasSameTokens, oneIn: 40);

    // One of each form that Scriban takes, the odd ones among them.
    [Theory]
    [MemberData(nameof(Forms))]
    public void A_form_that_scriban_takes_is_ours(string text)
    {
        Assert.False(Template.Parse(text).HasErrors);
        HasNoProblem(text);
        HasSameTokens(text);
    }

    public static TheoryData<string> Forms { get; } =
    [
        .. """
        {{ !a ? b : c }}
        {{ !f 'x' 'y' && b }}
        {{ "a" "b" }}
        {{ "a".size }}
        {{ "a"[0] }}
        {{ $ }}
        {{ $.a }}
        {{ $0 }}
        {{ $[0] }}
        {{ $x.y }}
        {{ (a)(b) }}
        {{ (f) x }}
        {{ -f 'x' }}
        {{ 00x1 }}
        {{ 0B1 0X1f }}
        {{ 0b12 }}
        {{ 0b1u }}
        {{ 0x1Fux }}
        {{ 1 == 2 == 3 }}
        {{ 1 x }}
        {{ 1..2 }}
        {{ 1.2_3 }}
        {{ 1.5.floor }}
        {{ 1.5f }}
        {{ 1._2 }}
        {{ 1.x }}
        {{ 12abc }}
        {{ 1D }}
        {{ 1_0_ }}
        {{ 1__2 }}
        {{ 1e+5m2 }}
        {{ 1e1_0 }}
        {{ 1e5x }}
        {{ 1f2 }}
        {{ 1m }}
        {{ 1u }}
        {{ 5.times }}
        {{ ; }}
        {{ @f 1 }}
        {{ @f.g | h }}
        {{ [1 2] }}
        {{ [1,2,] }}
        {{ [1][0] }}
        {{ [f a b] }}
        {{ [f a, b] }}
        {{ ^a }}
        {{ a && x ? y : z }}
        {{ a (0) }}
        {{ a + x ? y : z }}
        {{ a .b }}
        {{ a ? b : c | f }}
        {{ a ? f 'x' 'y' : g 'z' 1 }}
        {{ a ?? f b c }}
        {{ a ?? x ? y : z }}
        {{ a [0] }}
        {{ a ^ b }}
        {{ a | f ? b : c }}
        {{ a. b }}
        {{ a.b.c[0].d(1).e }}
        {{ a; ; b }}
        {{ case a }}{{ when 1 + 2, f 3 }}{{ end }}
        {{ case a }}{{ when 1 || 2 }}{{ end }}
        {{ case a }}{{ when x ? 1 : 2 }}{{ end }}
        {{ case f a }}{{ when f b }}{{ end }}
        {{ case[1] }}{{ when 1 }}{{ end }}
        {{ do; ret 1; end }}
        {{ f !a ? b : c }}
        {{ f !x y }}
        {{ f (x ? y : z) }}
        {{ f (x) }}
        {{ f - x }}
        {{ f -x }}
        {{ f 1 do }}x{{ end }}
        {{ f(do; ret 1; end) }}
        {{ f(1, do; ret 1; end) }}
        {{ f a do(x); ret x; end }}
        {{ f @(do; ret 1; end) a: 2 }}
        {{ f @(do; ret 1; end) 2 @(do; ret 1; end) }}
        {{ (f @(do; ret 1; end)).size > 1 }}
        {{ func $f; ret 1; end; $f }}
        {{ func $f(a) }}x{{ end }}
        {{ x.empty? }}
        {{ x.blank? ? 1 : 2 }}
        {{ !x.empty? && y?.blank? }}
        {{ [1].empty? | f }}
        {{ x.empty ? }}
        {{ x.empty?? 1 }}
        {{ x.empty?.y }}
        {{ $"\{x} {y}" }}
        {{ $"\\{x}" }}
        {{ $"{x | f "}"} }" }}
        {{ $"{$"{x}"}" }}
        {{ for x in xs | f @(do; ret $0; end) }}{{ x }}{{ end }}
        {{ for x in (xs | f @(do; ret $0; end)) }}{{ x }}{{ end }}
        {{ for x in f @(do; ret $0; end) | g @(do(a); ret a; end) }}{{ else }}{{ end }}
        {{ for x in xs | f @(do }}{{ ret $0 }}{{ end) }}{{ x }}{{ end }}
        {{ for x in xs | f do; ret $0; end }}{{ x }}{{ end }}
        {{ { a: x | f @(do; ret 1; end), b: { c: [y, f do; ret 2; end] } } }}
        {{ tablerow x in xs | f @(do; ret $0; end) }}{{ x }}{{ end }}
        {{ if x | f do; ret $0; end }}y{{ else if f do; ret 1; end }}z{{ end }}
        {{ while x | f @(do; ret $0; end) | g }}y{{ end }}
        {{ f @a ? b : c }}
        {{ f @x y }}
        {{ f @(do; ret $0; end) | g }}
        {{ f(a, @(do; ret $0; end)) }}
        {{ x = f @(do; if $0; ret 1; end; ret 2; end); x }}
        {{ if (a | f @(do; ret $0 == 1; end)) }}y{{ end }}
        {{ f [x ? y : z] }}
        {{ f [x] }}
        {{ f ^a }}
        {{ f a + (b ? c : d) }}
        {{ f a <= b: 3 c }}
        {{ f a ? b : c }}
        {{ f do; ret 1; end }}
        {{ f x ? 1 : 2 }}
        {{ f {a:1} }}
        {{ f( ) }}
        {{ f(1 2) }}
        {{ f(1)(2) }}
        {{ f(1)[2] }}
        {{ f(a b, c) }}
        {{ f(x) y }}
        {{ f.g x | h y: 1 }}
        {{ for x in (f a) }}{{ end }}
        {{ for x in a ? b : c }}{{ end }}
        {{ for x in f 1 2 | g 3 }}{{ end }}
        {{ for x in f xs reversed limit:2 }}{{ end }}
        {{ for x in xs + f 1 }}{{ end }}
        {{ for x in xs 1 2 limit:2 }}{{ end }}
        {{ for x in xs bla:2 }}{{ end }}
        {{ for x in xs limit:2 offset:1 }}{{ end }}
        {{ for x in xs reversed }}{{ end }}
        {{ for x in xs | array.sort "a" limit:2 }}{{ end }}
        {{ for x.y in xs }}{{ end }}
        {{ for.index }}
        {{ func f; ret 1; end }}
        {{ if f a b }}{{ end }}
        {{ if f x ? 1 : 2 }}{{ end }}
        {{ if[1] }}a{{ end }}
        {{ include = 1 }}
        {{ ret[0] }}
        {{ tablerow x in xs cols:2 }}{{ end }}
        {{ tablerow.index }}
        {{ when_ }}
        {{ while.index }}
        {{ with[0] }}{{end}}
        {{ x = a ? b : c }}
        {{ x = f 1 do }}x{{ end }}
        {{ x = f a b }}
        {{ x ? y : z ? 1 : 2 }}
        {{ x | f do }}x{{ end }}
        {{ x.if }}
        {{ x[0] y }}
        {{ x[f a] }}
        {{ {a: f b c} }}
        {{ {a:1 b:2} }}
        {{ {a:1,} }}
        {{ }}
        {{}}
        """.Split('\n'),
    ];

    private static void Agrees(Gen<string> texts, Action<string> holds, int oneIn)
    {
        int taken = 0;
        int tried = texts.Holds(Tries, text =>
        {
            if (Template.Parse(text).HasErrors || EndsInside(text) || IsCrossed(text))
                return;
            taken++;
            holds(text);
        });
        Assert.True(taken >= tried / oneIn, $"Scriban took only {taken} of {tried} texts.");
    }

    private static void HasNoProblem(string text)
    {
        var source = new SourceText(text);
        var body = KnownDialects.Scriban.Parse(source, new TextSpan(0, source.Length));
        // Scriban takes a function that the end of the file ends, and writes nothing of it; nobody means that either, nor what only fails when rendered.
        List<Problem> problems =
        [
            .. body.Problems.Where(p => p is { IsCertain: false, ForeignWord: null } && !p.Message.Contains("is never closed", StringComparison.Ordinal)),
        ];
        Assert.True(problems.Count == 0, string.Join("; ", problems.Select(p => $"{p.Span} {p.Message}")));
    }

    private static void HasSameTokens(string text) => Assert.Equal(Scribans(text), Ours(text));

    // An island or an escape that takes in the rest of the file is fine with Scriban, and nobody means it.
    private static bool EndsInside(string text)
    {
        bool isInside = false;
        foreach (Token token in new Lexer(text))
        {
            isInside = token.Type switch
            {
                TokenType.CodeEnter or TokenType.EscapeEnter => true,
                TokenType.CodeExit or TokenType.EscapeExit => false,
                _ => isInside,
            };
        }
        return isInside;
    }

    // A string that leaves its island and ends lines or islands later is a forgotten quote, whatever Scriban makes of it.
    private static bool IsCrossed(string text)
    {
        foreach (Token token in new Lexer(text))
        {
            if (token.Type is not (TokenType.String or TokenType.VerbatimString))
                continue;
            ReadOnlySpan<char> inside = text.AsSpan()[token.Start.Offset..(token.End.Offset + 1)];
            int leave = inside.IndexOf("}}"), enter = inside.LastIndexOf("{{");
            if ((leave >= 0 && enter > leave) || ((leave >= 0 || enter >= 0) && inside.IndexOfAny('\r', '\n') >= 0))
                return true;
        }
        return false;
    }

    // Text is left out: what Scriban cuts off it for `{{-` is no matter of ours.
    private static List<string> Ours(string text)
    {
        var tokens = new ScribanTokens();
        ScribanLexer.Body(text, 0, text.Length, tokens);
        return
        [
            .. from token in tokens.All
               let kind = token.Kind switch
               {
                   TokenKind.Open => "open",
                   TokenKind.Name or TokenKind.PrivateName => "name",
                   TokenKind.Number => "number",
                   TokenKind.String => "string",
                   TokenKind.Comment => "comment",
                   _ => null,
               }
               where kind is not null
               select $"{kind} {text[token.Start..token.End]} at {token.Start}",
        ];
    }

    private static List<string> Scribans(string text)
    {
        var tokens = new List<string>();
        int interpolated = 0;
        foreach (Token token in new Lexer(text))
        {
            interpolated += token.Type switch { TokenType.BeginInterpolatedString => 1, TokenType.EndingInterpolatedString => -1, _ => 0 };
            string? kind = token.Type switch
            {
                TokenType.CodeEnter => "open",
                TokenType.Identifier or TokenType.IdentifierSpecial => "name",
                TokenType.Integer or TokenType.HexaInteger or TokenType.BinaryInteger or TokenType.Float => "number",
                TokenType.String or TokenType.VerbatimString => "string",
                TokenType.Comment or TokenType.CommentMulti => "comment",
                _ => null,
            };
            if (kind is not null && interpolated == 0)
                tokens.Add($"{kind} {text[token.Start.Offset..(token.End.Offset + 1)]} at {token.Start.Offset}");
        }
        return tokens;
    }
}

using System.Text;
using PromptLsp.Language.Linting;
using PromptLsp.Language.Semantics;
using PromptLsp.Testing;

namespace PromptLsp.Language.Tests.Linting;

/// <summary>
/// What authors of prompts slip into, out of haste or out of other languages' habits: each slip is one finding, at its place, and its
/// quick fix does not bring two. <c>Slips.txt</c> shows them all.
/// </summary>
public sealed class SlipsTests
{
    private const string Head = """
        ---
        input:
          schema:
            a: boolean
            b: boolean
            s: string
            t: string
            n: integer
            xs(array): string
            o: { name: string }
        lint: { disable: [unused-input] }
        ---

        """;

    /// <summary>One a line; <c>\n</c> is a line end.</summary>
    public static TheoryData<string> Slips { get; } =
    [
        .. """"
        {{ if a }}x
        {{ for x in xs }}{{ x }}
        {{ "abc | string.upcase }}
        {{ 'abc }}
        {{ s | string.append "x }} and more
        {{ (n + 1 }}
        {{ xs[0 }}
        {{ xs(0] }}
        {{ n + 1) }}
        {{ xs[0]] }}
        {{ if a & b }}x{{ end }}
        {{ if a | b }}x{{ end }}
        {{ if a and b }}x{{ end }}
        {{ if a or b }}x{{ end }}
        {{ if not a }}x{{ end }}
        {{ if a }}x{{ elif b }}y{{ end }}
        {{ if a }}x{{ elseif b }}y{{ end }}
        {{ if a }}x{{ elsif b }}y{{ end }}
        {{ if a }}x{{ else b }}y{{ end }}
        {{ if a }}x{{ else }}y{{ else }}z{{ end }}
        {{ if a }}x{{ else }}y{{ else if b }}z{{ end }}
        {{ if a }}x{{ endif }}
        {{ for x in xs }}x{{ endfor }}
        {{ if a }}x{{ /if }}
        {{ s } }
        {{ s }
        {{ if n = 3 }}x{{ end }}
        {{ if n === 3 }}x{{ end }}
        {{ if n =! 3 }}x{{ end }}
        {{ if n <> 3 }}x{{ end }}
        {{ if n => 3 }}x{{ end }}
        {{ if n == }}x{{ end }}
        {{ if }}x{{ end }}
        {{ if a then }}x{{ end }}
        {{ if (a }}x{{ end }}
        {{ if a) }}x{{ end }}
        {{ if a: }}x{{ end }}
        {{ if a { }}x{{ end }}
        {{ if a != nil }}x{{ end }}
        {{ if a != None }}x{{ end }}
        {{ if a == True }}x{{ end }}
        {{ if s is null }}x{{ end }}
        {{ if s is not null }}x{{ end }}
        {{ if s in xs }}x{{ end }}
        {{ if s not in xs }}x{{ end }}
        {{ unless a }}x{{ end }}
        {{ for x xs }}{{ x }}{{ end }}
        {{ for x of xs }}{{ x }}{{ end }}
        {{ for (x in xs) }}{{ x }}{{ end }}
        {{ for x, y in xs }}{{ x }}{{ end }}
        {{ foreach x in xs }}{{ x }}{{ end }}
        {{ for x in }}x{{ end }}
        {{ for x in xs: }}{{ x }}{{ end }}
        {{ for i = 0; i < 3; i++ }}x{{ end }}
        {{ for x in range(3) }}{{ x }}{{ end }}
        {{ for x in xs }}{{ for.index0 }}{{ end }}
        {{ for x in xs }}{{ loop.index }}{{ end }}
        {{ for x in xs }}{{ forloop.index }}{{ end }}
        {{ for x in xs }}{{ x }}{{ end for }}
        {{ a ? "x" }}
        {{ a ? "x" "y" }}
        {{ a ? : "y" }}
        {{ "x" if a else "y" }}
        {{ end }}
        {{ when 1 }}x
        {{ case s }}{{ when }}x{{ end }}
        {{ switch s }}{{ case "a" }}x{{ end }}
        {{ case s }}{{ when "a" }}x{{ default }}y{{ end }}
        {{ s | upper }}
        {{ s | upper() }}
        {{ s | lower }}
        {{ s | trim }}
        {{ s | length }}
        {{ xs | length }}
        {{ len(xs) }}
        {{ len(s) }}
        {{ len xs }}
        {{ s.upper() }}
        {{ s.length }}
        {{ xs.length }}
        {{ s.toUpperCase() }}
        {{ s | default("x") }}
        {{ s | default: "x" }}
        {{ s | default "x" }}
        {{ xs | join(", ") }}
        {{ xs | join ", " }}
        {{ xs | join: ", " }}
        {{ xs | first }}
        {{ xs | last }}
        {{ o | tojson }}
        {{ o | json }}
        {{ JSON.stringify(o) }}
        {{ s | replace("a", "b") }}
        {{ s | replace "a" "b" }}
        {{ s | string.replace "a", "b" }}
        {{ s | string.replace: "a", "b" }}
        {{ s | | string.upcase }}
        {{ s | }}
        {{ | string.upcase }}
        {{ s || string.upcase }}
        {{ s | string.upcase | }}
        {{ s, t }}
        {{ s t }}
        {{ o. }}
        {{ .s }}
        {{ s! }}
        {{ s? }}
        {{ s ?? }}
        {{ s ?: "x" }}
        {{ f"hello {s}" }}
        {{ $"hello {s" }}
        {{ `abc }}
        {{ x = }}
        {{ x := 3 }}
        {{ x == 3 }}
        {{ set x = 3 }}
        {{ let x = 3 }}
        {{ var x = 3 }}
        {{ assign x = 3 }}
        {{ 3 = x }}
        {{ capture }}x{{ end }}
        {{ capture x = }}x{{ end }}
        {{ func f(x) = x + 1 }}{{ f 1 }}
        {{ func f(x) => x + 1 }}{{ f 1 }}
        {{ func f(x }}{{ x }}{{ end }}{{ f 1 }}
        {{ function f(x) }}{{ x }}{{ end }}{{ f 1 }}
        {{ def f(x) }}{{ x }}{{ end }}{{ f 1 }}
        {{ macro f(x) }}{{ x }}{{ end }}{{ f 1 }}
        {{ xs | array.each @(x => x + 1) }}
        {{ xs | array.each x => x + 1 }}
        {{ xs | array.each @(x) => x + 1 }}
        {{ xs | array.map "a }}
        {{ xs[0:3] }}
        {{ xs[:3] }}
        {{ xs[1:] }}
        {{ xs[1..] }}
        {{ [1, 2 }}
        {{ { a: 1 }}
        {{ x = { "a": 1, b } }}
        {{ x = { a = 1 } }}
        {{ // comment }}
        {{ /* comment */ }}
        {{ <!-- x --> }}
        {{ include voice }}
        {{ include "voice }}
        {{ include 'voice" }}
        {{ role: "system" }}
        {{ "a" + }}
        {{ n ** 2 }}
        {{ 1..  }}
        {{ n % }}
        {{ n mod 2 }}
        {{ s ~ "x" }}
        {{ s . "x" }}
        {{ s & "x" }}
        {{ not }}
        {{ ! }}
        {{ a && }}
        {{ && a }}
        {{ a && && b }}
        {{ a && || b }}
        {{ return 3 }}
        {{ while a < }}x{{ end }}
        {{ while }}x{{ end }}
        {{ do while a }}x{{ end }}
        {{ print s }}
        {{ echo s }}
        {{ s\n| string.upcase\n| string.strip }}
        {{\n  s\n  | string.upcase\n  | string.strip\n}}
        {{ if a\n  && b }}x{{ end }}
        {{ if a &&\n  b }}x{{ end }}
        {{ if a\n   s }}
        {{ x = 1\n y = }}
        {{ x = [\n1,\n2 }}
        {{ f(\n s,\n t) }}
        {{ for x in xs\n x\n }}
        {{ else if a }}x{{ end }}
        {{ if a }}x{{ else if }}y{{ end }}
        {{ if a }}x{{ if b }}y{{ end }}
        {{ if a }}x{{ end }}{{ end }}
        {{ for x in xs if x }}{{ x }}{{ end }}
        {{ for x in xs limit 2 }}{{ x }}{{ end }}
        {{ xs.0 }}
        {{ xs.first }}
        {{ o["name] }}
        {{ o->name }}
        {{ o::name }}
        {{ for x in xs }}{{ x.[0] }}{{ end }}
        {{ string.upcase(s }}
        {{ string.upcase s) }}
        {{ String.upcase s }}
        {{ string.Upcase s }}
        {{ s | string.slice 0, 3 }}
        {{ date.now | date.to_string "%Y }}
        {{ #if a }}x{{ /if }}
        {{ % s % }}
        {{ ${s} }}
        {{ if !xs }}x{{ end }}
        {{ if !s && a }}x{{ end }}
        {{ if !n }}x{{ end }}
        {{ if !xs.size }}x{{ end }}
        {{ if s in xs && a }}x{{ end }}
        {{ if s == "x" || "y" }}x{{ end }}
        {{ if s == "x" || s == "y" || "z" }}x{{ end }}
        {{ if s != "x" && "y" }}x{{ end }}
        {{ if !s == "x" }}x{{ end }}
        {{ s || "friend" }}
        {{ x = s || "friend" }}{{ x }}
        {{ a && "yes" }}
        {{ for x in s }}{{ x }}{{ end }}
        {{ for xss in xss }}{{ xss }}{{ end }}
        {{ for x in xs }}{{ x }}{{ end }}{{ x }}
        {{ for x in xs }}{{ x }}{{ end }}{{ for.index }}
        {{ s | array.join "," }}
        {{ $s }}
        {{ input.s }}
        {{ if xs contains "x" }}x{{ end }}
        {{ s.upcase }}
        {{ role "human" }}Hi
        {s}
        ${s} is { s }
        {{ {s} }}
        {{ <s> }}
        {{ s\ }}
        {{ “s” }}
        {{ s | string.append “x” }}
        {{ s | string.append ‘x’ }}
        {{ s – 1 }}
        {{ n × 2 }}
        {{ if n ≤ 2 }}x{{ end }}
        {{ if n ≠ 2 }}x{{ end }}
        {{ end if }}
        {{ if a }}x{{ end if }}
        {{ if a }}x{{ fi }}
        {{ If a }}x{{ end }}
        {{ if a }}x{{ Else }}y{{ end }}
        {{ if a }}x{{ else: }}y{{ end }}
        {{ s string.upcase }}
        {{ role system }}Be kind.
        {{ s | regex.replace "\d+\.\d" "" }}
        {{ s | regex.replace "\s*\t" "" }}
        {{ date.today }}
        {{ string.upper s }}
        {{ xs | array.each @string.upcas }}
        {{ xs | array.each @upcase }}
        {{ xs | array.each string.upcase }}
        {{ xs | array.each upcase }}
        {{ xs | array.each "string.upcase" }}
        {{ func f(x); ret x; end; xs | array.each f }}
        {{ func f(x, y); ret x; end; f 1 }}
        {{ func f(x, y); ret x; end; f 1 2 3 }}
        {{ func f(x, y = 2); ret x; end; f }}
        {{ f(x) = x + 1; 3 | f 4 }}
        {{ if xs.size }}x{{ end }}
        {{ if (xs | array.size) }}x{{ end }}
        {{ if string.size s }}x{{ end }}
        {{ capture c }}{{ s }}{{ end }}{{ if c }}{{ c }}{{ end }}
        {{ c = "" }}{{ if c }}{{ c }}{{ end }}
        {{ for p in o }}{{ p.vlaue }}{{ end }}
        {{ s.size() }}
        {{ name }}
        {{ s | string.truncate lenght: 3 }}
        {{ o["nmae"] }}
        {{ speaker = "sytem" }}{{ role speaker }}Be kind.
        {{ include "" }}
        """".Split('\n'),
    ];

    [Theory]
    [MemberData(nameof(Slips))]
    public void One_slip_is_one_finding(string slip)
    {
        PromptModel prompt = PromptOf(slip);
        Finding[] findings = [.. Findings(prompt)];
        Assert.True(findings.Length == 1, Annotated.Draw(prompt.Document.Text, findings));
    }

    [Theory]
    [MemberData(nameof(Slips))]
    public void Its_fix_mends_it(string slip)
    {
        PromptModel prompt = PromptOf(slip);
        foreach (Fix fix in Findings(prompt).SelectMany(f => f.Fixes).Where(f => !f.Title.StartsWith("Declare", StringComparison.Ordinal)))
        {
            // What comes to light behind it is another matter.
            PromptModel mended = Model(prompt.Document.Text.With(fix.Edits).Content);
            Assert.True(Findings(mended).Take(2).Count() < 2, fix.Title + "\n" + Annotated.Draw(mended.Document.Text, Findings(mended)));
        }
    }

    [Fact]
    public void Three_braces_become_two()
    {
        PromptModel prompt = Model("---\ntemplate: scriban\ninput: { schema: { s: string } }\n---\nHi {{{ s }}} and {{ s }}\n");
        Finding found = Assert.Single(Findings(prompt));
        Assert.StartsWith("three braces are of Handlebars; Scriban writes two", found.Message, StringComparison.Ordinal);
        Assert.EndsWith("\nHi {{ s }} and {{ s }}\n", prompt.Document.Text.With(Assert.Single(found.Fixes).Edits).Content, StringComparison.Ordinal);
    }

    [Fact]
    public void All_of_them_as_their_authors_see_them()
    {
        var all = new StringBuilder();
        foreach (string slip in Slips.Select(row => row.Data))
        {
            PromptModel prompt = PromptOf(slip);
            all.Append(Annotated.Draw(prompt.Document.Text, Findings(prompt))[Head.Length..].TrimEnd('\n')).Append('\n');
            foreach (Fix fix in Findings(prompt).SelectMany(f => f.Fixes))
                all.Append("      fix: ").Append(fix.Title.ReplaceLineEndings("\\n")).Append('\n');
        }
        Expect.InFile("tests/PromptLsp.Language.Tests/Linting/Slips.txt", all.ToString());
    }

    private static PromptModel PromptOf(string slip) => Model(Head + slip.Replace("\\n", "\n", StringComparison.Ordinal) + "\n");
}

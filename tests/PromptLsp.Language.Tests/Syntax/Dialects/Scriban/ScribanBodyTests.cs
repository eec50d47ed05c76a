using PromptLsp.Language.Syntax.Body;
using PromptLsp.Language.Syntax.Dialects;
using PromptLsp.Language.Text;
using Scriban;

namespace PromptLsp.Language.Tests.Syntax.Dialects.Scriban;

public sealed class ScribanBodyTests
{
    [Theory]
    [InlineData("{{ f 1 + 2 }}")]
    [InlineData("{{ if f x > 3 }}{{end}}")]
    [InlineData("{{ f a | g b }} {{ a + 1 | f }}")]
    [InlineData("{{ f(a, b) }}")]
    [InlineData("{{ for x in xs limit:2 reversed }}{{ end }}")]
    [InlineData("{{ for x in xs | array.reverse }}{{ x }}{{ end }}")]
    [InlineData("{{ x = {a:1,\n b:2} }}{{ x.a }}")]
    [InlineData("{{ a ? b : c }} {{ a ?? \"x\" | f }}")]
    [InlineData("{{ x = do; ret 1; end }}")]
    [InlineData("{{ [1,2] | array.each do; ret $0+1; end }}")]
    [InlineData("{{ func f(a,b=1,c...) }}x{{ end }} {{ f(x) = x*2 }}")]
    [InlineData("{{ if a\n b\nelse\n c\nend }}")]
    [InlineData("{{ case x\n when 1, 2\n y\n end }}")]
    [InlineData("{{ a.b[\"c\"].d[0] }} {{ a. b }} {{ a .b }} {{ a?.b?.c }}")]
    [InlineData("{{ }} {{ ; }} {{ x++ }} {{ x += 1 }} {{ -a }} {{ !a && b }}")]
    [InlineData("{{ \"{{\" }} {{ x = \"}} {{\" }} {{ \"a\\\"b\" }} {{ 'single' }} {{ `raw` }}")]
    [InlineData("{{ $\"Hi {name}\" }} {{ $x }} {{ $.a }} {{ @f }} {{ f @g }}")]
    [InlineData("{{~ a ~}} {{- b -}} {%{ {{ not code }} }%} {{ # note }} {{ ## long ## }}")]
    [InlineData("{{ include \"x\" tone: \"warm\" }} {{ wrap f x }}{{ end }} {{ with a }}{{ end }} {{ capture x }}{{ end }}")]
    [InlineData("{{ while a }}{{ break }}{{ end }} {{ import x }} {{ readonly y }} {{ 1..3 }} {{ 0x1F + 1.5e3 }}")]
    [InlineData("a { b } c {{ d }} } } {{ (a | b).c }}")]
    public void What_Scriban_accepts_has_no_problem(string body)
    {
        Assert.False(Template.Parse(body).HasErrors);
        Assert.Empty(Parse(body).Problems);
    }

    [Theory]
    [InlineData("{{ user. }}", "`.`: a name is missing after `.`")]
    [InlineData("{{ a | }}", "`|`: a function is missing after `|`")]
    [InlineData("{{ if }}x{{ end }}", "`if`: `if` needs a condition")]
    [InlineData("{{ if a }}x", "`if`: this `if` is never closed; add `{{ end }}`")]
    [InlineData("x{{ end }}", "`end`: this `end` closes nothing; remove it or open a block before it")]
    [InlineData("{{ else }}", "`else`: this `else` belongs to no `if`, `case` or `for`; remove it or open one before it")]
    [InlineData("{{ name\nmore", "`{{`: this `{{` is never closed; add `}}`")]
    [InlineData("{{ \"open }} more", "`\"open`: this string is never closed; add its closing quote")]
    [InlineData("{{ for x }}{{ end }}", "`for`: `for` reads `for item in list`")]
    [InlineData("{{ f(a }}", "``: `)` is missing")]
    [InlineData("{{ x = }}", "`=`: a value is missing after `=`")]
    public void What_is_broken_is_said_where_it_is(string body, string problem)
    {
        TemplateBody parsed = Parse(body);
        Assert.Equal(problem, string.Join("; ", parsed.Problems.Select(p => $"`{body.Substring(p.Span.Start, p.Span.Length)}`: {p.Message}")));
    }

    [Theory]
    [InlineData("{{ user. }} there {{ name }}")]
    [InlineData("{{ \"open }} there {{ name }}")]
    [InlineData("{{ a | }} there {{ name }}")]
    [InlineData("{{ f(a, }} there {{ name }}")]
    [InlineData("{{ x = {a: }} there {{ name }}")]
    [InlineData("{{ lost there {{ name }}")]
    [InlineData("{{ lost\nthere {{ name }}")]
    [InlineData("{{ if }} there {{ name }}")]
    [InlineData("{{ ) ] } }} there {{ name }}")]
    public void What_is_broken_costs_only_itself(string body)
    {
        int offset = body.LastIndexOf("name", StringComparison.Ordinal);
        Assert.Equal("name", Assert.IsType<NameExpression>(Parse(body).PathTo(offset + 2)[^1]).Name);
    }

    [Fact]
    public void Ten_thousand_nested_blocks_stay_shallow()
    {
        TemplateBody body = Parse(string.Concat(Enumerable.Repeat("{{ if a }}", 10_000)) + "x" + string.Concat(Enumerable.Repeat("{{ end }}", 10_000)));
        Assert.True(Depth(body.Nodes) < 1_000);
        Assert.Contains("nest deeper", Assert.Single(body.Problems).Message);
    }

    [Fact]
    public void Ten_thousand_nested_brackets_stay_shallow() =>
        Assert.Contains(
            Parse("{{ " + new string('(', 10_000) + "1" + new string(')', 10_000) + " }} {{ name }}").Problems,
            p => p.Message.Contains("nest deeper")
        );

    private static TemplateBody Parse(string body) => KnownDialects.Scriban.Parse(new SourceText(body), new TextSpan(0, body.Length));

    private static int Depth(IEnumerable<SyntaxNode> nodes) => nodes.Select(n => 1 + Depth(n.Children)).DefaultIfEmpty().Max();
}

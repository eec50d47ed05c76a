using PromptLsp.Language.Catalog;
using PromptLsp.Testing;

namespace PromptLsp.Language.Tests.Linting;

public sealed class TemplateSyntaxTests
{
    private const string Head = "---\ninput: { schema: { xs(array): string, ok: boolean } }\n---\n";

    [Theory]
    [InlineData("{{ if ok }}{{ break }}{{ end }}", "break")]
    [InlineData("{{ continue }}", "continue")]
    [InlineData("{{ for x in xs }}{{ x }}{{ else }}{{ break }}{{ end }}", "break")]
    [InlineData("{{ func f; break; end }}{{ capture c; continue; end }}", "continue")]
    public void What_leaves_a_loop_and_stands_in_none_is_an_error(string body, string word)
    {
        (string rule, string message) = Assert.Single(
            Editor.Findings(Editor.Model(Head + body)).Where(f => f.Severity == Severity.Error).Select(f => (f.Rule, f.Message))
        );
        Assert.Equal(("template-syntax", $"`{word}` stands in no loop, which stops the rendering where it is reached"), (rule, message));
    }

    [Theory]
    [InlineData("{{ for x in xs }}{{ if ok }}{{ break }}{{ end }}{{ x }}{{ end }}")]
    [InlineData("{{ while ok; continue; end }}")]
    [InlineData("{{ tablerow x in xs }}{{ break }}{{ end }}")]
    [InlineData("{{ func f; break; end; for x in xs; f; end }}")]
    public void What_leaves_its_loop_is_not(string body) =>
        Assert.DoesNotContain("template-syntax", Editor.Findings(Editor.Model(Head + body)).Select(f => f.Rule));

    [Fact]
    public void A_partial_may_be_included_in_a_loop()
    {
        using PromptFolder folder = new(("a.prompt", Head + "{{ for x in xs }}{{ include 'p' x: x }}{{ end }}"), ("_p.prompt", "{{ if x; break; end }}"));
        Assert.DoesNotContain("template-syntax", Editor.Findings(folder.Model("_p.prompt")).Select(f => f.Rule));
    }
}

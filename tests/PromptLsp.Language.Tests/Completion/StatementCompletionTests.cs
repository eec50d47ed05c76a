namespace PromptLsp.Language.Tests.Completion;

/// <summary>Statements, where the engine takes them.</summary>
public sealed class StatementCompletionTests
{
    private const string Header =
        "---\ntemplate: scriban\ninput: { schema: { note?: string, orders(array): string, who(object): { tags(array): string } } }\n---\n";

    private static string[] Labels(string body) => [.. Complete(Header + body).List.Items.Select(i => i.Label)];

    [Theory]
    [InlineData("{{ if note }}$${{ end }}", "end else else-if")]
    [InlineData("{{ if note }}{{ else }}$${{ end }}", "end")]
    [InlineData("{{ if note }}$${{ else }}{{ end }}", "end else-if")]
    [InlineData("{{ if note }}{{ for o in orders }}$${{ end }}{{ end }}", "end else break continue")]
    [InlineData("{{ tablerow o in orders }}$${{ end }}", "end else break continue")]
    [InlineData("{{ for o in orders }}{{ if note }}$${{ end }}{{ end }}", "end else else-if break continue")]
    [InlineData("{{ while note }}$${{ end }}", "end break continue")]
    [InlineData("{{ if note }}{{ with who }}$${{ end }}{{ end }}", "end")]
    [InlineData("{{ if note }}{{ capture x }}$${{ end }}{{ end }}", "end")]
    [InlineData("{{ func f }}$${{ end }}", "end")]
    [InlineData("{{ case note }}$${{ end }}", "end when")]
    [InlineData("{{ case note }}{{ when 1 }}$${{ end }}", "end else when")]
    [InlineData("{{ case note }}{{ when 1 }}{{ else }}$${{ end }}", "end")]
    [InlineData("$$", "")]
    public void Branches_are_offered_where_the_engine_takes_them(string body, string expected)
    {
        string[] labels = Labels(body.Replace("$$", "{{ $$ }}", StringComparison.Ordinal));
        string[] inBlocks = ["end", "else", "else if", "when", "break", "continue"];
        Assert.Equal(
            expected.Replace('-', ' ').Split(' ', StringSplitOptions.RemoveEmptyEntries).Order(),
            string.Join(' ', labels.Intersect(inBlocks)).Split(' ', StringSplitOptions.RemoveEmptyEntries).Order()
        );
    }

    [Fact]
    public void Else_asks_again_where_it_may()
    {
        Assert.Equal(["if"], Labels("{{ if note }}{{ else $$ }}{{ end }}"));
        Assert.Empty(Labels("{{ for o in orders }}{{ else $$ }}{{ end }}"));
    }

    [Fact]
    public void A_block_over_what_stands_there_already_is_its_word_alone() =>
        Assert.EndsWith("{{ if note }}x{{ end }}", Complete(Header + "{{ i$$ note }}x{{ end }}").Accept("if").Text, StringComparison.Ordinal);

    [Theory]
    [InlineData("{{\n  i$$\n}}", "if", "{{\n  if ${1:condition}\n\t$0\nend\n}}")]
    [InlineData("{{\n  x = 1\n  $$\n}}", "case", "{{\n  x = 1\n  case ${1:subject}\n\twhen ${2:value}\n\t\t$0\nend\n}}")]
    [InlineData("{{ x = 1; i$$ }}", "if", "{{ x = 1; if ${1:condition} }}$0{{ end }}")]
    public void On_a_line_of_code_a_block_has_its_own_lines(string body, string label, string expected) =>
        Assert.Equal(Header + expected, Complete(Header + body).Accept(label).Text);

    [Theory]
    [InlineData("{{ for o in orders }}{{ break $$ }}{{ end }}")]
    [InlineData("{{ for o in orders }}{{ continue no$$ }}{{ end }}")]
    public void Behind_a_word_that_takes_nothing_stands_nothing(string body) => Assert.Empty(Labels(body));

    [Fact]
    public void A_loop_offers_each_list_with_a_name_for_its_item() => Complete(Header + "{{ for $$ }}").ShouldBe("""
        local order in orders  array of string
        local tag in who.tags  array of string
        """);

    [Fact]
    public void Behind_a_loops_variable_stands_in() => Assert.Equal(["in"], Labels("{{ for o $$ }}"));

    [Theory]
    [InlineData("{{ for o in orders $$ }}", "limit: offset: reversed")]
    [InlineData("{{ for o in orders limit: 2 $$ }}", "offset: reversed")]
    [InlineData("{{ for o in (orders | array.sort) rev$$ }}", "limit: offset: reversed")]
    [InlineData("{{ tablerow o in orders $$", "limit: offset: reversed cols:")]
    public void Behind_its_list_stand_its_options(string body, string expected) => Assert.Equal(expected.Split(' '), Labels(body));

    [Theory]
    [InlineData("{{ for o in $$ }}", "orders")]
    [InlineData("{{ if $$ }}", "note")]
    [InlineData("{{ if who.tags.size > 0 }}They are {{ $$ }}{{ end }}", "who")]
    [InlineData("{{ for o in orders }}It is {{ $$ }}{{ end }}", "o")]
    [InlineData("{{ with $$ }}", "who")]
    [InlineData("{{ func f }}{{ end }}{{ wrap $$ }}", "f")]
    public void What_the_word_before_asks_for_comes_first(string body, string first) => Assert.Equal(first, Labels(body)[0]);
}

using System.Text.RegularExpressions;
using PromptLsp.Language.Catalog;
using PromptLsp.Language.Catalog.Types;
using PromptLsp.Language.Semantics;
using Scriban;
using PromptLsp.Language.Syntax.Dialects.Scriban;
using Xunit;

namespace PromptLsp.Language.Tests.Catalog;

/// <summary>Statements, loop facts, members and roles hold in the engine.</summary>
public sealed partial class StatementsTests
{
    public static TheoryData<string> Keywords => [.. Statements.Scriban.All.Select(s => s.Keyword)];

    [Theory, MemberData(nameof(Keywords))]
    public void A_snippet_parses_where_the_statement_can_stand(string keyword)
    {
        CatalogStatement statement = Statements.Scriban.Find(keyword)!;
        string code = "{{ " + Placeholder().Replace(statement.Snippet, "${text}").Replace("$0", "", StringComparison.Ordinal) + " }}";
        string template = keyword == "end" ? "{{ if a }}" + code : Within(statement.Within.FirstOrDefault(), code);
        Assert.Empty(Template.Parse(template).Messages);
    }

    [Theory, MemberData(nameof(Keywords))]
    public void A_block_needs_its_end(string keyword)
    {
        CatalogStatement statement = Statements.Scriban.Find(keyword)!;
        Assert.Equal(statement.ClosedBy is not null, statement.Snippet.EndsWith("{{ end", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("for")]
    [InlineData("while")]
    [InlineData("tablerow")]
    public void Loop_facts_are_those_that_the_engine_takes(string loop)
    {
        string[] candidates = [.. BuiltinMembers.OfFor.Select(m => m.Name), "col", "row", "index0", "rindex0", "size", "count", "parent"];
        var accepted = candidates.Where(c => !Template.Parse(Loop(loop, $"{loop}.{c}")).HasErrors);
        Assert.Equal(accepted.Order(StringComparer.Ordinal), BuiltinMembers.OfLoop(loop).Select(m => m.Name).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("for")]
    [InlineData("while")]
    [InlineData("tablerow")]
    public void The_grammar_knows_what_stands_behind_the_word_of_a_loop(string word) =>
        Assert.Equal(BuiltinMembers.OfLoop(word).Select(m => m.Name), ScribanWords.LoopMembers(word));

    [Fact]
    public void Loop_facts_mean_what_they_say() =>
        Assert.Equal(
            "0:3:true:false:true:false:4:true 1:2:false:false:false:true:4:false 2:1:false:false:true:false:4:true 3:0:false:true:false:true:4:true ",
            Template
                .Parse("{{ for x in ['a', 'a', 'b', 'c'] }}" + string.Join(':', BuiltinMembers.OfFor.Select(m => $"{{{{ for.{m.Name} }}}}")) + " {{ end }}")
                .Render()
        );

    [Theory]
    [InlineData(ValueShape.String, "'abc'", 1)]
    [InlineData(ValueShape.Array, "[1, 2]", 1)]
    [InlineData(ValueShape.Date, "(date.parse '2026-03-01 10:20:30')", 11)]
    [InlineData(ValueShape.TimeSpan, "(timespan.parse '1:30:00')", 10)]
    public void Members_of_values_are_there(ValueShape shape, string value, int count)
    {
        Assert.Equal(count, BuiltinMembers.Of(shape).Length);
        foreach (CatalogMember member in BuiltinMembers.Of(shape))
        {
            string kind = Template.Parse($"{{{{ v = {value} }}}}{{{{ v.{member.Name} | object.typeof }}}}").Render();
            Assert.NotEqual("", kind);
            if (member.Type == PromptType.Integer || member.Type == PromptType.Number)
                Assert.Equal((member.Name, "number"), (member.Name, kind));
        }
    }

    [Fact]
    public void An_object_has_no_members_of_its_own() => Assert.Empty(BuiltinMembers.Of(ValueShape.Object));

    [Fact]
    public void Roles_are_found_by_either_name()
    {
        Assert.Equal("model", Roles.Find("assistant")?.Name);
        Assert.Equal("system", Roles.Find("system")?.Name);
        Assert.Null(Roles.Find("sytem"));
    }

    private static string Within(string? block, string code) => block switch
    {
        null => code,
        "if" => "{{ if a }}" + code + "{{ end }}",
        "case" => "{{ case a }}" + code + "{{ end }}",
        _ => Loop(block, "'x' }}" + code + "{{ 'y'"),
    };

    private static string Loop(string loop, string code) =>
        loop == "while" ? "{{ while a }}{{ " + code + " }}{{ end }}" : "{{ " + loop + " x in xs }}{{ " + code + " }}{{ end }}";

    [GeneratedRegex(@"\$\{\d:(?<text>[^}]*)\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Placeholder();
}

using PromptLsp.Language.Completion;

namespace PromptLsp.Language.Tests.Completion;

/// <summary>Functions behind a pipe and a dot, their arguments' names, and the members of what they give.</summary>
public sealed class FunctionCompletionTests
{
    private const string Header =
        "---\ntemplate: scriban\ninput: { schema: { text: string, items(array): string, many: integer, who(object): { a: string } } }\n---\n";

    private static string[] Labels(string body) => [.. Complete(Header + body).List.Items.Select(i => i.Label)];

    [Theory]
    [InlineData("{{ text | $$ }}", "string.truncate", "string.")]
    [InlineData("{{ items | $$ }}", "array.join", "array.")]
    [InlineData("{{ many | $$ }}", "math.round", "math.")]
    [InlineData("{{ who | $$ }}", "object.default", "object.")]
    [InlineData("{{ date.now | $$ }}", "date.to_string", "date.")]
    [InlineData("{{ x = date.now }}{{ x | $$ }}", "date.to_string", "date.")]
    [InlineData("{{ timespan.from_days 2 | $$ }}", "object.format", "")]
    [InlineData("{{ items | array.join \", \" | $$ }}", "string.truncate", "string.")]
    public void What_is_about_the_piped_value_comes_first(string body, string first, string space)
    {
        string[] labels = Labels(body);
        Assert.Equal(first, labels[0]);
        Assert.All(labels.Take(5), l => Assert.StartsWith(space, l, StringComparison.Ordinal));
    }

    [Fact]
    public void What_the_engine_cannot_make_of_the_value_is_left_out()
    {
        Assert.DoesNotContain("array.join", Labels("{{ many | $$ }}"));
        Assert.DoesNotContain("date.add_days", Labels("{{ text | $$ }}"));
        Assert.Contains("string.upcase", Labels("{{ many | $$ }}"));
        Assert.Contains("array", Labels("{{ many | $$ }}"));
        Assert.Contains("join", Labels("{{ many | array.$$ }}"));
    }

    [Fact]
    public void A_name_alone_is_inserted_where_arguments_follow() =>
        Assert.EndsWith(
            "{{ text | string.truncatewords 40 }}",
            Complete(Header + "{{ text | string.trun$$cate 40 }}").Accept("truncatewords").Text,
            StringComparison.Ordinal
        );

    [Fact]
    public void Behind_an_at_sign_functions_are_named_and_not_called() =>
        Assert.EndsWith(
            "{{ items | array.each @string.truncate }}",
            Complete(Header + "{{ items | array.each @string.$$ }}").Accept("truncate").Text,
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData("{{ text | string.truncate 5 $$ }}", "ellipsis:")]
    [InlineData("{{ text | string.truncate $$ }}", "length: ellipsis:")]
    [InlineData("{{ media $$ }}", "url: contentType:")]
    [InlineData("{{ media url: text $$ }}", "contentType:")]
    [InlineData("{{ text | string.upcase $$ }}", "")]
    public void Arguments_can_be_named(string body, string names) =>
        Assert.Equal(names, string.Join(' ', Complete(Header + body).List.Items.Where(i => i.Kind == CompletionKind.Parameter).Select(i => i.Label)));

    [Theory]
    [InlineData("{{ text $$ }}")]
    [InlineData("{{ who.a $$ }}")]
    [InlineData("{{ text | string.upcase $$ }}")]
    [InlineData("{{ end $$ }}")]
    [InlineData("{{ capture $$ }}")]
    [InlineData("{{ func $$ }}")]
    [InlineData("{{ 12$$ }}")]
    public void Nothing_is_offered_where_no_word_can_follow(string body) => Assert.Empty(Labels(body));

    [Theory]
    [InlineData("{{ date.now.$$ }}", "year month day")]
    [InlineData("{{ x = date.now }}{{ x.$$ }}", "year month day")]
    [InlineData("{{ (date.now | date.add_days 1).$$ }}", "year month day")]
    [InlineData("{{ date.now.time_of_day.$$ }}", "days hours minutes")]
    [InlineData("{{ (timespan.from_days 2).$$ }}", "days hours minutes")]
    [InlineData("{{ for p in who }}{{ p.$$ }}{{ end }}", "key value")]
    [InlineData("{{ while many }}{{ while.$$ }}{{ end }}", "index first even")]
    [InlineData("{{ tablerow i in items }}{{ tablerow.$$ }}{{ end }}", "index rindex first")]
    [InlineData("{{ x = 1 }}{{ this.$$ }}", "text items many")]
    public void Members_come_from_what_makes_the_value(string body, string first) =>
        Assert.Equal(first.Split(' '), Labels(body).Take(3));

    [Fact]
    public void This_holds_inputs_and_what_the_prompt_assigns() =>
        Assert.Equal(["text", "items", "many", "who", "x"], Labels("{{ x = 1 }}{{ for i in items }}{{ this.$$ }}{{ end }}"));

    [Fact]
    public void Variables_of_a_function_complete_with_their_mark() => Complete(Header + "{{ $mine = 1 }}{{ $$$ }}").ShouldHave("local $mine  integer");
}

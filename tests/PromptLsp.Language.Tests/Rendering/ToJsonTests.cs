using Scriban;
using static PromptLsp.Language.Tests.Rendering.Rendered;

namespace PromptLsp.Language.Tests.Rendering;

/// <summary><c>object.to_json</c> is ours, and writes what the engine's own does.</summary>
public sealed class ToJsonTests
{
    [Theory]
    [InlineData("null")]
    [InlineData("true")]
    [InlineData("12")]
    [InlineData("1.5")]
    [InlineData("9223372036854775807")]
    [InlineData("\"é<&'\\n\\\"\"")]
    [InlineData("[1, 'a', [], {}]")]
    [InlineData("{ a: { b: [null] }, 'c d': false }")]
    [InlineData("(1..3)")]
    [InlineData("(timespan.from_days 1.5)")]
    [InlineData("(['b', 'a'] | array.sort)")]
    [InlineData("('[1,{\\\"a\\\":null}]' | object.from_json)")]
    public void It_writes_what_the_engine_writes(string value)
    {
        string template = $"{{{{ {value} | object.to_json }}}}";
        Render(template).ShouldBe("[user]\n" + Template.Parse(template).Render());
    }

    // Where the engine writes the machine's zone.
    [Fact] public void A_point_in_time_is_in_utc() => Render("{{ date.parse '2020-01-01' | object.to_json }}").ShouldBe("[user]\n\"2020-01-01T00:00:00Z\"");

    [Fact] public void What_holds_itself_ends() => Assert.NotNull(Render("{{ a = {}; a.self = a; a | object.to_json }}").Result.Failure);
}

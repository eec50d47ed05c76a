using PromptLsp.Language.Semantics;
using PromptLsp.Language.Syntax.Yaml;

namespace PromptLsp.Language.Tests.Semantics;

public sealed class PromptValueTests
{
    [Theory]
    [InlineData("", null)]
    [InlineData("~", null)]
    [InlineData("null", null)]
    [InlineData("True", true)]
    [InlineData("false", false)]
    [InlineData("yes", "yes")]
    [InlineData("12", 12L)]
    [InlineData("-7", -7L)]
    [InlineData("0x1F", 31L)]
    [InlineData("0o17", 15L)]
    [InlineData("017", 17L)]
    [InlineData("1.5", 1.5)]
    [InlineData(".5", 0.5)]
    [InlineData("1e3", 1000.0)]
    [InlineData("1.e3", 1000.0)]
    [InlineData("12e", "12e")]
    [InlineData("1.2.3", "1.2.3")]
    [InlineData("1,5", "1,5")]
    [InlineData("2024-01-01", "2024-01-01")]
    [InlineData("99999999999999999999", 1e20)]
    [InlineData("'12'", "12")]
    [InlineData("\"null\"", "null")]
    [InlineData("!!str 12", "12")]
    public void Scalars_mean_what_the_core_schema_says(string yaml, object? value)
    {
        string text = "a: " + yaml;
        var mapping = (YamlMapping)YamlTree.Parse(new(text), new(0, text.Length)).Root!;
        Assert.Equal(value, PromptValue.Of(mapping)["a"]);
    }

    [Fact]
    public void Collections_are_lists_and_dictionaries()
    {
        const string text = "a: &x [1, {b: c}]\nd: *x";
        var value = PromptValue.Of((YamlMapping)YamlTree.Parse(new(text), new(0, text.Length)).Root!);
        var list = Assert.IsAssignableFrom<IReadOnlyList<object?>>(value["d"]);
        Assert.Equal(1L, list[0]);
        Assert.Equal("c", Assert.IsAssignableFrom<IReadOnlyDictionary<string, object?>>(list[1])["b"]);
    }
}

using PromptLsp.Language.Semantics;
using PromptLsp.Language.Syntax;
using PromptLsp.Language.Syntax.Yaml;
using PromptLsp.Language.Text;
using PromptLsp.Testing;

namespace PromptLsp.Language.Tests.Semantics.Schemas;

/// <summary>Holds the schemas against Dotprompt's own suite, where it is present.</summary>
public sealed class PicoschemaSuiteTests
{
    [Fact]
    public void Every_case_of_the_suite_gives_its_json_schema()
    {
        if (Corpus.Suite("picoschema.yaml") is not { } suite)
            return;
        var cases = (YamlSequence)YamlTree.Parse(new(suite), new(0, suite.Length)).Root!;
        Assert.True(cases.Items.Length > 10);
        Assert.All(cases.Items.Cast<YamlMapping>(), Check);
    }

    private static void Check(YamlMapping @case)
    {
        IReadOnlyDictionary<string, object?> values = PromptValue.Of(@case);
        var text = new SourceText((string)values["template"]!);
        var header = PromptHeader.Read(text, FrontMatter.Parse(text), PromptEnvironment.None);
        var schemas = values.GetValueOrDefault("schemas") as IReadOnlyDictionary<string, object?>;
        foreach (object? test in (IReadOnlyList<object?>)values["tests"]!)
        {
            var expect = (IReadOnlyDictionary<string, object?>)((IReadOnlyDictionary<string, object?>)test!)["expect"]!;
            Same(expect.GetValueOrDefault("input"), header.InputSchema?.ToJsonSchema(Named));
            Same(expect.GetValueOrDefault("output"), header.OutputSchema?.ToJsonSchema(Named));
        }
        Assert.Empty(header.SchemaProblems);

        IReadOnlyDictionary<string, object?>? Named(string name) => schemas?.GetValueOrDefault(name) as IReadOnlyDictionary<string, object?>;
    }

    private static void Same(object? expected, object? actual)
    {
        if (expected is IReadOnlyDictionary<string, object?> outer)
            Assert.Equal(Sorted(outer["schema"]), Sorted(actual));
    }

    private static string Sorted(object? value) =>
        value switch
        {
            IReadOnlyDictionary<string, object?> map => "{"
                + string.Join(", ", map.OrderBy(e => e.Key, StringComparer.Ordinal).Select(e => e.Key + ": " + Sorted(e.Value)))
                + "}",
            IReadOnlyList<object?> list => "[" + string.Join(", ", list.Select(Sorted)) + "]",
            _ => ValueText.Of(value),
        };
}

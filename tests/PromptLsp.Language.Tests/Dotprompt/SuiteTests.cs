using PromptLsp.Language.Rendering;
using PromptLsp.Language.Semantics;
using PromptLsp.Language.Syntax.Yaml;
using PromptLsp.Testing;

namespace PromptLsp.Language.Tests.Dotprompt;

/// <summary>Holds the messages against Dotprompt's own suite, where it is present.</summary>
public sealed class SuiteTests
{
    [Fact]
    public void Every_case_of_the_suite_gives_its_messages() => Assert.All(Corpus.Suites("helpers"), Check);

    private static void Check(string file)
    {
        string suite = Corpus.Suite(file)!;
        int checkedCases = 0;
        foreach (YamlMapping @case in ((YamlSequence)YamlTree.Parse(new(suite), new(0, suite.Length)).Root!).Items.Cast<YamlMapping>())
        {
            IReadOnlyDictionary<string, object?> values = PromptValue.Of(@case);
            foreach (object? test in (IReadOnlyList<object?>)values["tests"]!)
            {
                Check(values, (IReadOnlyDictionary<string, object?>)test!);
                checkedCases++;
            }
        }
        Assert.True(checkedCases > 0);
    }

    private static void Check(IReadOnlyDictionary<string, object?> suite, IReadOnlyDictionary<string, object?> test)
    {
        var expect = (IReadOnlyDictionary<string, object?>)test["expect"]!;
        if (expect.GetValueOrDefault("messages") is not IReadOnlyList<object?> messages)
            return;
        // What a test gives stands over what its suite gives.
        IReadOnlyDictionary<string, object?> shared = Map(suite, "data"), own = Map(test, "data");
        var input = new Dictionary<string, object?>(Map(Map(Map(test, "options"), "input"), "default"), StringComparer.Ordinal);
        foreach ((string name, object? value) in Map(shared, "input").Concat(Map(own, "input")))
            input[name] = value;
        var @case = new DotpromptCase((string)suite["template"]!)
        {
            Input = input,
            Context = Map(own.ContainsKey("context") ? own : shared, "context"),
            Partials = Map(suite, "partials").ToDictionary(p => p.Key, p => (string)p.Value!),
            History = [.. Messages((own.GetValueOrDefault("messages") ?? shared.GetValueOrDefault("messages")) as IReadOnlyList<object?> ?? [])],
        };
        string ours = @case.Ours(out RenderedPrompt rendered);
        Assert.True(
            ours == DotpromptCase.Expected(messages),
            $"{suite["name"]}, {test["desc"]}:\n{DotpromptCase.Expected(messages)}\n{ours} {rendered.Failure}"
        );
    }

    private static IReadOnlyDictionary<string, object?> Map(IReadOnlyDictionary<string, object?> map, string key) =>
        map.GetValueOrDefault(key) as IReadOnlyDictionary<string, object?> ?? PromptValue.EmptyObject;

    private static IEnumerable<(string, string)> Messages(IReadOnlyList<object?> messages)
    {
        foreach (IReadOnlyDictionary<string, object?> message in messages.Cast<IReadOnlyDictionary<string, object?>>())
            yield return (
                (string)message["role"]!,
                string.Concat(
                    ((IReadOnlyList<object?>)message["content"]!).Select(p => (string?)((IReadOnlyDictionary<string, object?>)p!).GetValueOrDefault("text"))
                )
            );
    }
}

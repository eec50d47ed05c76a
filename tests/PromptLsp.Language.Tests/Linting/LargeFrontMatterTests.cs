using PromptLsp.Language.Linting;
using PromptLsp.Language.Semantics;
using PromptLsp.Testing;

namespace PromptLsp.Language.Tests.Linting;

/// <summary>Front matter of a size that nobody writes costs time in proportion, not more.</summary>
public sealed class LargeFrontMatterTests
{
    private const int Many = 20_000;

    public static TheoryData<string> Shapes =>
    [
        Lines("k{0}x: 1"),
        "input:\n  schema:\n" + Lines("    a{0}: string") + "samples:\n  one:\n" + Lines("    b{0}: 1"),
        "input:\n  schema:\n" + Lines("    a{0}: string") + "samples:\n  one:\n" + Lines("    a{0}: x"),
        "input:\n  schema:\n    type: object\n    properties:\n" + Lines("      a{0}: {{ type: string }}") + "samples:\n  one:\n" + Lines("    b{0}: x"),
        "samples:\n" + Lines("  s{0}: {{}}") + "tests:\n" + Lines("  - sample: s{0}"),
        "input:\n  schema: { a: string }\ntests:\n" + Lines("  - input: {{ b: x{0} }}"),
        "model: &m [" + string.Concat(Enumerable.Repeat("*m, ", Many)) + "]\n",
        "tags: [" + string.Concat(Enumerable.Repeat("x, ", Many)) + "]\n",
    ];

    [Theory]
    [MemberData(nameof(Shapes), DisableDiscoveryEnumeration = true)]
    public void It_is_checked_at_once(string yaml)
    {
        PromptModel prompt = Model($"---\n{yaml}---\nHello\n");
        Rule[] rules = [.. Rules.All.Where(r => r.Pace == Pace.Quick && r.Group is RuleGroup.Syntax or RuleGroup.FrontMatter or RuleGroup.SamplesAndTests)];
        long before = TimeProvider.System.GetTimestamp();
        foreach (Rule rule in rules)
            Assert.True(rule.Find(prompt, CancellationToken.None).Take(500).Count() <= 500);
        Assert.True(TimeProvider.System.GetElapsedTime(before) < TimeSpan.FromSeconds(20), $"took {TimeProvider.System.GetElapsedTime(before)}");
    }

    private static string Lines(string line) =>
        string.Concat(Enumerable.Range(0, Many).Select(i => string.Format(System.Globalization.CultureInfo.InvariantCulture, line, i) + "\n"));
}

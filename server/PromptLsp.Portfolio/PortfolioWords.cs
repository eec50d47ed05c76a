using System.Globalization;
using PromptLsp.Language.Catalog;
using PromptLsp.Language.Rendering;

namespace PromptLsp.Portfolio;

/// <summary>What people read of a prompt's state.</summary>
public static class PortfolioWords
{
    /// <summary><c>2 passed, 1 failed</c>; a dash where there is no test.</summary>
    public static string Tests(OwnedPrompt prompt) => !prompt.IsTested
        ? "–"
        : string.Join(", ", Outcomes.Where(o => prompt.Tests.ContainsKey(o.Outcome))
            .Select(o => string.Create(CultureInfo.InvariantCulture, $"{prompt.Tests[o.Outcome]} {o.Word}")));

    private static readonly (TestOutcome Outcome, string Word)[] Outcomes = [(TestOutcome.Passed, "passed"), (TestOutcome.Failed, "failed"),
        (TestOutcome.NotRun, "not run")];

    /// <summary><c>1 error, 2 warnings</c>; a dash where nothing is found that counts.</summary>
    public static string Findings(OwnedPrompt prompt)
    {
        string[] found = [.. Counts(prompt)];
        return found.Length == 0 ? "–" : string.Join(", ", found);
    }

    private static IEnumerable<string> Counts(OwnedPrompt prompt)
    {
        foreach ((Severity severity, string word) in ((Severity, string)[])[(Severity.Error, "error"), (Severity.Warning, "warning")])
        {
            if (prompt.Findings.GetValueOrDefault(severity) is > 0 and int count)
                yield return string.Create(CultureInfo.InvariantCulture, $"{count} {word}{(count == 1 ? "" : "s")}");
        }
    }
}

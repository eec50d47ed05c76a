using System.Collections.Immutable;
using PromptLsp.Language.Semantics;

namespace PromptLsp.Language.Linting;

/// <summary>Runs the rules over a prompt: severities and suppressions applied, findings in the order of the text.</summary>
public static class Linter
{
    /// <summary>The findings that are due within a keystroke.</summary>
    public static ImmutableArray<Finding> Quick(PromptModel prompt, CancellationToken cancel) => Run(prompt, Pace.Quick, cancel);

    /// <summary>The findings that take an engine: its verdict, rendered samples, token counts.</summary>
    public static ImmutableArray<Finding> Slow(PromptModel prompt, CancellationToken cancel) => Run(prompt, Pace.Slow, cancel);

    private static ImmutableArray<Finding> Run(PromptModel prompt, Pace pace, CancellationToken cancel)
    {
        var findings = new List<Finding>();
        foreach (Rule rule in Rules.All)
        {
            if (rule.Pace != pace)
                continue;
            Severity severity = prompt.SeverityOf(rule);
            if (severity == Severity.Off)
                continue;
            cancel.ThrowIfCancellationRequested();
            int before = findings.Count;
            try
            {
                foreach (Finding finding in rule.Find(prompt, cancel))
                {
                    if (!prompt.Suppressions.Covers(rule.Id, finding.Span))
                        findings.Add(finding with { Rule = rule.Id, Severity = severity });
                    if (findings.Count - before >= FindingsPerRule)
                        break;
                }
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                findings.RemoveRange(before, findings.Count - before);
                prompt.Environment.ReportRuleFailure?.Invoke(rule.Id, failure);
            }
        }
        findings.Sort(static (a, b) => a.Span.Start != b.Span.Start ? a.Span.Start.CompareTo(b.Span.Start) : a.Span.End.CompareTo(b.Span.End));
        return [.. findings];
    }

    // A file of one mistake repeated would otherwise answer with megabytes.
    private const int FindingsPerRule = 500;
}

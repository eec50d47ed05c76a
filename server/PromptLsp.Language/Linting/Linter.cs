using System.Collections.Immutable;
using System.Diagnostics;
using PromptLsp.Language.Catalog;
using PromptLsp.Language.Semantics;
using PromptLsp.Language.Syntax;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Linting;

/// <summary>Runs the rules over a prompt: severities and suppressions applied, findings in the order of the text.</summary>
public static class Linter
{
    /// <summary>The findings that are due within a keystroke.</summary>
    public static ImmutableArray<Finding> Quick(PromptModel prompt, CancellationToken cancel) => Run(prompt, r => r.Pace == Pace.Quick, null, cancel);

    /// <summary>The same of a file that nobody types in, and what the engine rejects of it: that is asked where our own reading found something.</summary>
    public static ImmutableArray<Finding> AtRest(PromptModel prompt, CancellationToken cancel) =>
        Run(prompt, r => r.Pace == Pace.Quick || (r is TemplateSyntax && !prompt.Document.Body.Problems.IsEmpty), null, cancel);

    /// <summary>The same and those that the prompt or its workspace want to hear nothing of: what is wrong, said or not.</summary>
    internal static ImmutableArray<Finding> QuickUnsilenced(PromptModel prompt, CancellationToken cancel) =>
        Run(prompt, r => r.Pace == Pace.Quick, null, cancel, isHeeded: false);

    /// <summary>The findings that take an engine: its verdict, rendered samples, token counts.</summary>
    public static ImmutableArray<Finding> Slow(PromptModel prompt, CancellationToken cancel) => Run(prompt, r => r.Pace == Pace.Slow, null, cancel);

    /// <summary>All findings, and to <paramref name="measured"/> how long each rule took.</summary>
    public static ImmutableArray<Finding> All(PromptModel prompt, Action<string, TimeSpan> measured, CancellationToken cancel)
    {
        // The first rule would otherwise be charged for what all of them read.
        _ = prompt.Facts;
        return Run(prompt, static _ => true, measured, cancel);
    }

    private static ImmutableArray<Finding> Run(
        PromptModel prompt,
        Func<Rule, bool> isDue,
        Action<string, TimeSpan>? measured,
        CancellationToken cancel,
        bool isHeeded = true
    )
    {
        var findings = new List<Finding>();
        SpanSet misread = Misread(prompt.Document),
            unread = Unread(prompt.Document);
        foreach (Rule rule in Rules.All)
        {
            Severity severity = isDue(rule) && Concerns(rule, prompt) ? (isHeeded ? SeverityOf(rule, prompt) : rule.Default) : Severity.Off;
            if (severity == Severity.Off)
                continue;
            cancel.ThrowIfCancellationRequested();
            int before = findings.Count;
            long begun = measured is null ? 0 : Stopwatch.GetTimestamp();
            try
            {
                Run(
                    rule,
                    severity,
                    prompt,
                    isHeeded,
                    rule.Group == RuleGroup.FrontMatter ? unread
                        : IsAboutMeaning(rule) ? misread
                        : Nothing,
                    findings,
                    cancel
                );
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                findings.RemoveRange(before, findings.Count - before);
                prompt.Environment.ReportRuleFailure?.Invoke(rule.Id, failure);
            }
            measured?.Invoke(rule.Id, Stopwatch.GetElapsedTime(begun));
        }
        findings.Sort(static (a, b) => (a.Span.Start, a.Span.End) != (b.Span.Start, b.Span.End)
            ? (a.Span.Start, a.Span.End).CompareTo((b.Span.Start, b.Span.End))
            : string.CompareOrdinal(a.Rule, b.Rule));
        return [.. findings.Where((f, i) => i == 0 || !IsSame(f, findings[i - 1]))];
    }

    // What stands once in the file is told once, however often an alias of YAML leads there.
    private static bool IsSame(Finding a, Finding b) => a.Span == b.Span && a.Rule == b.Rule && a.Message == b.Message;

    // Of a file in another tool's format, only that is said.
    private static bool Concerns(Rule rule, PromptModel prompt) =>
        !rule.IsAboutFiles
        && (prompt.Document.OtherFormat is null || rule is UnknownDialect)
        && !(rule.Group is RuleGroup.Variables or RuleGroup.Syntax && rule is not UnknownDialect && prompt.ForeignPlaceholder is not null);

    // The file's own `lint`, else the workspace's word, else the rule's default.
    private static Severity SeverityOf(Rule rule, PromptModel prompt) =>
        prompt.Header.DisabledRules.Contains(rule.Id) ? Severity.Off : prompt.Environment.Severities.GetValueOrDefault(rule.Id, rule.Default);

    private static void Run(Rule rule, Severity severity, PromptModel prompt, bool isHeeded, SpanSet hushed, List<Finding> findings, CancellationToken cancel)
    {
        int most = findings.Count + FindingsPerRule;
        Suppressions suppressions = isHeeded ? prompt.Suppressions : Suppressions.None;
        foreach (Finding finding in rule.Find(prompt, cancel))
        {
            if (suppressions.Covers(rule.Id, finding.Span) || hushed.Contains(finding.Span.Start))
                continue;
            // What the workspace says of a rule holds for all that it finds; else some of it may matter less, or more.
            Severity inForce =
                finding.Severity == Severity.Off || (isHeeded && prompt.Environment.Severities.ContainsKey(rule.Id)) ? severity : finding.Severity;
            findings.Add(finding with { Rule = rule.Id, Message = OneLine(finding.Message), Severity = inForce });
            if (findings.Count == most)
                return;
        }
    }

    // Of what is not understood, nothing is said but that: its names and values are guesses.
    private static SpanSet Misread(PromptDocument document) =>
        document.Body.Problems.IsEmpty
            ? Nothing
            : new(
                document
                    .Body.Problems.Where(p => p.Kind is ProblemKind.Statement or ProblemKind.OpenIsland)
                    .Select(p => StatementOf(document, p.Span))
                    .OfType<TextSpan>()
            );

    // Of lines that cannot be read, their keys have lost their values.
    private static SpanSet Unread(PromptDocument document) => document.FrontMatter.Yaml.Unread.IsEmpty
        ? Nothing
        : new(document.FrontMatter.Yaml.Unread.Select(u => TextSpan.FromBounds(document.Text.LineStart(document.Text.LineAt(u.Start)), u.End + 1)));

    private static readonly SpanSet Nothing = new([]);

    // Code on several lines is told apart by lines.
    private static TextSpan? StatementOf(PromptDocument document, TextSpan problem)
    {
        if (document.Body.IslandAt(problem.Start) is not { } island)
            return null;
        SourceText text = document.Text;
        int start = Math.Max(island.Start, text.LineStart(text.LineAt(problem.Start))),
            end = Math.Min(island.End, text.LineSpan(text.LineAt(Math.Max(problem.Start, problem.End))).End);
        return TextSpan.FromBounds(start, Math.Max(start, end));
    }

    private static bool IsAboutMeaning(Rule rule) => rule.Group is RuleGroup.Variables or RuleGroup.Includes;

    // A message quotes the file, where a name can hold line ends or be as long as the file.
    private static string OneLine(string message)
    {
        message = PlainText.OneLine(message);
        return message.Length <= LongestMessage ? message : string.Concat(message.AsSpan(0, LongestMessage), "…");
    }

    private const int LongestMessage = 500;

    // A file of one mistake repeated would otherwise answer with megabytes.
    private const int FindingsPerRule = 500;
}

using PromptLsp.Language.Catalog;
using PromptLsp.Language.Semantics;
using PromptLsp.Language.Syntax;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Linting;

/// <summary>A schema that its readers do not understand.</summary>
public sealed class InvalidSchema : Rule
{
    public override string Id => "invalid-schema";

    public override RuleGroup Group => RuleGroup.FrontMatter;

    public override Severity Default => Severity.Error;

    public override IEnumerable<Finding> Find(PromptModel prompt, CancellationToken cancel) =>
        prompt.Header.SchemaProblems.Where(p => !IsEcho(prompt, p)).Select(p => p.ToFinding());

    // Where the YAML is broken, so is the schema there: a key lost its value to the slip on its line, or on the next.
    private static bool IsEcho(PromptModel prompt, Problem problem)
    {
        SourceText text = prompt.Document.Text;
        int line = text.LineAt(problem.Span.Start);
        return prompt.Document.FrontMatter.Problems.Any(p => text.LineAt(p.Span.Start) - line is 0 or 1);
    }
}

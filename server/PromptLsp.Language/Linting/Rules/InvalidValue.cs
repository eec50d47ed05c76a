using PromptLsp.Language.Catalog;
using PromptLsp.Language.Semantics;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Linting;

/// <summary>A value of the front matter that its key does not take.</summary>
public sealed class InvalidValue : Rule
{
    public override string Id => "invalid-value";

    public override RuleGroup Group => RuleGroup.FrontMatter;

    public override Severity Default => Severity.Error;

    public override IEnumerable<Finding> Find(PromptModel prompt, CancellationToken cancel) =>
        [
            .. prompt.Document.FrontMatter.Keys is { } keys ? KeyFindings.InvalidValues(prompt.Document.Text, Keys.FrontMatter, keys, InputNames(prompt)) : [],
            .. MisspeltRules(prompt),
        ];

    // `promptlsp-disable undefined-varible`: it turns nothing off. What is no rule's name nearly is a reason.
    private static IEnumerable<Finding> MisspeltRules(PromptModel prompt)
    {
        foreach (TextSpan span in SuppressionComments.Words(prompt))
        {
            string word = prompt.Document.Text[span];
            if (word.Contains('-', StringComparison.Ordinal) && Rules.Find(word) is null && Spelling.Nearest(word, Rules.All.Select(r => r.Id)) is { } meant)
                yield return new(span, $"there is no rule `{word}`; did you mean `{meant}`?")
                {
                    Severity = Severity.Warning,
                    Fixes = [Fix.ChangeTo(meant, span)],
                };
        }
    }

    // What the application gives may come from outside as well.
    private static HashSet<string>? InputNames(PromptModel prompt) =>
        prompt.Header is { DeclaresInputs: true, Inputs.IsClosed: true } header
            ? [.. header.Inputs.Fields.Select(f => f.Name), .. prompt.Environment.Context.Select(c => c.Name)]
            : null;
}

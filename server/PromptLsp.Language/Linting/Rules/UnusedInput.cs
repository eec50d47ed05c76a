using PromptLsp.Language.Catalog;
using PromptLsp.Language.Catalog.Types;
using PromptLsp.Language.Semantics;

namespace PromptLsp.Language.Linting;

/// <summary>An input that neither the body nor its partials read.</summary>
public sealed class UnusedInput : Rule
{
    public override string Id => "unused-input";

    public override RuleGroup Group => RuleGroup.Variables;

    public override Severity Default => Severity.Hint;

    public override IEnumerable<Finding> Find(PromptModel prompt, CancellationToken cancel)
    {
        if (!prompt.Header.DeclaresInputs || prompt.Header.Inputs.Fields.IsEmpty || prompt.FreeNames.Contains(FreeNames.Any))
            yield break;
        foreach (Field input in prompt.Header.Inputs.Fields)
        {
            if (input.NameSpan is not { } span || prompt.FreeNames.Contains(input.Name))
                continue;
            // Written as another language does, or as code cannot have it, it is meant to be used.
            if (prompt.Placeholders.ContainsKey(input.Name) || IsMisread(prompt, input.Name))
                continue;
            yield return new(span, $"`{input.Name}` is never used; remove it, or use it in the body")
            {
                IsUnnecessary = true,
                Fixes =
                    !IsNamedElsewhere(prompt.Header, input.Name) && SchemaEdits.Remove(prompt, input.Name) is { } remove
                        ? [new($"Remove `{input.Name}`", remove)]
                        : [],
            };
        }
    }

    private static bool IsMisread(PromptModel prompt, string name) =>
        (!CodeCursor.IsName(name) || prompt.Meaning.Statements?.Find(name) is { IsKeyword: true })
        && prompt.Document.Text.Slice(prompt.Document.Body.Span).Contains(name, StringComparison.Ordinal);

    // What names it besides the schema would be wrong without it.
    private static bool IsNamedElsewhere(PromptHeader header, string name) =>
        header.Untrusted.Contains(name)
        || header.Defaults.ContainsKey(name)
        || header.Samples.Any(s => s.Values.ContainsKey(name))
        || header.Tests.Any(t => t.Input?.ContainsKey(name) == true);
}

using PromptLsp.Language.Catalog;
using PromptLsp.Language.Semantics;
using PromptLsp.Language.Syntax.Yaml;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Linting;

/// <summary>A model that is not among those the workspace lists.</summary>
public sealed class UnknownModel : Rule
{
    public override string Id => "unknown-model";

    public override RuleGroup Group => RuleGroup.FrontMatter;

    public override Severity Default => Severity.Warning;

    public override IEnumerable<Finding> Find(PromptModel prompt, CancellationToken cancel)
    {
        if (
            prompt.Environment.Models is not { IsEmpty: false } models
            || prompt.Document.FrontMatter.Keys?.Find("model")?.Value is not YamlScalar { Value.Length: > 0 } model
        )
            yield break;
        if (models.Any(m => string.Equals(m.Name, model.Value, StringComparison.Ordinal)))
            yield break;
        string? meant =
            models.FirstOrDefault(m => m.Name.EndsWith("/" + model.Value, StringComparison.Ordinal))?.Name
            ?? Spelling.Nearest(model.Value, models.Select(m => m.Name));
        yield return new(
            model.Span,
            $"`{model.Value}` is not among the models of `promptlsp.yaml`"
                + (meant is null ? "; add it there, or use one of them" : $"; did you mean `{meant}`?")
        )
        {
            Fixes = Fix.ChangeToOneOf(model.Value, models.Select(m => m.Name), meant, model.Span),
        };
    }
}

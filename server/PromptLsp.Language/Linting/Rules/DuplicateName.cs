using PromptLsp.Language.Catalog;
using PromptLsp.Language.Semantics;
using PromptLsp.Language.Syntax.Yaml;

namespace PromptLsp.Language.Linting;

/// <summary>A prompt with the name and variant of another one.</summary>
public sealed class DuplicateName : Rule
{
    public override string Id => "duplicate-name";

    public override RuleGroup Group => RuleGroup.FrontMatter;

    public override Severity Default => Severity.Warning;

    public override IEnumerable<Finding> Find(PromptModel prompt, CancellationToken cancel)
    {
        if (prompt.Header.Name is not { Length: > 0 } name || prompt.Document.FrontMatter.Keys?.Find("name")?.Value is not YamlScalar written)
            yield break;
        IReadOnlyList<string> others = prompt.Environment.SameName(name, prompt.Variant);
        if (others.Count == 0)
            yield break;
        string has = others.Count == 1 ? "has" : "have";
        string which = others.Count == 1 ? $"`{others[0]}`" : $"`{others[0]}` and {others.Count - 1} more";
        yield return new(written.Span, prompt.Variant is { } variant
            ? $"{which} {has} the name `{name}` and the variant `{variant}` as well; change one of them"
            : $"{which} {has} the name `{name}` as well; rename one, or give one a `variant`")
        {
            Related = [.. others.Take(5).Select(path => new RelatedPlace(path, default, $"also named `{name}`"))],
        };
    }
}

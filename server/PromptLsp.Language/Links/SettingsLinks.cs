using System.Collections.Immutable;
using PromptLsp.Language.Semantics;
using PromptLsp.Language.Syntax.Yaml;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Links;

/// <summary>The files of context variables in <c>promptlsp.yaml</c>.</summary>
public static class SettingsLinks
{
    /// <param name="context">What was read of them: a file that cannot be read is no link.</param>
    public static IEnumerable<FileLink> Of(SourceText text, ImmutableArray<ContextVariable> context)
    {
        if (YamlTree.Parse(text, new(0, text.Length)).Root is not YamlMapping keys || keys.Find("context")?.Value.Resolved() is not YamlMapping declared)
            yield break;
        foreach (YamlEntry entry in declared.Entries)
        {
            if (
                entry.Value is YamlScalar { Value.Length: > 0 } path
                && context.FirstOrDefault(c => string.Equals(c.Name, entry.Key.Value, StringComparison.Ordinal)) is { IsConstant: true, Source: { } source }
            )
                yield return new(path.IsPlain ? path.Span : new(path.Span.Start + 1, path.Span.Length - 2), source);
        }
    }
}

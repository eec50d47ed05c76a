using System.Collections.Immutable;
using PromptLsp.Language.Syntax.Yaml;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Syntax;

/// <summary>The YAML between the fences at the top of a prompt, if there is any.</summary>
public sealed class FrontMatter
{
    /// <summary>From the opening fence through the closing fence's line end; empty where there is no front matter.</summary>
    public required TextSpan Span { get; init; }

    /// <summary>The YAML between the fences.</summary>
    public required TextSpan Content { get; init; }

    public TextSpan? OpenFence { get; init; }

    public TextSpan? CloseFence { get; init; }

    public required YamlTree Yaml { get; init; }

    /// <summary>What is wrong with the front matter as text: broken YAML, duplicate keys, a missing closing fence.</summary>
    public required ImmutableArray<Problem> Problems { get; init; }

    public bool Exists => OpenFence is not null;

    /// <summary>The top-level keys; null where there are none or the YAML is no mapping.</summary>
    public YamlMapping? Keys => Yaml.Root as YamlMapping;

    /// <summary>Splits a prompt's text. The body is what follows <see cref="Span"/>. Never throws.</summary>
    public static FrontMatter Parse(SourceText text) => throw new NotImplementedException();
}

using System.Collections.Immutable;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Syntax.Yaml;

/// <summary>A YAML text as nodes with spans; what was read before an error stays.</summary>
public sealed class YamlTree(YamlNode? root, ImmutableArray<Problem> problems)
{
    /// <summary>Null for an empty text.</summary>
    public YamlNode? Root { get; } = root;

    public ImmutableArray<Problem> Problems { get; } = problems;

    public bool IsValid => Problems.IsEmpty;

    public static YamlTree Empty { get; } = new(null, []);

    /// <summary>Reads a part of a text. Spans are in offsets of the whole text. Never throws.</summary>
    public static YamlTree Parse(SourceText text, TextSpan part) => throw new NotImplementedException();
}

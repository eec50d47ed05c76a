using System.Collections.Immutable;
using PromptLsp.Language.Syntax.Yaml;

namespace PromptLsp.Language.Catalog;

/// <summary>Every key there is, as three trees: the front matter's, that of <c>promptlsp.yaml</c>, and that of evaluations.</summary>
public static class Keys
{
    public static CatalogKey FrontMatter { get; } = new("front matter", KeyShape.Map, "What a prompt says of itself.") { Members = FrontMatterKeys.All };

    public static CatalogKey Workspace { get; } = new("promptlsp.yaml", KeyShape.Map, "What all prompts of a workspace share.") { Members = WorkspaceKeys.All };

    public static CatalogKey Evaluation { get; } =
        new("evaluation", KeyShape.Map, "Which rows a prompt is asked, and what must hold of the answers.") { Members = EvaluationKeys.All };

    /// <summary>The names of assertions on answers.</summary>
    public static ImmutableArray<string> AnswerAssertions { get; } = [.. EvaluationKeys.Assertions.Select(a => a.Name)];

    /// <summary>Walks a tree and its keys side by side: each node of a known key, the key, and the entry it stands in (null in a list).</summary>
    public static IEnumerable<(CatalogKey Key, YamlEntry? Entry, YamlNode Value)> Walk(CatalogKey key, YamlNode value)
    {
        switch (value)
        {
            case YamlMapping map:
                foreach (YamlEntry entry in map.Entries)
                {
                    if (key.Under(entry.Key.Value) is not { } under)
                        continue;
                    yield return (under, entry, entry.Value);
                    foreach (var inner in Walk(under, entry.Value))
                        yield return inner;
                }
                break;
            case YamlSequence list when key.Each is { } each:
                foreach (YamlNode item in list.Items)
                {
                    yield return (each, null, item);
                    foreach (var inner in Walk(each, item))
                        yield return inner;
                }
                break;
        }
    }
}

using PromptLsp.Language.Semantics;
using PromptLsp.Language.Syntax.Yaml;

namespace PromptLsp.Portfolio;

/// <summary>The lists of a prompt's front matter that say where it belongs.</summary>
public static class PromptLists
{
    /// <summary>Who answers for it: <c>owner</c>, one or several.</summary>
    public static IEnumerable<string> Owners(PromptModel prompt) => Texts(prompt, "owner");

    public static IEnumerable<string> Tags(PromptModel prompt) => Texts(prompt, "tags");

    private static IEnumerable<string> Texts(PromptModel prompt, string key) =>
        PromptValue.Of(prompt.Document.FrontMatter.Keys?.Entries.FirstOrDefault(e => e.Key.Value == key)?.Value) switch
        {
            string one when !string.IsNullOrWhiteSpace(one) => [one],
            IReadOnlyList<object?> several => several.OfType<string>().Where(s => !string.IsNullOrWhiteSpace(s)),
            _ => [],
        };
}

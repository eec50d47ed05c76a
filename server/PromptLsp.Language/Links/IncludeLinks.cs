using PromptLsp.Language.Semantics;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Links;

/// <summary>A path in the text that leads to a file of the workspace.</summary>
/// <param name="Path">From the root.</param>
public sealed record FileLink(TextSpan Span, string Path);

/// <summary>The includes of a prompt, as links to their files.</summary>
public static class IncludeLinks
{
    public static IEnumerable<FileLink> Of(PromptModel prompt)
    {
        foreach (Inclusion include in IncludeGraph.From(prompt))
        {
            if (include.Partial is { } partial)
                yield return new(include.Use.Path!.Content, partial.Path);
        }
    }
}

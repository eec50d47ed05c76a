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
        foreach (IncludeUse include in prompt.Facts.Includes)
        {
            if (include.Path is { Value: string written } path && prompt.Environment.Include(written).Found is { } partial)
                yield return new(path.Content, partial.Path);
        }
    }
}

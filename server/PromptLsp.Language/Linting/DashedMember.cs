using PromptLsp.Language.Catalog.Types;
using PromptLsp.Language.Semantics;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Linting;

/// <summary>A member whose name has dashes and is written behind a dot, where it reads as a subtraction: <c>headers.Content-Type</c>.</summary>
internal static class DashedMember
{
    /// <summary>The member's whole name; null where no such member is meant.</summary>
    public static string? Of(PromptModel prompt, MemberUse use)
    {
        if (use.Status == MemberStatus.Known)
            return null;
        string content = prompt.Document.Text.Content;
        int end = use.Node.NameSpan.End;
        if (end >= content.Length || content[end] != '-' || use.TargetType is not ObjectType type || type.Find(use.Node.Name) is not null)
            return null;
        ReadOnlySpan<char> written = prompt.Document.Text.Slice(TextSpan.FromBounds(use.Node.NameSpan.Start, prompt.Document.Text.Length));
        string? longest = null;
        foreach (Field field in type.Fields)
        {
            if (
                field.Name.Length > (longest?.Length ?? 0)
                && field.Name.StartsWith(use.Node.Name + "-", StringComparison.Ordinal)
                && written.StartsWith(field.Name)
            )
                longest = field.Name;
        }
        return longest;
    }
}

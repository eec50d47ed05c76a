using System.Text;

namespace PromptLsp.Language.Rendering;

/// <summary>Messages as people read them: what is no text stands in brackets.</summary>
public static class MessageText
{
    /// <summary>Each message under a heading with its role, with <c>\n</c> for line ends.</summary>
    public static string Of(RenderedPrompt rendered)
    {
        var text = new StringBuilder();
        foreach (RenderedMessage message in rendered.Messages)
            text.Append("── ").Append(message.Role).Append(" ──\n").Append(Of(message).ReplaceLineEndings("\n").TrimEnd('\n')).Append('\n');
        return text.ToString();
    }

    public static string Of(RenderedMessage message) => string.Concat(message.Parts.Select(Of));

    public static string Of(MessagePart part) => part switch
    {
        TextPart written => written.Text,
        MediaPart media => $"[media {media.Url}{(media.ContentType is null ? "" : $" {media.ContentType}")}]",
        SectionPart section => $"[section {section.Name}]",
        _ => "",
    };
}

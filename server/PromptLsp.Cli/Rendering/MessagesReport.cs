using System.Text.Json;
using PromptLsp.Cli.Reports;
using PromptLsp.Language.Rendering;
using PromptLsp.Language.Semantics;

namespace PromptLsp.Cli.Rendering;

/// <summary>Rendered messages, for people and for programs.</summary>
internal static class MessagesReport
{
    private const int HeadingWidth = 60;

    /// <param name="tokens">Counts tokens, and what they cost; null where nobody asked.</param>
    public static void WriteText(RenderedPrompt rendered, Func<string, TokenCount>? tokens, TokenCount? all, Terminal terminal)
    {
        for (int i = 0; i <= rendered.Messages.Length; i++)
        {
            if (rendered.HistoryIndex == i && !rendered.Messages.Any(m => m.IsHistory))
                terminal.Out.WriteLine(terminal.Paint.Dim("── the conversation so far ".PadRight(HeadingWidth, '─')));
            if (i == rendered.Messages.Length)
                break;
            RenderedMessage message = rendered.Messages[i];
            string heading = $"── {message.Role}{(message.IsHistory ? " (history)" : "")}{(tokens is null ? "" : $" · {tokens(message.Text)}")} ";
            terminal.Out.WriteLine(terminal.Paint.Bold(SourceExcerpt.Visible(heading).PadRight(HeadingWidth, '─')));
            WriteParts(message, terminal);
        }
        if (all is { } sum)
            terminal.Out.WriteLine(terminal.Paint.Bold($"── in all {sum} ".PadRight(HeadingWidth, '─')));
    }

    public static void WriteJson(RenderedPrompt rendered, Func<string, TokenCount>? tokens, Terminal terminal) => PromptJson.Write(terminal.Out, writer =>
    {
        writer.WriteStartArray();
        foreach (RenderedMessage message in rendered.Messages)
            Write(message, tokens, writer);
        writer.WriteEndArray();
    });

    private static void WriteParts(RenderedMessage message, Terminal terminal)
    {
        bool isAtLineStart = true;
        foreach (MessagePart part in message.Parts)
        {
            string text = MessageText.Of(part);
            // What goes to a file or another program stays as the model would get it.
            terminal.Out.Write(terminal.IsInteractive ? SourceExcerpt.VisibleLines(text) : text);
            isAtLineStart = text.Length == 0 ? isAtLineStart : text[^1] is '\n' or '\r';
        }
        if (!isAtLineStart)
            terminal.Out.WriteLine();
    }

    public static void Write(RenderedMessage message, Func<string, TokenCount>? tokens, Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.Member("role", message.Role);
        writer.WriteStartArray("content");
        foreach (MessagePart part in message.Parts)
            Write(part, writer);
        writer.WriteEndArray();
        if (message.IsHistory)
            writer.Member("metadata", new Dictionary<string, object?>(StringComparer.Ordinal) { ["purpose"] = "history" });
        if (tokens is not null)
            Write(tokens(message.Text), writer);
        writer.WriteEndObject();
    }

    private static void Write(TokenCount count, Utf8JsonWriter writer)
    {
        writer.Member("tokens", count.Tokens);
        if (count.Cost is not { } cost)
            return;
        writer.WriteStartObject("cost");
        writer.Member("amount", cost.Amount);
        writer.Member("currency", cost.Currency);
        writer.WriteEndObject();
    }

    private static void Write(MessagePart part, Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        switch (part)
        {
            case TextPart text:
                writer.Member("text", text.Text);
                break;
            case MediaPart media:
                writer.WriteStartObject("media");
                writer.Member("url", media.Url);
                if (media.ContentType is not null)
                    writer.Member("contentType", media.ContentType);
                writer.WriteEndObject();
                break;
            case SectionPart section:
                writer.Member("metadata", new Dictionary<string, object?>(StringComparer.Ordinal) { ["purpose"] = section.Name, ["pending"] = true });
                break;
        }
        writer.WriteEndObject();
    }
}

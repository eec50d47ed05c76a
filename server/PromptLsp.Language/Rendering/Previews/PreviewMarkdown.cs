using System.Collections.Immutable;
using System.Text;
using PromptLsp.Language.Rendering.Samples;
using PromptLsp.Language.Semantics;
using PromptLsp.Language.Syntax.Dialects;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Rendering.Previews;

/// <summary>A preview as Markdown in which nothing of the prompt's is live: all of it stands in fences that it cannot close.</summary>
public static class PreviewMarkdown
{
    // A hover is no place to read a book in.
    private const int LongestMessage = 4_000;
    private const int MostMessages = 20;
    private const int MostNames = 6;

    public static string Of(PromptModel prompt, Preview preview)
    {
        var text = new StringBuilder("**Preview**");
        if (Provenance(preview.Choice) is { Length: > 0 } provenance)
            text.Append(' ').Append(provenance);
        if (preview.Tokens is { } tokens)
            text.Append(" · ").Append(tokens);
        text.Append("\n\n");
        if (preview.Rendered.Failure is { } failure)
            text.Append(Failure(prompt, failure)).Append("\n\n");
        ImmutableArray<RenderedMessage> messages = preview.Rendered.Messages;
        for (int i = 0; i < messages.Length && i < MostMessages; i++)
        {
            History(text, preview.Rendered, i);
            Message(text, messages[i]);
        }
        History(text, preview.Rendered, messages.Length);
        if (messages.Length > MostMessages)
            text.Append("*").Append(messages.Length - MostMessages).Append(" more messages*\n\n");
        if (messages.IsEmpty && preview.Rendered.Failure is null)
            text.Append("*No message: everything renders to white space.*\n");
        return text.ToString().TrimEnd();
    }

    /// <summary>Why there is no preview of a prompt, where there is none.</summary>
    public static string? WhyNone(PromptModel prompt) =>
        prompt.Document.OtherFormat is { } format ? OtherFormats.Sentence(format)
        : SampleRenderings.CanRender(prompt) ? null
        : $"This prompt is written in {Capital(prompt.Document.Dialect.Name)}, which PromptLsp reads but cannot render yet: there is no preview, "
            + "and its tests do not run.";

    private static string Capital(string name) => char.ToUpperInvariant(name[0]) + name[1..];

    /// <summary>Where the values come from: <c>with the sample `angry`, `tier` invented</c>.</summary>
    public static string Provenance(SampleChoice choice)
    {
        string invented = choice.Invented.IsEmpty ? "" : Names(choice.Invented) + " invented";
        if (choice.Sample is { } sample)
            return $"with the sample {Markdown.Code(sample.Name)}"
                + (choice.Changed.IsEmpty ? "" : $", {Names(choice.Changed)} changed")
                + (invented.Length == 0 ? "" : ", " + invented);
        return invented.Length == 0 ? "" : "with " + invented;
    }

    private static string Names(ImmutableArray<string> names) =>
        string.Join(", ", names.Take(MostNames).Select(Markdown.Code)) + (names.Length > MostNames ? $" and {names.Length - MostNames} more" : "");

    /// <summary>What failed and where, on one line.</summary>
    public static string Failure(PromptModel prompt, RenderFailure failure)
    {
        string reason = Markdown.Escape(failure.Reason.TrimEnd('.'));
        return failure.Kind == RenderFailureKind.Limit
            ? $"⚠ The preview stops{Place(prompt, failure)}: {reason}. The limit is the preview's own."
            : $"⚠ **Fails**{Place(prompt, failure)}: {reason}.";
    }

    private static string Place(PromptModel prompt, RenderFailure failure) => failure.Path is { } path
        ? $" in {Markdown.Code(path)}"
        : $" in line {prompt.Document.Text.LineAt(failure.Span.Start) + 1}";

    private static void History(StringBuilder text, RenderedPrompt rendered, int index)
    {
        if (rendered.HistoryGap == index)
            text.Append("*The conversation so far*\n\n");
    }

    private static void Message(StringBuilder text, RenderedMessage message)
    {
        text.Append("**").Append(Markdown.Escape(message.Role)).Append("**").Append(message.IsHistory ? " *(so far)*" : "").Append("\n\n");
        foreach (MessagePart part in message.Parts)
        {
            string shown = part switch
            {
                TextPart { Text: var words } => Markdown.Block(Cut(words.Trim('\r', '\n')), "text"),
                MediaPart media => $"*media* {Markdown.Code(Cut(media.Url))}{(media.ContentType is { } type ? " " + Markdown.Code(type) : "")}",
                SectionPart section => $"*section* {Markdown.Code(section.Name)}",
                _ => "",
            };
            text.Append(shown).Append("\n\n");
        }
    }

    private static string Cut(string text)
    {
        if (text.Length <= LongestMessage)
            return text;
        // Never between the halves of one character.
        int end = char.IsHighSurrogate(text[LongestMessage - 1]) ? LongestMessage - 1 : LongestMessage;
        return text[..end] + $"\n… {text.Length - end:N0} more characters";
    }
}

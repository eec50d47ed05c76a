using PromptLsp.Language.Completion;
using PromptLsp.Language.Text;
using PromptLsp.Server.Protocol;
using PromptLsp.Workspace;

namespace PromptLsp.Server.Handlers;

/// <summary>What could be typed here.</summary>
internal static class Completion
{
    public static Protocol.CompletionList? Answer(Snapshot now, TextDocumentPositionParams asked, CancellationToken cancel)
    {
        string uri = asked.TextDocument.Uri;
        if (now.FindSettings(uri) is { } settings)
            return ToLsp(Completions.InSettings(settings.Text, settings.Text.OffsetAt(asked.Position)), settings.Text);
        return now.Find(uri) is { } open ? ToLsp(Completions.At(open.Prompt, open.Text.OffsetAt(asked.Position)), open.Text) : null;
    }

    private static Protocol.CompletionList ToLsp(Language.Completion.CompletionList found, SourceText text) => new(!found.IsComplete, [.. found.Items.Select(i => i.ToLsp(text))]);
}

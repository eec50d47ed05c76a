using PromptLsp.Language.Completion;
using PromptLsp.Server.Protocol;
using PromptLsp.Workspace;

namespace PromptLsp.Server.Handlers;

/// <summary>What could be typed here.</summary>
internal static class Completion
{
    public static Protocol.CompletionList? Answer(Snapshot now, TextDocumentPositionParams asked, CancellationToken cancel)
    {
        if (now.Find(asked.TextDocument.Uri) is not { } open)
            return null;
        Language.Completion.CompletionList found = Completions.At(open.Prompt, open.Text.OffsetAt(asked.Position));
        return new(!found.IsComplete, [.. found.Items.Select(i => i.ToLsp(open.Text))]);
    }
}

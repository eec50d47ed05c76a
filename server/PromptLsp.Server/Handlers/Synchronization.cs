using PromptLsp.Language.Text;
using PromptLsp.Server.Protocol;
using PromptLsp.Workspace;
using PromptLsp.Workspace.Files;

namespace PromptLsp.Server.Handlers;

/// <summary>Keeps our texts what the editor shows.</summary>
internal static class Synchronization
{
    public static Snapshot Open(Snapshot now, DidOpenTextDocumentParams said) =>
        now.Open(said.TextDocument.Uri, said.TextDocument.Version, said.TextDocument.Text);

    public static Snapshot Change(Snapshot now, DidChangeTextDocumentParams said)
    {
        (string uri, int version) = said.TextDocument;
        OpenDocument? open = now.FindOpen(uri);
        SourceText text = open?.Text ?? SourceText.Empty;
        bool outOfStep = open?.IsOutOfStep ?? true;
        foreach (TextDocumentContentChangeEvent change in said.ContentChanges)
        {
            if (change.Range is { } range)
            {
                text = text.With(new Language.Text.TextEdit(text.SpanOf(range), change.Text));
            }
            else
            {
                text = new SourceText(change.Text);
                outOfStep = false;
            }
        }
        return now.With(new OpenDocument(uri, open?.Path ?? FileUri.ToPath(uri), version, text) { IsOutOfStep = outOfStep });
    }

    public static Snapshot Close(Snapshot now, DidCloseTextDocumentParams said) => now.Close(said.TextDocument.Uri);
}

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
        OpenDocument open = now.FindOpen(uri) ?? new(uri, FileUri.ToPath(uri), version, SourceText.Empty) { IsOutOfStep = true };
        SourceText text = open.Text;
        bool isOutOfStep = open.IsOutOfStep;
        foreach (TextDocumentContentChangeEvent change in said.ContentChanges)
        {
            if (change.Range is { } range)
            {
                text = text.With(new Language.Text.TextEdit(text.SpanOf(range), change.Text));
            }
            else
            {
                text = new SourceText(change.Text);
                isOutOfStep = false;
            }
        }
        return now.With(open.With(version, text, isOutOfStep));
    }

    public static Snapshot Close(Snapshot now, DidCloseTextDocumentParams said) => now.Close(said.TextDocument.Uri);
}

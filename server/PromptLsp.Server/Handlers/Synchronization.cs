using PromptLsp.Language.Text;
using PromptLsp.Server.Protocol;

namespace PromptLsp.Server.Handlers;

/// <summary>Keeps our texts what the editor shows.</summary>
internal static class Synchronization
{
    public static OpenDocuments Open(OpenDocuments now, DidOpenTextDocumentParams said) =>
        now.With(new OpenDocument(said.TextDocument.Uri, said.TextDocument.Version, new SourceText(said.TextDocument.Text)));

    public static OpenDocuments Change(OpenDocuments now, DidChangeTextDocumentParams said)
    {
        (string uri, int version) = said.TextDocument;
        OpenDocument? open = now.Find(uri);
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
        return now.With(new OpenDocument(uri, version, text) { IsOutOfStep = outOfStep });
    }

    public static OpenDocuments Close(OpenDocuments now, DidCloseTextDocumentParams said) => now.Without(said.TextDocument.Uri);

    public static OpenDocuments Save(OpenDocuments now, DidSaveTextDocumentParams said) => now;
}

using System.Text.Json;
using PromptLsp.Server.Rpc;

namespace PromptLsp.Server.Protocol;

internal sealed record DidOpenTextDocumentParams(TextDocumentItem TextDocument)
{
    public static DidOpenTextDocumentParams Read(JsonElement from) => new(from.Object("textDocument", TextDocumentItem.Read));
}

internal sealed record DidChangeTextDocumentParams(VersionedTextDocumentIdentifier TextDocument, TextDocumentContentChangeEvent[] ContentChanges)
{
    public static DidChangeTextDocumentParams Read(JsonElement from) => new(
        from.Object("textDocument", VersionedTextDocumentIdentifier.Read),
        from.Array("contentChanges", TextDocumentContentChangeEvent.Read));
}

/// <summary>A change of a document; without a range the text is the whole document.</summary>
internal sealed record TextDocumentContentChangeEvent(string Text)
{
    public Range? Range { get; init; }

    public static TextDocumentContentChangeEvent Read(JsonElement from) => new(from.String("text"))
    {
        Range = from.OptionalValue("range", Protocol.Range.Read),
    };
}

internal sealed record DidCloseTextDocumentParams(TextDocumentIdentifier TextDocument)
{
    public static DidCloseTextDocumentParams Read(JsonElement from) => new(from.Object("textDocument", TextDocumentIdentifier.Read));
}

internal sealed record DidSaveTextDocumentParams(TextDocumentIdentifier TextDocument)
{
    public static DidSaveTextDocumentParams Read(JsonElement from) => new(from.Object("textDocument", TextDocumentIdentifier.Read));
}

using System.Text.Json;
using PromptLsp.Server.Rpc;

namespace PromptLsp.Server.Protocol;

// How wide a tab is, and whether blanks take its place, is of no concern to us: no line is indented anew.
internal sealed record DocumentFormattingParams(TextDocumentIdentifier TextDocument)
{
    public static DocumentFormattingParams Read(JsonElement from) => new(from.Object("textDocument", TextDocumentIdentifier.Read));
}

internal sealed record DocumentRangeFormattingParams(TextDocumentIdentifier TextDocument, Range Range)
{
    public static DocumentRangeFormattingParams Read(JsonElement from) =>
        new(from.Object("textDocument", TextDocumentIdentifier.Read), from.Object("range", Range.Read));
}

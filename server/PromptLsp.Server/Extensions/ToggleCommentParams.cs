using System.Text.Json;
using PromptLsp.Server.Protocol;
using PromptLsp.Server.Rpc;

namespace PromptLsp.Server.Extensions;

/// <summary>Whose lines are to become comments, or to be none any more.</summary>
internal sealed record ToggleCommentParams(TextDocumentIdentifier TextDocument, Protocol.Range[] Ranges)
{
    public static ToggleCommentParams Read(JsonElement from) =>
        new(from.Object("textDocument", TextDocumentIdentifier.Read), from.Array("ranges", Protocol.Range.Read));
}

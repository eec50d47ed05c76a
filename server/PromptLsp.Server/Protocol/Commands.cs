using System.Text.Json;
using PromptLsp.Server.Extensions;

namespace PromptLsp.Server.Protocol;

/// <summary>Something to run, here or in the client.</summary>
internal sealed record Command(string Title)
{
    // LSP's own name for what the command is; a property cannot be named as its type.
    [System.Text.Json.Serialization.JsonPropertyName("command")]
    public required string Name { get; init; }

    public HistoryArgument[]? Arguments { get; init; }
}

internal sealed record ExecuteCommandParams(string Command)
{
    public JsonElement[]? Arguments { get; init; }
}

internal sealed record ExecuteCommandOptions(string[] Commands);

internal sealed record ApplyWorkspaceEditResult(bool Applied)
{
    public string? FailureReason { get; init; }
}

internal sealed record ShowDocumentResult(bool Success);

internal sealed record TextDocumentContentParams(string Uri);

internal sealed record TextDocumentContentResult(string Text);

internal sealed record TextDocumentContentOptions(string[] Schemes);

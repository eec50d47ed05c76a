using System.Text.Json;
using PromptLsp.Server.Extensions;
using PromptLsp.Server.Rpc;

namespace PromptLsp.Server.Protocol;

/// <summary>Something to run, here or in the client.</summary>
internal sealed record Command(string Title) : ISent
{
    // LSP's own name for what the command is; a property cannot be named as its type.
    [System.Text.Json.Serialization.JsonPropertyName("command")]
    public required string Name { get; init; }

    public HistoryArgument[]? Arguments { get; init; }

    public void Write(JsonMembers to) => to.Add("title", Title).Add("command", Name).Add("arguments", Arguments);

    public static Command Read(JsonElement from) => new(from.String("title"))
    {
        Name = from.String("command"),
        Arguments = from.OptionalArray("arguments", HistoryArgument.Read),
    };
}

internal sealed record ExecuteCommandParams(string Command)
{
    public JsonElement[]? Arguments { get; init; }

    public static ExecuteCommandParams Read(JsonElement from) => new(from.String("command")) { Arguments = from.OptionalElements("arguments") };
}

internal sealed record ExecuteCommandOptions(string[] Commands) : ISent
{
    public void Write(JsonMembers to) => to.Add("commands", Commands);
}

internal sealed record ApplyWorkspaceEditResult(bool Applied)
{
    public string? FailureReason { get; init; }

    public static ApplyWorkspaceEditResult Read(JsonElement from) => new(from.Bool("applied"))
    {
        FailureReason = from.OptionalString("failureReason"),
    };
}

internal sealed record ShowDocumentResult(bool Success)
{
    public static ShowDocumentResult Read(JsonElement from) => new(from.Bool("success"));
}

internal sealed record TextDocumentContentParams(string Uri)
{
    public static TextDocumentContentParams Read(JsonElement from) => new(from.String("uri"));
}

internal sealed record TextDocumentContentResult(string Text) : ISent
{
    public void Write(JsonMembers to) => to.Add("text", Text);
}

internal sealed record TextDocumentContentOptions(string[] Schemes) : ISent
{
    public void Write(JsonMembers to) => to.Add("schemes", Schemes);
}

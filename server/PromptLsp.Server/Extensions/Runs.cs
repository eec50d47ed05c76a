using System.Text.Json;
using PromptLsp.Server.Protocol;
using PromptLsp.Server.Rpc;

namespace PromptLsp.Server.Extensions;

// docs/protocol.md says what these mean; they are not part of LSP.

/// <summary>A prompt to be sent to its model.</summary>
/// <param name="Run">The client's name for it, under which pieces of the answer come.</param>
internal sealed record RunParams(TextDocumentIdentifier TextDocument, string Run)
{
    /// <summary>A version instead of what is open.</summary>
    public string? Ref { get; init; }

    public string? Model { get; init; }

    public static RunParams Read(JsonElement from) => new(from.Object("textDocument", TextDocumentIdentifier.Read), from.String("run"))
    {
        Ref = from.OptionalString("ref"),
        Model = from.OptionalString("model"),
    };
}

/// <summary>What a model answered, and what it took.</summary>
/// <param name="Version"><c>v12</c>, with a star where the text is changed since; <c>file</c> where there is no history.</param>
/// <param name="Summary">Model, tokens, price and time in one line.</param>
internal sealed record RunResult(string Run, string Version, string Fingerprint, string Model, string Answer, string Summary) : ISent
{
    public RunTool[] ToolCalls { get; init; } = [];

    public string[] Notes { get; init; } = [];

    public string? Sample { get; init; }

    public string? SchemaProblem { get; init; }

    public string? FinishReason { get; init; }

    public string? Cost { get; init; }

    public long? InputTokens { get; init; }

    public long? OutputTokens { get; init; }

    public long LatencyMs { get; init; }

    public long? FirstTokenMs { get; init; }

    public void Write(JsonMembers to) => to
        .Add("run", Run)
        .Add("version", Version)
        .Add("fingerprint", Fingerprint)
        .Add("model", Model)
        .Add("answer", Answer)
        .Add("summary", Summary)
        .Add("toolCalls", ToolCalls)
        .Add("notes", Notes)
        .Add("sample", Sample)
        .Add("schemaProblem", SchemaProblem)
        .Add("finishReason", FinishReason)
        .Add("cost", Cost)
        .Add("inputTokens", InputTokens)
        .Add("outputTokens", OutputTokens)
        .Add("latencyMs", LatencyMs)
        .Add("firstTokenMs", FirstTokenMs);
}

internal sealed record RunTool(string Name, string Arguments) : ISent
{
    public void Write(JsonMembers to) => to.Add("name", Name).Add("arguments", Arguments);
}

/// <summary>An answer that is to be expected from now on: a row of an evaluation.</summary>
/// <param name="Name">The row's id.</param>
internal sealed record ExpectedArgument(string Uri, string Name, string Answer)
{
    public static ExpectedArgument Read(JsonElement from) => new(from.String("uri"), from.String("name"), from.String("answer"));
}

/// <param name="Uri">The evaluation, or its file of rows.</param>
internal sealed record ExpectedResult(string Uri) : ISent
{
    public void Write(JsonMembers to) => to.Add("uri", Uri);
}

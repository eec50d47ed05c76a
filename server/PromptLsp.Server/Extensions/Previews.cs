using System.Text.Json;
using PromptLsp.Server.Protocol;
using PromptLsp.Server.Rpc;

namespace PromptLsp.Server.Extensions;

// docs/protocol.md says what these mean; they are not part of LSP.

internal sealed record PreviewParams(TextDocumentIdentifier TextDocument)
{
    public string? Sample { get; init; }

    public IReadOnlyDictionary<string, string>? Inputs { get; init; }

    public static PreviewParams Read(JsonElement from) => new(from.Object("textDocument", TextDocumentIdentifier.Read))
    {
        Sample = from.OptionalString("sample"),
        Inputs = from.OptionalTexts("inputs"),
    };
}

/// <summary>What <c>promptlsp.saveSample</c> takes: the new or changed sample, the one it was made from, and what was typed.</summary>
internal sealed record SampleArgument(string Uri, string Name)
{
    public string? Sample { get; init; }

    public IReadOnlyDictionary<string, string>? Inputs { get; init; }

    public static SampleArgument Read(JsonElement from) => new(from.String("uri"), from.String("name"))
    {
        Sample = from.OptionalString("sample"),
        Inputs = from.OptionalTexts("inputs"),
    };
}

internal sealed record SampleResult(string Sample) : ISent
{
    public void Write(JsonMembers to) => to.Add("sample", Sample);
}

/// <summary>What the model would get.</summary>
internal sealed record PreviewResult(string[] Samples, PreviewMessage[] Messages) : ISent
{
    [System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.Never)]
    public int? DocumentVersion { get; init; }

    [System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.Never)]
    public string? Sample { get; init; }

    /// <summary>One line, where there is no preview.</summary>
    public string? Unavailable { get; init; }

    public PreviewInput[] Inputs { get; init; } = [];

    /// <summary>Before which message the conversation so far goes, where there is none to show.</summary>
    public int? HistoryAt { get; init; }

    public int? Tokens { get; init; }

    /// <summary>The model counts differently, by some 15 %; absent where it does not.</summary>
    public bool? About { get; init; }

    public long? TokenLimit { get; init; }

    public string? Cost { get; init; }

    public PreviewFailure? Failure { get; init; }

    public void Write(JsonMembers to) => to
        .Add("samples", Samples)
        .Add("messages", Messages)
        .AddOrNull("documentVersion", DocumentVersion)
        .AddOrNull("sample", Sample)
        .Add("unavailable", Unavailable)
        .Add("inputs", Inputs)
        .Add("historyAt", HistoryAt)
        .Add("tokens", Tokens)
        .Add("about", About)
        .Add("tokenLimit", TokenLimit)
        .Add("cost", Cost)
        .Add("failure", Failure);
}

/// <summary>An input with the text of its field.</summary>
internal sealed record PreviewInput(string Name, string Text, string Source, string Type, bool Optional, string[] Choices) : ISent
{
    public string? Problem { get; init; }

    public void Write(JsonMembers to) => to
        .Add("name", Name)
        .Add("text", Text)
        .Add("source", Source)
        .Add("type", Type)
        .Add("optional", Optional)
        .Add("choices", Choices)
        .Add("problem", Problem);
}

internal sealed record PreviewMessage(string Role, bool History, PreviewPart[] Parts) : ISent
{
    public Protocol.Range? Range { get; init; }

    public int? Tokens { get; init; }

    public string? Cost { get; init; }

    public void Write(JsonMembers to) =>
        to.Add("role", Role).Add("history", History).Add("parts", Parts).Add("range", Range).Add("tokens", Tokens).Add("cost", Cost);
}

/// <summary>A <c>text</c> with its values, a <c>media</c> with its URL, or a <c>section</c> with its name.</summary>
internal sealed record PreviewPart(string Kind) : ISent
{
    public string? Text { get; init; }

    public PreviewValue[]? Values { get; init; }

    public string? Url { get; init; }

    public string? ContentType { get; init; }

    public string? Name { get; init; }

    public void Write(JsonMembers to) =>
        to.Add("kind", Kind).Add("text", Text).Add("values", Values).Add("url", Url).Add("contentType", ContentType).Add("name", Name);
}

internal sealed record PreviewValue(int Start, int End, string Uri, Protocol.Range Range, string[] Inputs, bool Untrusted) : ISent
{
    public void Write(JsonMembers to) =>
        to.Add("start", Start).Add("end", End).Add("uri", Uri).Add("range", Range).Add("inputs", Inputs).Add("untrusted", Untrusted);
}

internal sealed record PreviewFailure(string Reason, bool Limit, string Uri, Protocol.Range Range) : ISent
{
    public void Write(JsonMembers to) => to.Add("reason", Reason).Add("limit", Limit).Add("uri", Uri).Add("range", Range);
}

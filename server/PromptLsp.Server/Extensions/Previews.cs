using PromptLsp.Server.Protocol;

namespace PromptLsp.Server.Extensions;

// docs/protocol.md says what these mean; they are not part of LSP.

internal sealed record PreviewParams(TextDocumentIdentifier TextDocument)
{
    public string? Sample { get; init; }
}

/// <summary>What the model would get.</summary>
internal sealed record PreviewResult(string[] Samples, PreviewMessage[] Messages)
{
    [System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.Never)]
    public int? DocumentVersion { get; init; }

    [System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.Never)]
    public string? Sample { get; init; }

    public int? Tokens { get; init; }

    public long? TokenLimit { get; init; }

    public PreviewFailure? Failure { get; init; }
}

internal sealed record PreviewMessage(string Role, bool History, PreviewPart[] Parts)
{
    public Protocol.Range? Range { get; init; }

    public int? Tokens { get; init; }
}

/// <summary>A <c>text</c> with its values, a <c>media</c> with its URL, or a <c>section</c> with its name.</summary>
internal sealed record PreviewPart(string Kind)
{
    public string? Text { get; init; }

    public PreviewValue[]? Values { get; init; }

    public string? Url { get; init; }

    public string? ContentType { get; init; }

    public string? Name { get; init; }
}

internal sealed record PreviewValue(int Start, int End, string Uri, Protocol.Range Range, string[] Inputs, bool Untrusted);

internal sealed record PreviewFailure(string Reason, bool Limit, string Uri, Protocol.Range Range);

using PromptLsp.Server.Protocol;

namespace PromptLsp.Server.Extensions;

internal sealed record StatusParams(TextDocumentIdentifier TextDocument);

/// <summary>One line's worth of facts about an open prompt.</summary>
internal sealed record StatusResult(string State, bool Modified)
{
    public string? Reason { get; init; }

    public VersionShape? Head { get; init; }

    public string[]? ChangedThrough { get; init; }

    public int? Tokens { get; init; }

    public long? TokenLimit { get; init; }

    public string? Model { get; init; }
}

/// <summary>What each side says of itself at <c>initialize</c>, under <c>capabilities.experimental</c>.</summary>
internal sealed record ExperimentalClientCapabilities
{
    public PromptLspClient? Promptlsp { get; init; }
}

/// <param name="Asks">The client can ask a person, and has the commands that we name.</param>
internal sealed record PromptLspClient(bool Asks = false);

internal sealed record ExperimentalServerCapabilities
{
    public PromptLspServer Promptlsp { get; } = new(Protocol: 1);
}

internal sealed record PromptLspServer(int Protocol);

internal sealed record InitializationOptions
{
    public bool? Trusted { get; init; }

    public bool? History { get; init; }
}

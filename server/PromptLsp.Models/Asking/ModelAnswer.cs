using System.Collections.Immutable;

namespace PromptLsp.Models.Asking;

/// <summary>What a model answered, and what it took.</summary>
public sealed record ModelAnswer
{
    public required string Text { get; init; }

    /// <summary>Tools that the model wants called, with their arguments as it wrote them.</summary>
    public ImmutableArray<ToolCall> ToolCalls { get; init; } = [];

    /// <summary>As the provider counts; null where it does not say.</summary>
    public long? InputTokens { get; init; }

    public long? OutputTokens { get; init; }

    /// <summary><c>stop</c>, <c>length</c>, <c>tool_calls</c>, <c>content_filter</c>.</summary>
    public string? FinishReason { get; init; }

    public required ProviderIdentity Identity { get; init; }

    public required TimeSpan Latency { get; init; }

    /// <summary>Null where nothing came.</summary>
    public TimeSpan? TimeToFirstToken { get; init; }
}

/// <param name="Arguments">JSON, if the model wrote it well.</param>
public readonly record struct ToolCall(string Name, string Arguments);

/// <summary>Who answered, by what the provider says of itself.</summary>
/// <param name="Model">The model that it names, which may be another than was asked.</param>
/// <param name="Fingerprint"><c>system_fingerprint</c>.</param>
/// <param name="Region">Or version, from a header.</param>
public sealed record ProviderIdentity(string Provider, string? Model, string? Fingerprint, string? Region)
{
    public override string ToString() => string.Join(' ', ((string?[])[Provider, Model, Fingerprint, Region]).OfType<string>());
}

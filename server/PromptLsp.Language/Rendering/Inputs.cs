using System.Collections.Immutable;
using PromptLsp.Language.Semantics;

namespace PromptLsp.Language.Rendering;

/// <summary>What a caller gives to a prompt. All values are <see cref="PromptValue"/> objects.</summary>
public sealed record Inputs
{
    public static Inputs None { get; } = new();

    /// <summary>The inputs by name; what is not given comes from the prompt's own <c>input.default</c>.</summary>
    public IReadOnlyDictionary<string, object?> Values { get; init; } = PromptValue.EmptyObject;

    /// <summary>Context variables by name; what is not given comes from the workspace.</summary>
    public IReadOnlyDictionary<string, object?> Context { get; init; } = PromptValue.EmptyObject;

    /// <summary>The conversation so far.</summary>
    public ImmutableArray<RenderedMessage> History { get; init; } = [];
}

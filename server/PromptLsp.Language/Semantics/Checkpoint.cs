using System.Collections.Immutable;
using PromptLsp.Language.Syntax.Body;

namespace PromptLsp.Language.Semantics;

/// <summary>How much was known of a body before one of its own nodes, so that binding can go on from there after an edit behind it.</summary>
/// <param name="Nodes">How many of the body's own nodes stand before.</param>
/// <param name="Role">The role of the message that goes on there; null where it depends on a branch.</param>
/// <param name="Starts">What may have begun that message.</param>
/// <param name="Symbols">How many symbols were declared before.</param>
/// <param name="Open">How many scopes were open.</param>
/// <param name="Facts">How many facts of each kind were known, in the order in which <see cref="BodyFacts"/> lists the kinds.</param>
internal sealed record Checkpoint(
    int Nodes,
    string? Role,
    ImmutableArray<CallExpression> Starts,
    bool ReadsUnknownNames,
    int Symbols,
    int Open,
    ImmutableArray<int> Facts)
{
    /// <summary>Before everything; messages that no role begins are the user's.</summary>
    public static Checkpoint Beginning { get; } = new(0, "user", [], false, 0, 0, []);

    /// <summary>How many nodes lie between two checkpoints.</summary>
    public const int Every = 16;
}

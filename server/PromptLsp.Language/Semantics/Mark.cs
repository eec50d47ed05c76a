using System.Collections.Immutable;
using PromptLsp.Language.Syntax.Body;

namespace PromptLsp.Language.Semantics;

/// <summary>How much was known of a body before one of its own nodes, so that binding can go on from there after an edit behind it.</summary>
/// <param name="Nodes">How many of the body's own nodes stand before.</param>
/// <param name="Role">The role of the message that goes on there; null where it depends on a branch.</param>
/// <param name="Starts">What may have begun that message.</param>
internal sealed record Mark(
    int Nodes,
    string? Role,
    ImmutableArray<CallExpression> Starts,
    bool ReadsUnknownNames,
    int Symbols,
    int Open,
    int References,
    int Members,
    int Keys,
    int Calls,
    int Outputs,
    int Conditions,
    int Comparisons,
    int Loops,
    int Messages,
    int Includes,
    int Stops,
    int Asked,
    int AssignedMembers)
{
    /// <summary>Before everything; messages that no role begins are the user's.</summary>
    public static Mark Beginning { get; } = new(0, "user", [], false, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    /// <summary>How many nodes lie between two marks.</summary>
    public const int Every = 16;
}

namespace PromptLsp.Releases.Gates;

/// <summary>One thing that must hold before a release comes into an environment, and whether it does.</summary>
/// <param name="Name">As <c>promptlsp.yaml</c> names it.</param>
/// <param name="Says">The evidence, or what lacks: one line without a full stop.</param>
public sealed record Gate(string Name, bool Holds, string Says);

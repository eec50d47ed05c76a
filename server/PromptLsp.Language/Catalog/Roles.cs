using System.Collections.Immutable;

namespace PromptLsp.Language.Catalog;

/// <summary>The roles that a message can have.</summary>
public static class Roles
{
    public static ImmutableArray<CatalogRole> All { get; } =
    [
        new("system", "The standing orders: who the model is and what it may do."),
        new("user", "What the person asks; text before the first role is theirs too."),
        new("model", "What the model said earlier, or an example of what it should say.") { Alias = "assistant" },
        new("tool", "What a tool that the model called gave back."),
        new("developer", "The application's orders, below the system's and above the user's."),
    ];

    /// <summary>A role by its name or its other name.</summary>
    public static CatalogRole? Find(string name) =>
        All.FirstOrDefault(r => string.Equals(r.Name, name, StringComparison.Ordinal) || string.Equals(r.Alias, name, StringComparison.Ordinal));
}

/// <summary>One role and what its messages are for.</summary>
public sealed record CatalogRole(string Name, string Summary)
{
    /// <summary>Another name for the same role.</summary>
    public string? Alias { get; init; }
}

namespace PromptLsp.Language.Catalog;

/// <summary>A model that the workspace allows. Prices are per million tokens; null where not said.</summary>
public sealed record ModelInfo(string Name, int? ContextWindow, double? InputPrice, double? OutputPrice)
{
    /// <summary>What the prices are in, of which there is one for the whole workspace.</summary>
    public string Currency { get; init; } = UsualCurrency;

    /// <summary>The name by which the user knows the model's provider; null where the model's own name says it. Never an address.</summary>
    public string? Provider { get; init; }

    /// <summary>What vendors state their prices in.</summary>
    public const string UsualCurrency = "USD";
}

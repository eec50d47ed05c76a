namespace PromptLsp.Language.Catalog;

/// <summary>A model that the workspace allows. Prices are per million tokens; null where not said.</summary>
public sealed record ModelInfo(string Name, int? ContextWindow, double? InputPrice, double? OutputPrice)
{
    /// <summary>What the prices are in, of which there is one for the whole workspace.</summary>
    public string Currency { get; init; } = UsualCurrency;

    /// <summary>What vendors state their prices in.</summary>
    public const string UsualCurrency = "USD";
}

namespace PromptLsp.Language.Catalog;

/// <summary>How much a finding matters; the order is the weight.</summary>
public enum Severity
{
    Off,
    Hint,
    Information,
    Warning,
    Error,
}

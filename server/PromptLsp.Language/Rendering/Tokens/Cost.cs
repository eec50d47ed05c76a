using System.Globalization;
using PromptLsp.Language.Semantics;

namespace PromptLsp.Language.Rendering;

/// <summary>What a prompt costs to send, by the price that the workspace states for its model. The answer's price is not in it.</summary>
/// <param name="Currency">As the workspace writes it: <c>USD</c>.</param>
public readonly record struct Cost(double Amount, string Currency)
{
    /// <summary>Null where no price is stated: unknown is not free.</summary>
    public static Cost? Of(PromptModel prompt, int tokens) =>
        prompt.Environment.FindModel(prompt.Header.Model) is { InputPrice: { } price } model ? new(price * tokens / 1_000_000, model.Currency) : null;

    public override string ToString() => Currency switch
    {
        "USD" => "$" + Digits,
        "EUR" => "€" + Digits,
        "GBP" => "£" + Digits,
        _ => $"{Digits} {Currency}",
    };

    // Two digits that say something, however small it is.
    private string Digits => Amount is 0 or >= 1
        ? Amount.ToString(Amount == 0 ? "0" : "#,0.00", CultureInfo.InvariantCulture)
        : Amount.ToString("F" + Math.Min(12, 1 - (int)Math.Floor(Math.Log10(Amount))), CultureInfo.InvariantCulture);
}

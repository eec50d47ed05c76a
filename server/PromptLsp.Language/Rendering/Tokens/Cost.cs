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

    /// <summary>What is too little to be read is said of more calls: <c>$0.0081 per 1,000 calls</c>.</summary>
    public override string ToString() => Amount switch
    {
        0 or >= Readable => Money(Amount),
        >= Readable / 1_000 => $"{Money(Amount * 1_000)} per 1,000 calls",
        _ => $"{Money(Amount * 1_000_000)} per million calls",
    };

    private const double Readable = 0.001;

    private string Money(double amount) => Currency switch
    {
        "USD" => "$" + Digits(amount),
        "EUR" => "€" + Digits(amount),
        "GBP" => "£" + Digits(amount),
        _ => $"{Digits(amount)} {Currency}",
    };

    // Two digits that say something, however small it is.
    private static string Digits(double amount) => amount is 0 or >= 1
        ? amount.ToString(amount == 0 ? "0" : "#,0.00", CultureInfo.InvariantCulture)
        : amount.ToString("F" + Math.Min(12, 1 - (int)Math.Floor(Math.Log10(amount))), CultureInfo.InvariantCulture);
}

using System.Globalization;
using PromptLsp.Language.Semantics;

namespace PromptLsp.Language.Rendering;

/// <summary>How many tokens the texts of a rendered prompt are, without what a provider adds around messages.</summary>
/// <param name="IsExact">False where the model counts differently, by up to some 15 %.</param>
public readonly record struct TokenCount(int Tokens, bool IsExact)
{
    /// <summary>How far another vendor's count may be off.</summary>
    public const double Tolerance = 0.15;

    /// <summary>Null while the counter is not loaded, or where there is none.</summary>
    public static TokenCount? Of(PromptModel prompt, RenderedPrompt rendered) =>
        prompt.Environment.Tokens(prompt.Header.Model ?? "") is { } counter
            ? new(rendered.Messages.Sum(m => m.Parts.OfType<TextPart>().Sum(p => counter.Count(p.Text))), counter.IsExact)
            : null;

    /// <summary>Surely more than a limit.</summary>
    public bool Exceeds(long limit) => Tokens > (IsExact ? limit : limit * (1 + Tolerance));

    public override string ToString() => (IsExact ? "" : "≈ ") + Tokens.ToString("N0", CultureInfo.InvariantCulture) + (Tokens == 1 ? " token" : " tokens");
}

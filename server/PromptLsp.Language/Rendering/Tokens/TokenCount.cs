using System.Globalization;
using PromptLsp.Language.Semantics;

namespace PromptLsp.Language.Rendering;

/// <summary>How many tokens the texts of a rendered prompt are, without what a provider adds around messages.</summary>
/// <param name="IsExact">False where the model counts differently, by up to some 15 %.</param>
/// <param name="Cost">Null where nobody has stated a price.</param>
public readonly record struct TokenCount(int Tokens, bool IsExact, Cost? Cost)
{
    /// <summary>How far another vendor's count may be off.</summary>
    public const double Tolerance = 0.15;

    /// <summary>Null while the counter is not loaded, or where there is none.</summary>
    public static TokenCount? Of(PromptModel prompt, RenderedPrompt rendered) =>
        prompt.Environment.Tokens(prompt.Header.Model ?? "") is { } counter
            ? Of(prompt, rendered.Messages.Sum(m => m.Parts.OfType<TextPart>().Sum(p => counter.Count(p.Text))), counter)
            : null;

    /// <summary>So many tokens, by this counter.</summary>
    public static TokenCount Of(PromptModel prompt, int tokens, TokenCounter counter) => new(tokens, counter.IsExact, Rendering.Cost.Of(prompt, tokens));

    /// <summary>Surely more than a limit.</summary>
    public bool Exceeds(long limit) => Tokens > (IsExact ? limit : limit * (1 + Tolerance));

    /// <summary><c>412 tokens · $0.00006</c></summary>
    public override string ToString() => Words + (Cost is { } cost ? $" · {About}{cost}" : "");

    /// <summary><c>412 tokens</c></summary>
    public string Words => About + Tokens.ToString("N0", CultureInfo.InvariantCulture) + (Tokens == 1 ? " token" : " tokens");

    private string About => IsExact ? "" : "≈ ";
}

using System.Globalization;
using PromptLsp.Language.Catalog;
using PromptLsp.Language.Semantics;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Linting;

/// <summary>A prompt that says nearly what another one says.</summary>
public sealed class NearCopy : Rule
{
    private const double Least = 0.75;

    public override string Id => "near-copy";

    public override RuleGroup Group => RuleGroup.Files;

    public override Severity Default => Severity.Hint;

    public override Pace Pace => Pace.Slow;

    public override IEnumerable<Finding> Find(PromptModel prompt, CancellationToken cancel)
    {
        if (TextSignature.Of(OwnText.Shingles(prompt)) is not { } signature)
            yield break;
        LikePrompt[] copies = [.. prompt.Environment.Like(signature, Least).Where(other => !AreVariants(prompt, other))
            .OrderByDescending(other => other.Share).ThenBy(other => other.Path, StringComparer.Ordinal)];
        if (copies is not [var nearest, ..])
            yield break;
        string share = nearest.Share >= 1 ? "all" : string.Create(CultureInfo.InvariantCulture, $"about {nearest.Share * 100:0} %");
        string others = copies.Length > 1 ? " and others say" : " says";
        yield return new(Place(prompt),
            $"{share} of what `{nearest.Path}`{others} stands here again; put what they share in a partial, or make them one prompt with an input");
    }

    // Variants of one prompt are there to differ in little.
    private static bool AreVariants(PromptModel prompt, LikePrompt other) =>
        prompt.Header.Name is not null && prompt.Header.Name == other.Name && prompt.Variant != other.Variant;

    private static TextSpan Place(PromptModel prompt) =>
        prompt.Document.FrontMatter.Keys?.Find("name")?.Value.Span ?? prompt.Document.FrontMatter.OpenFence ?? prompt.Document.Text.LineSpan(0);
}

using PromptLsp.Language.Text;

namespace PromptLsp.Language.Semantics;

/// <summary>Where comments turn rules off.</summary>
public sealed class Suppressions
{
    public static Suppressions None { get; } = new([]);

    /// <summary>Stands for the rule of a comment that names none.</summary>
    internal const string EveryRule = "";

    private readonly Dictionary<string, SpanSet> _byRule;

    internal Suppressions(IEnumerable<Suppressed> covered) =>
        _byRule = covered.GroupBy(c => c.Rule, c => c.Span, StringComparer.Ordinal).ToDictionary(g => g.Key, g => new SpanSet(g), StringComparer.Ordinal);

    /// <summary>True where a comment turns this rule off at the start of this span.</summary>
    public bool Covers(string rule, TextSpan span) =>
        _byRule.Count > 0 && (IsCovered(rule, span.Start) || IsCovered(EveryRule, span.Start));

    private bool IsCovered(string rule, int offset) => _byRule.TryGetValue(rule, out SpanSet? covered) && covered.Touches(offset);
}

/// <summary>A rule, and a part of the text where a comment turns it off.</summary>
internal sealed record Suppressed(string Rule, TextSpan Span);

using PromptLsp.Language.Text;

namespace PromptLsp.Language.Semantics;

/// <summary>Where comments turn rules off.</summary>
public sealed class Suppressions
{
    public static Suppressions None { get; } = new([]);

    private readonly (string? Rule, TextSpan Span)[] _covered;

    internal Suppressions((string? Rule, TextSpan Span)[] covered) => _covered = covered;

    /// <summary>True where a comment turns this rule off at the start of this span.</summary>
    public bool Covers(string rule, TextSpan span)
    {
        foreach (var (covered, where) in _covered)
        {
            if (where.Touches(span.Start) && (covered is null || string.Equals(covered, rule, StringComparison.Ordinal)))
                return true;
        }
        return false;
    }
}

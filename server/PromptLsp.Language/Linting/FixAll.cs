using System.Collections.Immutable;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Linting;

/// <summary>The fixes that are surely right and do not get in one another's way; of two that do, the first.</summary>
public static class FixAll
{
    public static ImmutableArray<Fix> Of(IEnumerable<Finding> findings)
    {
        var chosen = ImmutableArray.CreateBuilder<Fix>();
        var taken = new List<TextSpan>();
        foreach (Finding finding in findings)
        {
            Fix? fix = finding.Fixes.FirstOrDefault(f => f is { IsSafe: true, NewFile: null, Edits.IsEmpty: false });
            if (fix is null || fix.Edits.Any(e => taken.Exists(t => Clash(t, e.Span))))
                continue;
            chosen.Add(fix);
            taken.AddRange(fix.Edits.Select(e => e.Span));
        }
        return chosen.ToImmutable();
    }

    // Two insertions at one place would stand in an order that nobody chose.
    private static bool Clash(TextSpan a, TextSpan b) => a.Overlaps(b) || a.Start == b.Start;
}

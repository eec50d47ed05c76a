using System.Collections.Immutable;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Linting;

/// <summary>The edits of all fixes that are surely right and do not get in one another's way; of two that do, the first.</summary>
public static class SafeEdits
{
    public static ImmutableArray<TextEdit> Of(IEnumerable<Finding> findings)
    {
        var taken = new List<TextEdit>();
        foreach (Finding finding in findings)
        {
            Fix? fix = finding.Fixes.FirstOrDefault(f => f is { IsSafe: true, NewFile: null, Edits.IsEmpty: false });
            if (fix is not null && !fix.Edits.Any(e => taken.Exists(t => Clash(t, e))))
                taken.AddRange(fix.Edits);
        }
        return [.. taken.OrderBy(e => e.Span.Start)];
    }

    // Two insertions at one place would stand in an order that nobody chose.
    private static bool Clash(TextEdit a, TextEdit b) => a.Span.Overlaps(b.Span) || a.Span.Start == b.Span.Start;
}

using System.Globalization;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Syntax;

/// <summary>What git leaves where two branches changed the same lines: both sides, between three lines of marks.</summary>
public static class MergeConflict
{
    private const string Begin = "<<<<<<< ", Between = "=======", End = ">>>>>>> ";

    /// <summary>Each as a problem at its first line. A mark without the others is text as any.</summary>
    public static IEnumerable<Problem> In(SourceText text) => text.Content.Contains(Begin, StringComparison.Ordinal) ? Read(text) : [];

    private static IEnumerable<Problem> Read(SourceText text)
    {
        TextSpan? begun = null;
        bool isSecondSide = false;
        for (int line = 0; line < text.LineCount; line++)
        {
            TextSpan span = text.LineSpan(line);
            ReadOnlySpan<char> content = text.Slice(span);
            if (content.StartsWith(Begin, StringComparison.Ordinal))
            {
                (begun, isSecondSide) = (span, false);
            }
            else if (content.SequenceEqual(Between))
            {
                isSecondSide = begun is not null;
            }
            else if (isSecondSide && begun is { } first && content.StartsWith(End, StringComparison.Ordinal))
            {
                string last = (line + 1).ToString(CultureInfo.InvariantCulture);
                yield return new(first, $"an unresolved merge, down to line {last}; keep what holds of its two sides, and remove the lines of marks");
                (begun, isSecondSide) = (null, false);
            }
        }
    }
}

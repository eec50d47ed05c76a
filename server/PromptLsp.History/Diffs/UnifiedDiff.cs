using System.Globalization;
using System.Text;

namespace PromptLsp.History.Diffs;

/// <summary>A difference in the form that <c>patch</c> and people read.</summary>
public static class UnifiedDiff
{
    /// <summary>What stands under a last line that has no line end.</summary>
    public const string NoLineEnd = "\\ No newline at end of file";

    /// <returns>Nothing at all where the texts are the same.</returns>
    public static string Of(LineDiff diff, string oldName, string newName, int context = 3)
    {
        if (diff.IsEmpty)
            return "";
        var text = new StringBuilder().Append("--- ").Append(oldName).Append('\n').Append("+++ ").Append(newName).Append('\n');
        foreach (Hunk hunk in diff.Hunks(context))
        {
            text.Append(Heading(hunk)).Append('\n');
            foreach (DiffRow row in hunk.Rows)
            {
                text.Append(Sign(row.Kind)).Append(row.Text).Append('\n');
                if (row.LacksLineEnd)
                    text.Append(NoLineEnd).Append('\n');
            }
        }
        return text.ToString();
    }

    /// <summary><c>@@ -3,7 +3,6 @@</c>: where the hunk begins and how long it is, on both sides.</summary>
    public static string Heading(Hunk hunk) => $"@@ -{Range(hunk.OldStart, hunk.OldCount)} +{Range(hunk.NewStart, hunk.NewCount)} @@";

    public static char Sign(RowKind kind) => kind switch
    {
        RowKind.Removed => '-',
        RowKind.Added => '+',
        _ => ' ',
    };

    // An empty range names the line before it.
    private static string Range(int start, int count) => count == 1
        ? (start + 1).ToString(CultureInfo.InvariantCulture)
        : string.Create(CultureInfo.InvariantCulture, $"{(count == 0 ? start : start + 1)},{count}");
}

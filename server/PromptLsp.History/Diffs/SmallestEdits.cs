using System.Collections.Immutable;
using System.Text;

namespace PromptLsp.History.Diffs;

/// <summary>The edits by whole lines that turn one text into another and leave every other line alone, cursors and marks on it included.</summary>
public static class SmallestEdits
{
    /// <summary>Edits after which the text is exactly the new one, line ends included.</summary>
    public static ImmutableArray<TextReplacement> Of(string old, string @new)
    {
        string[] oldLines = TextLines.Of(old), newLines = TextLines.Of(@new);
        return Edits(oldLines, newLines, Changes.Of(oldLines, newLines));
    }

    /// <summary>
    /// Edits after which the text has the new one's fingerprint, but its own kind of line ends: an editor on Windows keeps its own for a
    /// version that was saved elsewhere.
    /// </summary>
    public static ImmutableArray<TextReplacement> KeepingLineEnds(string old, string @new)
    {
        string[] oldLines = TextLines.Of(old),
            newLines = TextLines.Of(Fingerprint.Canonical(@new));
        string[] oldCanonical = [.. oldLines.Select((line, i) => i == 0 ? Fingerprint.Canonical(line) : EndMadePlain(line))];
        string end = LineEndOf(oldLines);
        ImmutableArray<TextReplacement> edits = Edits(
            oldLines,
            [.. newLines.Select(l => l.Replace("\n", end, StringComparison.Ordinal))],
            Changes.Of(oldCanonical, newLines)
        );
        // Where kinds of line ends are mixed, a `\r` and a `\n` of two lines could come to stand together and be one.
        return Fingerprint.Of(Apply(old, edits)) == Fingerprint.Of(@new) ? edits : Of(old, @new);
    }

    /// <summary>The text after the edits.</summary>
    public static string Apply(string text, ImmutableArray<TextReplacement> edits)
    {
        var result = new StringBuilder(text.Length);
        int done = 0;
        foreach (TextReplacement edit in edits)
        {
            result.Append(text, done, edit.Start - done).Append(edit.NewText);
            done = edit.Start + edit.Length;
        }
        return result.Append(text, done, text.Length - done).ToString();
    }

    private static ImmutableArray<TextReplacement> Edits(string[] oldLines, string[] newLines, ImmutableArray<Change> changes)
    {
        var edits = ImmutableArray.CreateBuilder<TextReplacement>(changes.Length);
        int line = 0, offset = 0;
        foreach (Change change in changes)
        {
            while (line < change.OldStart)
                offset += oldLines[line++].Length;
            int start = offset;
            while (line < change.OldEnd)
                offset += oldLines[line++].Length;
            edits.Add(new(start, offset - start, string.Concat(newLines.AsSpan(change.NewStart, change.NewCount)!)));
        }
        return edits.MoveToImmutable();
    }

    private static string EndMadePlain(string line) => TextLines.WithoutEnd(line) is var text && text.Length < line.Length ? text + "\n" : line;

    private static string LineEndOf(string[] lines) =>
        lines is [var first, ..] && first[TextLines.WithoutEnd(first).Length..] is { Length: > 0 } end ? end : "\n";
}

/// <summary>Puts a text in the place of some characters. Offsets count UTF-16 characters of the text before any edit.</summary>
public sealed record TextReplacement(int Start, int Length, string NewText);

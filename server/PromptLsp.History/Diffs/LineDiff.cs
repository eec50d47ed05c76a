using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace PromptLsp.History.Diffs;

/// <summary>What was changed from one text to another, by lines. Line ends of another kind are no change; a missing one at the end is.</summary>
public sealed class LineDiff
{
    private LineDiff(string[] old, string[] @new)
    {
        Old = ImmutableCollectionsMarshal.AsImmutableArray(old);
        New = ImmutableCollectionsMarshal.AsImmutableArray(@new);
        Changes = Diffs.Changes.Of(old, @new);
    }

    public static LineDiff Of(string old, string @new) => new(TextLines.Of(Fingerprint.Canonical(old)), TextLines.Of(Fingerprint.Canonical(@new)));

    /// <summary>The old lines with their ends <c>\n</c>, which the last one may lack.</summary>
    public ImmutableArray<string> Old { get; }

    public ImmutableArray<string> New { get; }

    /// <summary>In order, with at least one common line between two of them.</summary>
    public ImmutableArray<Change> Changes { get; }

    public bool IsEmpty => Changes.IsEmpty;

    /// <summary>How many lines the new text has that the old one has not.</summary>
    public int Added => Changes.Sum(c => c.NewCount);

    public int Removed => Changes.Sum(c => c.OldCount);

    /// <summary>The changes with some lines around them; those whose surroundings touch stand together.</summary>
    /// <param name="context">How many common lines to show before and behind a change.</param>
    public ImmutableArray<Hunk> Hunks(int context = 3)
    {
        var hunks = ImmutableArray.CreateBuilder<Hunk>();
        for (int first = 0; first < Changes.Length;)
        {
            int next = first + 1;
            while (next < Changes.Length && Changes[next].OldStart - Changes[next - 1].OldEnd <= 2 * context)
                next++;
            hunks.Add(HunkOf(Changes.AsSpan(first, next - first), context));
            first = next;
        }
        return hunks.ToImmutable();
    }

    private Hunk HunkOf(ReadOnlySpan<Change> changes, int context)
    {
        int before = Math.Min(context, changes[0].OldStart), after = Math.Min(context, Old.Length - changes[^1].OldEnd);
        int oldStart = changes[0].OldStart - before, newStart = changes[0].NewStart - before;
        var rows = ImmutableArray.CreateBuilder<DiffRow>();
        int oldLine = oldStart, newLine = newStart;
        foreach (Change change in changes)
        {
            while (oldLine < change.OldStart)
                rows.Add(Same(oldLine++, newLine++));
            rows.AddRange(RowsOf(change));
            (oldLine, newLine) = (change.OldEnd, change.NewEnd);
        }
        for (int i = 0; i < after; i++)
            rows.Add(Same(oldLine++, newLine++));
        return new(oldStart, oldLine - oldStart, newStart, newLine - newStart, rows.ToImmutable());
    }

    private DiffRow Same(int oldLine, int newLine) => new(RowKind.Same, oldLine, newLine, Old[oldLine], []);

    private IEnumerable<DiffRow> RowsOf(Change change)
    {
        (ImmutableArray<ImmutableArray<Emphasis>> old, ImmutableArray<ImmutableArray<Emphasis>> @new) =
            WordDiff.Of(Old.AsSpan(change.OldStart, change.OldCount), New.AsSpan(change.NewStart, change.NewCount));
        for (int i = 0; i < change.OldCount; i++)
            yield return new(RowKind.Removed, change.OldStart + i, null, Old[change.OldStart + i], old[i]);
        for (int i = 0; i < change.NewCount; i++)
            yield return new(RowKind.Added, null, change.NewStart + i, New[change.NewStart + i], @new[i]);
    }
}

/// <summary>Changes with the lines around them. Starts count from 0.</summary>
public sealed record Hunk(int OldStart, int OldCount, int NewStart, int NewCount, ImmutableArray<DiffRow> Rows)
{
    /// <summary>The rows as two columns: a common line stands in both, changed ones beside those that stand for them.</summary>
    public IEnumerable<(DiffRow? Old, DiffRow? New)> SideBySide()
    {
        for (int at = 0; at < Rows.Length;)
        {
            if (Rows[at].Kind == RowKind.Same)
            {
                yield return (Rows[at], Rows[at]);
                at++;
                continue;
            }
            int removed = Run(at, RowKind.Removed), added = Run(at + removed, RowKind.Added);
            for (int i = 0; i < Math.Max(removed, added); i++)
                yield return (i < removed ? Rows[at + i] : null, i < added ? Rows[at + removed + i] : null);
            at += removed + added;
        }
    }

    private int Run(int from, RowKind kind) => Rows.Skip(from).TakeWhile(r => r.Kind == kind).Count();
}

public enum RowKind
{
    Same,
    Removed,
    Added,
}

/// <summary>One line of a difference.</summary>
/// <param name="OldLine">From 0; null for an added line.</param>
/// <param name="NewLine">From 0; null for a removed line.</param>
/// <param name="Line">With its line end <c>\n</c>, which the last line of a text may lack.</param>
/// <param name="Words">What in the line was changed, in order; empty where that is all of it or cannot be told.</param>
public sealed record DiffRow(RowKind Kind, int? OldLine, int? NewLine, string Line, ImmutableArray<Emphasis> Words)
{
    /// <summary>The line without its end.</summary>
    public string Text => LacksLineEnd ? Line : Line[..^1];

    public bool LacksLineEnd => !Line.EndsWith('\n');
}

/// <summary>A part of a line, in UTF-16 characters from the line's start.</summary>
public sealed record Emphasis(int Start, int Length)
{
    public int End => Start + Length;
}

using System.Collections.Immutable;
using PromptLsp.History.Diffs;
using PromptLsp.History.Store;

namespace PromptLsp.History.Lines;

/// <summary>Which version last changed each line of a text.</summary>
public static class LineHistory
{
    /// <summary>A line that differs from the newest version: it is in none yet.</summary>
    public const int InNoVersion = -1;

    /// <param name="text">The text whose lines are asked for: the newest version, or what an editor has now.</param>
    /// <param name="versions">How many versions there are.</param>
    /// <param name="textOf">The text of a version, from 0, the newest, on. Asked in this order, each once, and only while lines are unexplained.</param>
    /// <param name="madeFrom">The index of the version that a version was made from, if that is not the next one.</param>
    /// <returns>
    /// For each line its version's index, or <see cref="InNoVersion"/>. What stands behind the last line end is a line only if it is not empty.
    /// </returns>
    public static ImmutableArray<int> Of(string text, int versions, Func<int, string> textOf, CancellationToken cancel, Func<int, int>? madeFrom = null)
    {
        string newer = Fingerprint.Canonical(text);
        int[] found = new int[LineCount(newer)];
        Array.Fill(found, InNoVersion);
        // For each line of the newer text the line of ours that it is, while nothing explains it.
        var open = new List<Open>(found.Length);
        for (int line = 0; line < found.Length; line++)
            open.Add(new(line, line));
        int last = InNoVersion;
        for (int version = 0; version < versions && open.Count > 0; version = madeFrom?.Invoke(version) ?? version + 1)
        {
            cancel.ThrowIfCancellationRequested();
            string older = Fingerprint.Canonical(textOf(version));
            foreach (Open line in open)
                found[line.Asked] = last;
            if (older != newer)
                open = OpenInOlder(open, LineChanges.Of(older, newer));
            newer = older;
            last = version;
        }
        // What the oldest version has already began with it.
        foreach (Open line in open)
            found[line.Asked] = last;
        return [.. found];
    }

    /// <summary>
    /// The same of versions in a store, which are read some at a time. A text that comes again is as it was the first time: who brings it back has
    /// written none of it. An erased version counts as empty: every line seems new in the one after it.
    /// </summary>
    /// <param name="newestFirst">Of one prompt, without a gap.</param>
    public static ImmutableArray<int> Of(HistoryStore store, string text, ImmutableArray<PromptVersion> newestFirst, CancellationToken cancel)
    {
        ImmutableArray<string?> read = [];
        int from = 0, count = FirstRead;
        Dictionary<string, int> began = [];
        for (int i = 0; i < newestFirst.Length; i++)
            began[newestFirst[i].Fingerprint] = i;
        return Of(text, newestFirst.Length, Text, cancel, MadeFrom);

        int MadeFrom(int version)
        {
            PromptVersion at = newestFirst[version];
            if (began[at.Fingerprint] is var first && first > version)
                return first;
            // Numbers have no gap.
            return at.Source is { } source && source < at.Number ? version + (int)Math.Min((long)at.Number - source, newestFirst.Length) : version + 1;
        }

        string Text(int version)
        {
            if (version >= from + read.Length)
            {
                from = version;
                read = store.Texts([.. newestFirst.Skip(from).Take(count)]);
                // Mostly the first few explain all lines; else the many behind them are unpacked together.
                count = Math.Min(count * 2, MostRead);
            }
            return read[version - from] ?? "";
        }
    }

    /// <summary>What was found for a text, for the same text edited since: a line that it did not have is in no version.</summary>
    public static ImmutableArray<int> Edited(ImmutableArray<int> found, string text, string edited)
    {
        string older = Fingerprint.Canonical(text), newer = Fingerprint.Canonical(edited);
        int[] now = new int[LineCount(newer)];
        Array.Fill(now, InNoVersion);
        List<Open> lines = [.. Enumerable.Range(0, now.Length).Select(line => new Open(line, line))];
        foreach (Open line in OpenInOlder(lines, LineChanges.Of(older, newer)))
            now[line.Asked] = found[line.Line];
        return [.. now];
    }

    private const int FirstRead = 8, MostRead = 16;

    private readonly record struct Open(int Line, int Asked);

    // Lines that the newer text alone has are explained by it; the others stand somewhere in the older one.
    private static List<Open> OpenInOlder(List<Open> open, ImmutableArray<Change> changes)
    {
        var still = new List<Open>(open.Count);
        int next = 0, shift = 0;
        foreach (Open line in open)
        {
            for (; next < changes.Length && changes[next].NewEnd <= line.Line; next++)
                shift += changes[next].OldCount - changes[next].NewCount;
            bool isNew = next < changes.Length && changes[next].NewStart <= line.Line;
            if (!isNew)
                still.Add(line with { Line = line.Line + shift });
        }
        return still;
    }

    private static int LineCount(string canonical) => canonical.AsSpan().Count('\n') + (canonical.Length > 0 && canonical[^1] != '\n' ? 1 : 0);
}

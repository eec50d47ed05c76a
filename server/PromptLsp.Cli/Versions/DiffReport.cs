using System.Globalization;
using System.Text.Json;
using PromptLsp.Cli.Reports;
using PromptLsp.History.Diffs;

namespace PromptLsp.Cli.Versions;

/// <summary>A difference for people, as <c>patch</c> reads it or in two columns, and for programs.</summary>
internal static class DiffReport
{
    /// <summary>One column above another; what is changed in a line stands out where there are colours.</summary>
    public static void WriteUnified(LineDiff diff, string oldName, string newName, Terminal terminal)
    {
        if (diff.IsEmpty)
            return;
        Paint paint = terminal.Paint;
        terminal.Out.WriteLine(paint.Bold("--- " + VersionText.Visible(oldName)));
        terminal.Out.WriteLine(paint.Bold("+++ " + VersionText.Visible(newName)));
        foreach (Hunk hunk in diff.Hunks())
        {
            terminal.Out.WriteLine(paint.Cyan(UnifiedDiff.Heading(hunk)));
            foreach (DiffRow row in hunk.Rows)
            {
                terminal.Out.Write(Painted(row, UnifiedDiff.Sign(row.Kind).ToString(), isChanged: false, paint));
                foreach ((string text, bool isChanged) in Pieces(row))
                    terminal.Out.Write(Painted(row, terminal.IsInteractive ? VersionText.Visible(text) : text, isChanged, paint));
                terminal.Out.WriteLine();
                if (row.LacksLineEnd)
                    terminal.Out.WriteLine(UnifiedDiff.NoLineEnd);
            }
        }
    }

    /// <summary>The old lines on the left, the new ones on the right; long ones go on below.</summary>
    public static void WriteSideBySide(LineDiff diff, string oldName, string newName, Terminal terminal)
    {
        if (diff.IsEmpty)
            return;
        Paint paint = terminal.Paint;
        int digits = Math.Max(2, Math.Max(diff.Old.Length, diff.New.Length).ToString(CultureInfo.InvariantCulture).Length);
        int width = Math.Max(10, (terminal.Width - 3) / 2 - digits - 2);
        terminal.Out.WriteLine(
            $"{paint.Bold(new Column(oldName, width + digits + 2).Lines[0])} │ {paint.Bold(new Column(newName, width + digits + 2).Lines[0].TrimEnd())}"
        );
        bool isFirst = true;
        foreach (Hunk hunk in diff.Hunks())
        {
            if (!isFirst)
                terminal.Out.WriteLine(paint.Dim($"{new string('┄', width + digits + 3)}┼{new string('┄', width + digits + 3)}"));
            isFirst = false;
            foreach ((DiffRow? old, DiffRow? @new) in hunk.SideBySide())
                WriteRow(old, @new, digits, width, terminal);
        }
    }

    public static void WriteMembers(LineDiff diff, Utf8JsonWriter writer)
    {
        writer.Member("added", diff.Added);
        writer.Member("removed", diff.Removed);
        writer.WriteStartArray("hunks");
        foreach (Hunk hunk in diff.Hunks())
        {
            writer.WriteStartObject();
            writer.Member("oldStart", hunk.OldStart);
            writer.Member("oldCount", hunk.OldCount);
            writer.Member("newStart", hunk.NewStart);
            writer.Member("newCount", hunk.NewCount);
            writer.WriteStartArray("lines");
            foreach (DiffRow row in hunk.Rows)
                Write(row, writer);
            writer.WriteEndArray();
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }

    private static void Write(DiffRow row, Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.Member("kind", row.Kind switch { RowKind.Added => "added", RowKind.Removed => "removed", _ => "same" });
        writer.Member("text", row.Text);
        if (!row.Words.IsEmpty)
        {
            writer.WriteStartArray("words");
            foreach (Emphasis word in row.Words)
            {
                writer.WriteStartObject();
                writer.Member("start", word.Start);
                writer.Member("end", word.End);
                writer.WriteEndObject();
            }
            writer.WriteEndArray();
        }
        writer.WriteEndObject();
    }

    private static void WriteRow(DiffRow? old, DiffRow? @new, int digits, int width, Terminal terminal)
    {
        Column left = ColumnOf(old, width, terminal.Paint),
            right = ColumnOf(@new, width, terminal.Paint);
        for (int line = 0; line < Math.Max(left.Lines.Count, right.Lines.Count); line++)
        {
            string number = Number(line == 0 ? old?.OldLine : null, digits, terminal.Paint),
                other = Number(line == 0 ? @new?.NewLine : null, digits, terminal.Paint);
            terminal.Out.WriteLine($"{number}  {left.At(line)} │ {other}  {right.At(line).TrimEnd()}".TrimEnd());
        }
    }

    private static string Number(int? line, int digits, Paint paint) =>
        line is { } number ? paint.Dim((number + 1).ToString(CultureInfo.InvariantCulture).PadLeft(digits)) : new string(' ', digits);

    private static Column ColumnOf(DiffRow? row, int width, Paint paint) =>
        row is null ? new Column("", width) : new Column(Pieces(row), width, (text, isChanged) => Painted(row, text, isChanged, paint));

    private static IEnumerable<(string Text, bool IsChanged)> Pieces(DiffRow row)
    {
        int done = 0;
        foreach (Emphasis word in row.Words)
        {
            yield return (row.Text[done..word.Start], false);
            yield return (row.Text[word.Start..word.End], true);
            done = word.End;
        }
        yield return (row.Text[done..], false);
    }

    private static string Painted(DiffRow row, string text, bool isChanged, Paint paint) => text.Length == 0 ? "" : row.Kind switch
    {
        RowKind.Removed => paint.Removed(text, isChanged),
        RowKind.Added => paint.Added(text, isChanged),
        _ => text,
    };
}

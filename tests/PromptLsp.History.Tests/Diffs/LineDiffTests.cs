using System.Text;
using PromptLsp.History.Diffs;
using Xunit;

namespace PromptLsp.History.Tests.Diffs;

public sealed class LineDiffTests
{
    [Fact]
    public void A_changed_line_is_shown_between_its_neighbours() => Diff(
        """
        one
        two
        three
        four
        five
        """, """
        one
        two
        3
        four
        five
        """, context: 1, expected: """
        --- old
        +++ new
        @@ -2,3 +2,3 @@
         two
        -three
        +3
         four

        """);

    [Fact]
    public void Changes_that_are_close_stand_together_and_others_apart() => Diff(
        "1\n2\n3\n4\n5\n6\n7\n8\n9\n", "1\nx\n3\n4\nx\n6\n7\n8\nx\n", context: 1, expected: """
        --- old
        +++ new
        @@ -1,6 +1,6 @@
         1
        -2
        +x
         3
         4
        -5
        +x
         6
        @@ -8,2 +8,2 @@
         8
        -9
        +x

        """);

    [Fact]
    public void Lines_before_the_first_one_and_behind_the_last_one_are_counted_as_patch_counts_them() => Diff(
        "a\n", "first\na\nlast\n", context: 0, expected: """
        --- old
        +++ new
        @@ -0,0 +1 @@
        +first
        @@ -1,0 +3 @@
        +last

        """);

    [Fact]
    public void A_missing_line_end_at_the_end_is_a_change() => Diff(
        "a\nb", "a\nb\n", context: 1, expected: """
        --- old
        +++ new
        @@ -1,2 +1,2 @@
         a
        -b
        \ No newline at end of file
        +b

        """);

    [Theory]
    [InlineData("", "")]
    [InlineData("a\nb\n", "a\nb\n")]
    [InlineData("a\nb\n", "a\r\nb\r")]
    [InlineData("a\n", "\uFEFFa\n")]
    public void What_has_one_fingerprint_does_not_differ(string old, string @new)
    {
        LineDiff diff = LineDiff.Of(old, @new);
        Assert.True(diff.IsEmpty);
        Assert.Equal("", UnifiedDiff.Of(diff, "old", "new"));
        Assert.Equal((0, 0), (diff.Added, diff.Removed));
    }

    [Fact]
    public void Added_and_removed_lines_are_counted()
    {
        LineDiff diff = LineDiff.Of("a\nb\nc\n", "a\nx\ny\nc\nd\n");
        Assert.Equal((3, 1), (diff.Added, diff.Removed));
    }

    [Fact]
    public void Changed_words_are_marked() => Words(
        "Answer {{ customer.name }} in a friendly way.\n", "Answer {{ customer.nick }} in a very friendly way.\n",
        """
        - Answer {{ customer.[name] }} in a friendly way.
        + Answer {{ customer.[nick] }} in a[ very] friendly way.

        """);

    [Fact]
    public void Changed_words_that_are_neighbours_are_marked_as_one() => Words(
        "Hello, I am {{ customer }}.\n", "Hello, my name is {{ customer }}.\n",
        """
        - Hello, [I am] {{ customer }}.
        + Hello, [my name is] {{ customer }}.

        """);

    [Fact]
    public void Words_that_moved_to_another_line_are_no_change() => Words(
        "Be short and be friendly\n", "Be short\nand be kind\n",
        """
        - Be short[ ]and be [friendly]
        + Be short
        + and be [kind]

        """);

    [Fact]
    public void A_line_written_anew_has_no_marks() => Words(
        "Nothing of this stays, except a blank.\n", "All is different\n",
        """
        - Nothing of this stays, except a blank.
        + All is different

        """);

    [Fact]
    public void Without_blanks_each_character_stands_for_itself_and_none_is_cut() => Words(
        "簡潔に答えてください😀\n", "丁寧に答えてください😁\n",
        """
        - [簡潔]に答えてください[😀]
        + [丁寧]に答えてください[😁]

        """);

    [Fact]
    public void Columns_put_a_line_beside_the_one_that_stands_for_it()
    {
        Hunk hunk = Assert.Single(LineDiff.Of("a\nb\nc\n", "a\nx\ny\nc\n").Hunks());
        Assert.Equal([("a", "a"), ("b", "x"), (null, "y"), ("c", "c")], hunk.SideBySide().Select(p => (p.Old?.Text, p.New?.Text)));
    }

    [Fact]
    public void A_difference_turns_the_old_text_into_the_new_one()
    {
        foreach ((string old, string @new) in RandomTexts.Pairs(2_000))
        {
            LineDiff diff = LineDiff.Of(old, @new);
            Assert.Equal(Fingerprint.Of(old) == Fingerprint.Of(@new), diff.IsEmpty);
            foreach (int context in (int[])[0, 3])
                Assert.Equal(diff.New, Patched(diff, context));
            Assert.All(
                diff.Hunks().SelectMany(h => h.Rows).SelectMany(r => r.Words.Select(w => (w, r))),
                p => Assert.InRange(p.w.End, p.w.Start + 1, p.r.Text.Length)
            );
        }
    }

    [Fact]
    public void Long_texts_without_anything_in_common_are_replaced_as_a_whole_and_not_searched_for_ever()
    {
        string old = string.Concat(Enumerable.Range(0, 50_000).Select(i => $"old {i}\n")),
            @new = string.Concat(Enumerable.Range(0, 50_000).Select(i => $"new {i}\n"));
        Assert.Equal([new Change(1, 50_000, 1, 50_000)], LineDiff.Of($"a\n{old}z\n", $"a\n{@new}z\n").Changes);
    }

    [Fact]
    public void In_long_texts_changes_far_apart_are_found_one_by_one()
    {
        string[] lines = [.. Enumerable.Range(0, 50_000).Select(i => i % 10 == 0 ? $"line {i}" : "the same everywhere")];
        string[] changed = [.. lines];
        changed[20] = "changed";
        changed[49_900] = "changed too";
        Assert.Equal([new Change(20, 1, 20, 1), new Change(49_900, 1, 49_900, 1)], LineDiff.Of(string.Join('\n', lines), string.Join('\n', changed)).Changes);
    }

    private static void Diff(string old, string @new, int context, string expected) =>
        Assert.Equal(
            expected.ReplaceLineEndings("\n"),
            UnifiedDiff.Of(LineDiff.Of(old.ReplaceLineEndings("\n"), @new.ReplaceLineEndings("\n")), "old", "new", context)
        );

    private static void Words(string old, string @new, string expected)
    {
        var shown = new StringBuilder();
        foreach (DiffRow row in LineDiff.Of(old, @new).Hunks().SelectMany(h => h.Rows))
        {
            shown.Append(UnifiedDiff.Sign(row.Kind)).Append(' ');
            int done = 0;
            foreach (Emphasis word in row.Words)
            {
                shown.Append(row.Text, done, word.Start - done).Append('[').Append(row.Text, word.Start, word.Length).Append(']');
                done = word.End;
            }
            shown.Append(row.Text, done, row.Text.Length - done).Append('\n');
        }
        Assert.Equal(expected.ReplaceLineEndings("\n"), shown.ToString());
    }

    private static List<string> Patched(LineDiff diff, int context)
    {
        var result = new List<string>();
        int done = 0;
        foreach (Hunk hunk in diff.Hunks(context))
        {
            result.AddRange(diff.Old[done..hunk.OldStart]);
            Assert.Equal(hunk.NewStart, result.Count);
            Assert.Equal(diff.Old[hunk.OldStart..(hunk.OldStart + hunk.OldCount)], hunk.Rows.Where(r => r.Kind != RowKind.Added).Select(r => r.Line));
            result.AddRange(hunk.Rows.Where(r => r.Kind != RowKind.Removed).Select(r => r.Line));
            Assert.Equal(hunk.NewStart + hunk.NewCount, result.Count);
            done = hunk.OldStart + hunk.OldCount;
        }
        result.AddRange(diff.Old[done..]);
        return result;
    }
}

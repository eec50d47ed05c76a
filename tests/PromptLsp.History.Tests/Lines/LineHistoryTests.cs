using System.Collections.Immutable;
using PromptLsp.History.Diffs;
using PromptLsp.History.Lines;
using PromptLsp.History.Tests.Diffs;
using Xunit;

namespace PromptLsp.History.Tests.Lines;

/// <summary>Versions stand newest first; each line of the expectation begins with the index of the version that last changed it.</summary>
public sealed class LineHistoryTests
{
    [Fact]
    public void Each_line_is_of_the_version_that_last_changed_it() => Lines(
        "You are kind.\nBe short.\nBye\n",
        ["You are kind.\nBe short.\nBye\n", "You are kind.\nBye\n", "You are good.\nBye\n"],
        "1 You are kind.\n0 Be short.\n2 Bye\n");

    [Fact]
    public void What_is_not_saved_yet_is_in_no_version() => Lines(
        "new\na\nb changed\n", ["a\nb\n"], "-1 new\n0 a\n-1 b changed\n");

    [Fact]
    public void A_line_that_was_away_for_a_time_is_of_the_version_that_brought_it_back() => Lines(
        "a\nb\n", ["a\nb\n", "a\n", "a\nb\n"], "2 a\n0 b\n");

    [Fact]
    public void A_line_that_moves_down_keeps_its_version() => Lines(
        "0\n1\nx\n", ["0\n1\nx\n", "1\nx\n", "x\n"], "0 0\n1 1\n2 x\n");

    [Fact]
    public void A_line_end_that_the_last_line_gets_changes_that_line() => Lines(
        "a\nb\n", ["a\nb\n", "a\nb"], "1 a\n0 b\n");

    [Fact]
    public void Kinds_of_line_ends_change_nothing() => Lines(
        "a\r\nb\r\n", ["a\nb\n", "\uFEFFa\rb\r"], "1 a\n1 b\n");

    [Fact]
    public void Without_versions_every_line_is_in_none() => Lines("a\n", [], "-1 a\n");

    [Fact]
    public void An_empty_text_has_no_lines() => Assert.Empty(Of("", 1, _ => "a\n"));

    [Fact]
    public void Versions_older_than_needed_are_not_read()
    {
        string[] versions = ["a\nb\n", "x\ny\n"];
        var read = new List<int>();
        Assert.Equal([0, 0], Of("a\nb\n", 100, Read));
        Assert.Equal([0, 1], read);

        string Read(int version)
        {
            read.Add(version);
            return versions[version];
        }
    }

    [Fact]
    public void What_was_found_for_the_head_serves_every_text_that_is_typed_since()
    {
        foreach ((string old, string head) in RandomTexts.Pairs(300))
        {
            ImmutableArray<int> found = Of(head, 2, version => version == 0 ? head : old);
            foreach (string typed in (string[])[head, old, head + "more", "\n" + head, head.Replace('\n', '\r')])
                Assert.Equal(Of(typed, 2, version => version == 0 ? head : old), LineHistory.Edited(found, head, typed));
        }
    }

    [Fact]
    public void It_is_what_comparing_whole_lines_from_version_to_version_tells()
    {
        foreach ((string old, string @new) in RandomTexts.Pairs(2_000))
        {
            LineDiff diff = LineDiff.Of(old, @new);
            var changed = diff.Changes.SelectMany(c => Enumerable.Range(c.NewStart, c.NewCount)).ToHashSet();
            ImmutableArray<int> found = Of(@new, 2, version => version == 0 ? @new : old);
            Assert.Equal(diff.New.Length, found.Length);
            // Which of several equal lines was put in can be answered in more than one way, but not how many were.
            Assert.Equal(changed.Count, found.Count(v => v == 0));
            Assert.All(found.Select((version, line) => (version, line)), l => Assert.True(l.version == 0 || diff.Old.Contains(diff.New[l.line])));
        }
    }

    [Fact]
    public void Few_changes_and_many_are_told_alike()
    {
        string[] old = [.. Enumerable.Range(0, 300).Select(i => $"line {i}\n")];
        foreach (int apart in (int[])[1, 2, 5, 10, 100, 299])
        {
            string[] @new = [.. old.Select((line, i) => i % apart == 0 ? $"changed {i}\n" : line)];
            IEnumerable<int> expected = old.Select((_, i) => i % apart == 0 ? 0 : 1);
            Assert.Equal(expected, Of(string.Concat(@new), 2, version => string.Concat(version == 0 ? @new : old)));
        }
    }

    private static void Lines(string text, string[] versions, string expected)
    {
        ImmutableArray<int> found = Of(text, versions.Length, version => versions[version]);
        string[] lines = text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');
        Assert.Equal(expected, string.Concat(found.Select((version, line) => $"{version} {lines[line]}\n")));
    }

    private static ImmutableArray<int> Of(string text, int versions, Func<int, string> textOf) =>
        LineHistory.Of(text, versions, textOf, TestContext.Current.CancellationToken);
}

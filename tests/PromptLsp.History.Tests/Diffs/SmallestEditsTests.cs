using System.Collections.Immutable;
using PromptLsp.History.Diffs;
using Xunit;

namespace PromptLsp.History.Tests.Diffs;

public sealed class SmallestEditsTests
{
    [Fact]
    public void Applied_edits_give_exactly_the_new_text()
    {
        foreach ((string old, string @new) in RandomTexts.Pairs(3_000))
        {
            ImmutableArray<TextReplacement> edits = SmallestEdits.Of(old, @new);
            Assert.Equal(@new, SmallestEdits.Apply(old, edits));
            Apart(edits, old);
        }
    }

    [Fact]
    public void Edits_that_keep_line_ends_give_the_new_texts_fingerprint()
    {
        foreach ((string old, string @new) in RandomTexts.Pairs(3_000))
        {
            ImmutableArray<TextReplacement> edits = SmallestEdits.KeepingLineEnds(old, @new);
            Assert.Equal(Fingerprint.Of(@new), Fingerprint.Of(SmallestEdits.Apply(old, edits)));
            Apart(edits, old);
        }
    }

    [Fact]
    public void Only_the_changed_lines_are_touched() =>
        Assert.Equal([new TextReplacement(2, 2, "x\n"), new TextReplacement(6, 0, "y\n")], SmallestEdits.Of("a\nb\nc\nd\n", "a\nx\nc\ny\nd\n"));

    [Fact]
    public void A_text_from_elsewhere_takes_the_line_ends_of_the_one_it_replaces() =>
        Assert.Equal([new TextReplacement(3, 3, "x\r\ny\r\n")], SmallestEdits.KeepingLineEnds("a\r\nb\r\nc\r\n", "a\nx\ny\nc\n"));

    [Fact]
    public void The_same_text_needs_no_edit()
    {
        Assert.Empty(SmallestEdits.Of("a\r\nb", "a\r\nb"));
        Assert.Empty(SmallestEdits.KeepingLineEnds("a\r\nb", "a\nb"));
    }

    // In order, inside the text, and never two at one place.
    private static void Apart(ImmutableArray<TextReplacement> edits, string old)
    {
        int end = -1;
        foreach (TextReplacement edit in edits)
        {
            Assert.True(edit.Start > end, $"{edit} touches the one before it, which ends at {end}");
            end = edit.Start + edit.Length;
            Assert.InRange(end, 0, old.Length);
        }
    }
}

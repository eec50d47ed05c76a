using CsCheck;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Tests.Text;

/// <summary>Texts, their lines and their edits, held against plain strings.</summary>
public sealed class SourceTextTests
{
    // Every kind of line end, a pair of surrogates and half of one, a combining mark, a byte order mark.
    private static readonly string[] Parts = ["a", "bc", " ", "\n", "\r\n", "\r", "é", "e\u0301", "😀", "\ud83d", "\ufeff", ""];

    private static readonly Gen<string> Texts = Gen.OneOf<string>(Parts).Array[0, 30].Select(string.Concat);

    [Fact]
    public void Edits_one_after_the_other_equal_edits_of_a_string() =>
        Gen.Select(Texts, Gen.Select(Gen.Int[0, 100], Gen.Int[0, 100], Texts).Array[0, 8]).Sample((start, edits) =>
        {
            var text = new SourceText(start);
            string naive = start;
            foreach ((int one, int other, string inserted) in edits)
            {
                int from = Math.Min(one, other) % (naive.Length + 1), to = Math.Clamp(Math.Max(one, other), from, naive.Length);
                text = text.With(new TextEdit(TextSpan.FromBounds(from, to), inserted));
                naive = naive[..from] + inserted + naive[to..];
            }
            Assert.Equal(naive, text.Content);
        });

    [Fact]
    public void Edits_made_together_equal_the_same_made_from_the_last_to_the_first() =>
        Gen.Select(Texts, Gen.Int[0, 60].Array[0, 8], Texts).Sample((start, cuts, inserted) =>
        {
            var text = new SourceText(start);
            int[] bounds = [.. cuts.Select(c => Math.Min(c, start.Length)).Distinct().Order()];
            TextEdit[] edits = [.. bounds.Chunk(2).Where(b => b.Length == 2).Select(b => new TextEdit(TextSpan.FromBounds(b[0], b[1]), inserted))];
            SourceText oneByOne = edits.Reverse().Aggregate(text, (t, e) => t.With(e));
            Assert.Equal(oneByOne.Content, text.With(edits).Content);
        });

    [Fact]
    public void Every_offset_has_a_position_that_leads_back_to_it() =>
        Texts.Sample(start =>
        {
            var text = new SourceText(start);
            for (int offset = 0; offset <= start.Length; offset++)
            {
                bool isInsideLineEnd = offset > 0 && offset < start.Length && start[offset - 1] == '\r' && start[offset] == '\n';
                Assert.Equal(isInsideLineEnd ? offset - 1 : offset, text.OffsetAt(text.PositionAt(offset)));
            }
        });

    [Fact]
    public void The_lines_with_their_ends_are_the_text() =>
        Texts.Sample(start =>
        {
            var text = new SourceText(start);
            Assert.Equal(start, string.Concat(Enumerable.Range(0, text.LineCount).Select(l => text[text.LineSpanWithEnd(l)])));
            Assert.All(Enumerable.Range(0, text.LineCount), l => Assert.DoesNotContain(text.Line(l), c => c is '\r' or '\n'));
        });

    [Theory]
    [InlineData(-1, 5, 0)]
    [InlineData(0, -1, 0)]
    [InlineData(0, 2, 2)]
    [InlineData(0, 99, 3)]
    [InlineData(1, 0, 5)]
    [InlineData(1, 3, 8)]
    [InlineData(1, int.MaxValue, 8)]
    [InlineData(2, 0, 8)]
    [InlineData(int.MaxValue, int.MaxValue, 8)]
    public void A_position_past_the_end_is_the_end(int line, int character, int offset) =>
        Assert.Equal(offset, new SourceText("one\r\ntwo").OffsetAt(line, character));
}

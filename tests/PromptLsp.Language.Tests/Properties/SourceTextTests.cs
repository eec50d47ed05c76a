using CsCheck;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Tests.Properties;

/// <summary>A text edited piece by piece is the text edited as a plain string, and every place in it can be named in both ways.</summary>
public sealed class SourceTextTests
{
    private static readonly Gen<string> Lines = Gen.OneOf(
            "a",
            "word",
            "\n",
            "\r\n",
            "\r",
            "🙂",
            "👩‍👩‍👧",
            "é",
            "e\u0301",
            "\uFEFF",
            "\u2028",
            "\uD83D",
            " ",
            "{{ x }}"
        )
        .Array[0, 30]
        .Select(string.Concat);

    [Fact]
    public void Edits_make_what_they_make_of_a_string() =>
        Gen.Select(Lines, Gen.Select(Gen.Int[0, 60], Gen.Int[0, 10], Lines).Array[0, 8]).Sample((text, edits) =>
        {
            var edited = new SourceText(text);
            string plain = text;
            foreach ((int at, int length, string replacement) in edits)
            {
                int start = Math.Min(at, plain.Length), end = Math.Min(start + length, plain.Length);
                edited = edited.With(new TextEdit(TextSpan.FromBounds(start, end), replacement));
                plain = string.Concat(plain.AsSpan(0, start), replacement, plain.AsSpan(end));
                Assert.Equal(plain, edited.Content);
                Assert.Equal(NaiveLines(plain), Enumerable.Range(0, edited.LineCount).Select(edited.Line));
            }
        });

    [Fact]
    public void Edits_at_once_are_edits_from_the_last_to_the_first() =>
        Gen.Select(Lines, Gen.Select(Gen.Int[0, 60], Gen.Int[0, 10], Lines).Array[0, 8]).Sample((text, wanted) =>
        {
            var edits = new List<TextEdit>();
            foreach ((int at, int length, string replacement) in wanted.OrderBy(w => w.Item1))
            {
                int start = Math.Min(Math.Max(at, edits.Count > 0 ? edits[^1].Span.End : 0), text.Length);
                edits.Add(new(TextSpan.FromBounds(start, Math.Min(start + length, text.Length)), replacement));
            }
            string plain = text;
            foreach (TextEdit edit in Enumerable.Reverse(edits))
                plain = string.Concat(plain.AsSpan(0, edit.Span.Start), edit.NewText, plain.AsSpan(edit.Span.End));
            Assert.Equal(plain, new SourceText(text).With(edits).Content);
        });

    [Fact]
    public void An_offset_is_a_position_and_back() =>
        Lines.Sample(text =>
        {
            var source = new SourceText(text);
            for (int offset = 0; offset <= text.Length; offset++)
            {
                bool isInsideLineEnd = offset > 0 && offset < text.Length && text[offset - 1] == '\r' && text[offset] == '\n';
                // The place between \r and \n has no position of its own: it is the end of its line.
                Assert.Equal(isInsideLineEnd ? offset - 1 : offset, source.OffsetAt(source.PositionAt(offset)));
            }
        });

    [Fact]
    public void A_position_is_an_offset_and_back() =>
        Lines.Sample(text =>
        {
            var source = new SourceText(text);
            string[] lines = NaiveLines(text);
            for (int line = 0; line < lines.Length; line++)
            {
                for (int character = 0; character <= lines[line].Length; character++)
                    Assert.Equal(new LinePosition(line, character), source.PositionAt(source.OffsetAt(line, character)));
                Assert.Equal(new LinePosition(line, lines[line].Length), source.PositionAt(source.OffsetAt(line, int.MaxValue)));
            }
            Assert.Equal(text.Length, source.OffsetAt(int.MaxValue, 0));
            Assert.Equal(0, source.OffsetAt(-1, 5));
        });

    // As LSP says: \n, \r\n and \r end a line, and nothing else does.
    private static string[] NaiveLines(string text) => text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n').Split('\n');
}

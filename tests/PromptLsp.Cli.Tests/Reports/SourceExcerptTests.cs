using PromptLsp.Cli.Reports;
using PromptLsp.Language.Text;
using Xunit;

namespace PromptLsp.Cli.Tests.Reports;

/// <summary>The marks stand under what they are about, whatever stands before it on the line.</summary>
public sealed class SourceExcerptTests
{
    [Fact]
    public void Lines_and_tabs_of_a_text_stay() => Assert.Equal("a\tb\nc␛", SourceExcerpt.VisibleLines("a\tb\r\nc\u001b"));

    [Fact]
    public void Marks_stand_under_the_span() => Excerpt("Hi {{ [nmae] }}").ShouldBe("""
        Hi {{ nmae }}
              ^^^^
        """);

    [Fact]
    public void A_tab_counts_up_to_the_next_stop() => Excerpt("\tHi\t[x]").ShouldBe("""
            Hi  x
                ^
        """);

    [Fact]
    public void Wide_characters_take_two_cells() => Excerpt("日本 [語]!").ShouldBe("""
        日本 語!
             ^^
        """);

    [Fact]
    public void Astral_characters_are_one_character_of_two_cells() => Excerpt("😀 {{ [a😀b] }}").ShouldBe("""
        😀 {{ a😀b }}
              ^^^^
        """);

    [Fact]
    public void A_combining_mark_takes_no_cell() => Excerpt("cafe\u0301 [x]").ShouldBe(
        "cafe\u0301 x\n     ^");

    [Fact]
    public void A_joined_emoji_is_one() => Excerpt("👩‍👩‍👧 [x]").ShouldBe("""
        👩‍👩‍👧 x
           ^
        """);

    [Fact]
    public void What_hides_is_spelled_out() => Excerpt("a[\u200b]b \u202e[\u001b]").ShouldBe("""
        a<U+200B>b <U+202E>␛
         ^^^^^^^^
        """);

    [Fact]
    public void Tag_characters_behind_an_emoji_are_spelled_out() => Excerpt("😀[\U000E0041]x").ShouldBe("""
        😀<U+E0041>x
          ^^^^^^^^^
        """);

    [Fact]
    public void An_unpaired_surrogate_is_shown_as_such() => Excerpt("a\uD83D[b]").ShouldBe("""
        a<U+D83D>b
                 ^
        """);

    [Fact]
    public void An_empty_span_is_one_mark() => Excerpt("Hi {{ []}}").ShouldBe("""
        Hi {{ }}
              ^
        """);

    [Fact]
    public void The_end_of_a_line_can_be_marked() => Excerpt("Hi {{ x[]").ShouldBe("""
        Hi {{ x
               ^
        """);

    [Fact]
    public void An_empty_line_can_be_marked() => Excerpt("[]").ShouldBe("\n^");

    [Fact]
    public void A_span_over_lines_is_marked_on_its_first() => Excerpt("a [b\nc] d").ShouldBe("""
        a b
          ^
        """);

    [Fact]
    public void A_long_line_is_cut_around_the_span()
    {
        SourceExcerpt excerpt = Of(new string('a', 500_000) + " [here] " + new string('b', 500_000), 40);
        Assert.Equal(excerpt.Line.IndexOf("here", StringComparison.Ordinal), excerpt.Marks.IndexOf('^', StringComparison.Ordinal));
        Assert.Equal("^^^^", excerpt.Marks.Trim());
        Assert.StartsWith("…", excerpt.Line, StringComparison.Ordinal);
        Assert.EndsWith("…", excerpt.Line, StringComparison.Ordinal);
        Assert.InRange(excerpt.Line.Length, 30, 40);
    }

    [Fact]
    public void A_long_span_is_cut_too()
    {
        SourceExcerpt excerpt = Of("x [" + new string('a', 500) + "]", 40);
        Assert.InRange(excerpt.Line.Length, 30, 40);
        Assert.InRange(excerpt.Marks.Length, 30, 40);
    }

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("a\u001b[31mb", "a␛[31mb")]
    [InlineData("a\u202eb", "a<U+202E>b")]
    [InlineData("日本 é", "日本 é")]
    public void Text_for_a_terminal_steers_nothing(string text, string expected) => Assert.Equal(expected, SourceExcerpt.Visible(text));

    // The span is the first one in square brackets; the brackets are not part of the text.
    private static string Excerpt(string marked) => Of(marked, 100) is var excerpt ? excerpt.Line + "\n" + excerpt.Marks : "";

    private static SourceExcerpt Of(string marked, int width)
    {
        int start = marked.IndexOf('[', StringComparison.Ordinal), end = marked.IndexOf(']', StringComparison.Ordinal) - 1;
        string text = marked.Remove(end + 1, 1).Remove(start, 1).Replace("[", "", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal);
        return SourceExcerpt.Of(new SourceText(text), TextSpan.FromBounds(start, end), width);
    }
}

internal static class Expectations
{
    public static void ShouldBe(this string actual, string expected) => Assert.Equal(expected.ReplaceLineEndings("\n"), actual.ReplaceLineEndings("\n"));
}

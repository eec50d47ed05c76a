using CsCheck;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Tests.Text;

/// <summary>Slips of the keyboard, and how far they are from what was meant.</summary>
public sealed class SpellingTests
{
    private static readonly Gen<string> Words = Gen.Char["abcA"].Array[0, 7].Select(c => new string(c));

    [Theory]
    [InlineData("name", "name", 0)]
    [InlineData("name", "NAME", 0)]
    [InlineData("nmae", "name", 1)]
    [InlineData("nam", "name", 1)]
    [InlineData("namee", "name", 1)]
    [InlineData("game", "name", 1)]
    [InlineData("", "name", 4)]
    [InlineData("kitten", "sitting", 3)]
    public void Letters_added_dropped_changed_or_swapped_count_one_each(string word, string other, int distance) =>
        Assert.Equal(distance, Spelling.Distance(word, other));

    [Fact]
    public void The_nearest_word_is_what_a_look_at_every_distance_finds() =>
        Gen.Select(Words, Words.Array[0, 10])
            .Sample(
                (word, candidates) =>
                {
                    int tolerance = word.Length switch
                    {
                        <= 2 => 0,
                        <= 5 => 1,
                        _ => 2,
                    };
                    string? expected =
                        candidates.Where(c => c != word && Spelling.Distance(word, c) <= tolerance).MinBy(c => Spelling.Distance(word, c))
                        ?? candidates
                            .Where(c => word.Length >= 4 && c.Length > word.Length && c.StartsWith(word, StringComparison.OrdinalIgnoreCase))
                            .MinBy(c => c.Length);
                    Assert.Equal(expected, Spelling.Nearest(word, candidates));
                }
            );

    [Theory]
    [InlineData("custommer", "customer")]
    [InlineData("nmae", "name")]
    [InlineData("xyz", null)]
    [InlineData("id", null)]
    [InlineData("cust", "customer")]
    [InlineData("cus", null)]
    public void What_was_meant(string word, string? meant) => Assert.Equal(meant, Spelling.Nearest(word, ["customer", "name", "it"]));
}

using System.Text;
using PromptLsp.Language.Semantics;
using PromptLsp.Language.Syntax;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Tests.Semantics;

/// <summary>How alike texts are: counted, and about, by their signatures.</summary>
public sealed class OwnTextTests
{
    [Theory]
    [InlineData("one two three four", "one two three four", 1)]
    [InlineData("One, two: three - FOUR!", "one two three four", 1)]
    [InlineData("one two three four", "one two three five", 1.0 / 3)]
    [InlineData("one two", "one two", 0)]
    [InlineData("a b {{ include \"x\" }} c", "a b {{ include \"y\" }} c", 0)]
    [InlineData("a b {{ name }} c", "a b {{name}} c", 1)]
    [InlineData("{{ # one }}a b c", "{{ # two }}a b c", 1)]
    [InlineData("{{ if x }}a b c{{ end }}", "{{ if y }}a b c{{ end }}", 1.0 / 3)]
    public void Shingles_say_how_much_is_the_same(string one, string other, double alike) =>
        Assert.Equal(alike, OwnText.Alike(Shingles(one), Shingles(other)), 1e-9);

    [Fact]
    public void A_signature_is_near_what_is_counted()
    {
        var random = new Random(7);
        string[] words = [.. Enumerable.Range(0, 500).Select(i => "w" + i)];
        double worst = 0;
        for (int i = 0; i < 200; i++)
        {
            string[] one = [.. Enumerable.Range(0, 150).Select(_ => words[random.Next(words.Length)])], other = [.. one];
            for (int changed = random.Next(40); changed > 0; changed--)
                other[random.Next(other.Length)] = words[random.Next(words.Length)];
            uint[] a = Shingles(string.Join(' ', one)), b = Shingles(string.Join(' ', other));
            worst = Math.Max(worst, Math.Abs(OwnText.Alike(a, b) - TextSignature.Of(a)!.Like(TextSignature.Of(b)!)));
        }
        // Four times the standard error.
        Assert.InRange(worst, 0.001, 0.25);
    }

    [Fact]
    public void A_short_text_has_no_signature()
    {
        Assert.Null(TextSignature.Of(Shingles("one two three four five")));
        Assert.NotNull(TextSignature.Of(Shingles(string.Join(' ', Enumerable.Range(0, 40)))));
    }

    [Fact]
    public void The_work_grows_with_the_text()
    {
        var text = new StringBuilder();
        for (int i = 0; i < 100_000; i++)
            text.Append("word").Append(i % 977).Append(' ');
        uint[] shingles = Shingles(text.ToString());
        Assert.Equal(977, shingles.Length);
    }

    private static uint[] Shingles(string body) => OwnText.Shingles(new PromptModel(PromptDocument.Parse(new SourceText(body)), PromptEnvironment.None));
}

using PromptLsp.Evaluation.Statistics;

namespace PromptLsp.Evaluation.Tests.Statistics;

/// <summary>Values that are known from elsewhere.</summary>
public sealed class VectorsTests
{
    [Theory]
    [InlineData(0, 5, .0625, .0312)]
    [InlineData(0, 6, .0313, .0156)]
    [InlineData(1, 7, .0703, .0391)]
    [InlineData(1, 8, .0391, .0215)]
    [InlineData(2, 9, .0654, .0386)]
    [InlineData(2, 10, .0386, .0225)]
    [InlineData(3, 12, .0352, .0213)]
    [InlineData(4, 4, 1, 1)]
    [InlineData(0, 0, 1, 1)]
    public void McNemar_of_discordant_rows(int b, int c, double exact, double mid)
    {
        Near(exact, McNemar.ExactP(b, c), 4);
        Near(mid, McNemar.MidP(b, c), 4);
        Near(mid, McNemar.MidP(c, b), 4);
    }

    [Theory]
    [InlineData(5, 5, 56.6, 100, 1)]
    [InlineData(17, 20, 64.0, 94.8, 1)]
    [InlineData(20, 20, 83.9, 100, 1)]
    [InlineData(45, 50, 78.6, 95.7, 1)]
    [InlineData(95, 100, 88.8, 97.8, 1)]
    [InlineData(81, 263, 25.53, 36.62, 2)]
    [InlineData(15, 148, 6.24, 16.05, 2)]
    [InlineData(1, 29, 0.61, 17.18, 2)]
    [InlineData(0, 10, 0, 27.8, 1)]
    public void Wilson_of_a_share(int passed, int all, double low, double high, int digits)
    {
        Interval interval = Wilson.Of(passed, all);
        Near(low, interval.Low * 100, digits);
        Near(high, interval.High * 100, digits);
    }

    [Theory]
    [InlineData(36, 12, 2, 0, .0569, .3404)]
    [InlineData(70, 5, 15, 10, -.1892, -.0115)]
    [InlineData(17, 0, 6, 7, -.3470, -.0404)]
    [InlineData(70, 15, 5, 10, .0115, .1892)]
    public void Newcombe_of_pairs(int both, int wins, int losses, int neither, double low, double high)
    {
        Interval interval = Newcombe.Of(new(both, wins, losses, neither));
        Near(low, interval.Low, 4);
        Near(high, interval.High, 4);
    }

    // Student, The probable error of a mean (1908): the additional sleep of ten patients.
    [Fact]
    public void Paired_t_of_the_sleep_of_ten_patients()
    {
        Interval interval = PairedT.Of([1.2, 2.4, 1.3, 1.3, 0.0, 1.0, 1.8, 0.8, 4.6, 1.4]);
        Near(0.7001, interval.Low, 4);
        Near(2.4599, interval.High, 4);
    }

    // Darwin's maize, fifteen pairs, as Fisher flips them in The Design of Experiments (1935): 863 of 32 768 sums are as large on one side.
    [Fact]
    public void Sign_flips_of_Darwins_maize() =>
        Assert.Equal(2 * 863 / 32768.0, SignFlip.PValue([49, -67, 8, 16, 6, 23, 28, 41, 14, 29, 56, 24, 75, 60, -48]), 12);

    [Fact]
    public void Benjamini_and_Hochberg_adjust_the_p_values_of_their_paper()
    {
        double[] given = [.0001, .0004, .0019, .0095, .0201, .0278, .0298, .0344, .0459, .3240, .4262, .5719, .6528, .7590, 1.000];
        double[] adjusted = [.0015, .003, .0095, .035625, .0603, .0638571, .0638571, .0645, .0765, .486, .5811818, .714875, .7532308, .8132143, 1];
        Assert.Equal(adjusted, BenjaminiHochberg.Adjust(given).Select(p => Math.Round(p, 7)));
        Assert.Equal(adjusted.Reverse(), BenjaminiHochberg.Adjust(given.Reverse().ToArray()).Select(p => Math.Round(p, 7)));
        Assert.Empty(BenjaminiHochberg.Adjust([]));
    }

    [Theory]
    [InlineData(0, 0, 1)]
    [InlineData(1, 0, 1)]
    [InlineData(2, 0, 4 / 3.0)]
    [InlineData(1, 1, 4 / 6.0)]
    [InlineData(7, 0, 16)]
    [InlineData(8, 0, 256 / 9.0)]
    [InlineData(2, 3, 32 / 60.0)]
    public void Evidence_of_wins_and_losses(int wins, int losses, double expected)
    {
        Near(expected, EProcess.Of(wins, losses), 9);
        Near(expected, EProcess.Of(losses, wins), 9);
        Assert.Equal(expected >= 20, EProcess.Stops(wins, losses));
    }

    [Fact]
    public void Evidence_does_not_overflow_where_it_says_nothing() => Assert.InRange(EProcess.Of(50_000, 50_000), 0, 1);

    // A third is no binary number: 1/3 + 1/3 - 2/3 differs from -1/3 - 1/3 + 2/3 in its last digit.
    [Fact]
    public void Thirds_are_flipped_as_whole_numbers_are()
    {
        var random = new RandomBits(7);
        for (int i = 0; i < 300; i++)
        {
            int[] whole = [.. Enumerable.Range(0, 12).Select(_ => random.Below(7) - 3)];
            Assert.Equal(SignFlip.PValue([.. whole.Select(w => (double)w)]), SignFlip.PValue([.. whole.Select(w => w / 3.0)]));
        }
    }

    [Fact]
    public void Many_flips_are_near_to_all_of_them()
    {
        // Of 17 coins, as many as here or more lie on one side: 2 · (1 + 17 + 136 + 680 + 2380) / 2¹⁷.
        double[] seventeen = [.. Enumerable.Range(0, 17).Select(i => i < 4 ? -1.0 : 1.0)];
        Assert.InRange(SignFlip.PValue(seventeen), 0.0490 - 0.007, 0.0490 + 0.007);
        Assert.Equal(SignFlip.PValue(seventeen), SignFlip.PValue(seventeen));
        Assert.Equal(1.0 / 10_001, SignFlip.PValue([.. Enumerable.Repeat(1.0, 40)]), 12);
    }

    private static void Near(double expected, double found, int digits) =>
        Assert.InRange(found, expected - (0.51 * Math.Pow(10, -digits)), expected + (0.51 * Math.Pow(10, -digits)));
}

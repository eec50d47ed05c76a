using System.Globalization;
using PromptLsp.Evaluation.Statistics;
using Xunit;

namespace PromptLsp.Evaluation.Tests.Statistics;

/// <summary>The rule of drift held against nights whose truth is known, with a fixed seed. With <c>PROPERTY_EFFORT=10</c>, whole years of them.</summary>
public sealed class DriftTests(ITestOutputHelper output)
{
    private const int Probes = 20, Baselines = 200;

    private static readonly int Effort = int.TryParse(
        Environment.GetEnvironmentVariable("PROPERTY_EFFORT"),
        NumberStyles.None,
        CultureInfo.InvariantCulture,
        out int effort
    )
        ? Math.Max(1, effort)
        : 1;

    private static readonly int Nights = Effort >= 10 ? 365 : 50;

    [Theory]
    [InlineData(10, 10, 0, 8, 1.0 / 43758)]
    [InlineData(4, 4, 0, 4, 1.0 / 70)]
    [InlineData(10, 10, 3, 3, 1)]
    [InlineData(3, 4, 1, 4, 17.0 / 70)]
    public void One_probe_is_held_by_the_exact_test_of_Fisher(int passedBefore, int before, int passedNow, int now, double p) =>
        Assert.Equal(p, StratifiedTest.Fewer([new(passedBefore, before, passedNow, now)]), 12);

    // Each way to deal out the answers of both probes, counted one by one.
    [Fact]
    public void Several_probes_are_counted_as_by_hand()
    {
        bool[] first = [true, true, true, false, true], second = [true, true, false, false, false];
        int hits = 0, all = 0;
        foreach (int a in Two(first))
        {
            foreach (int b in Two(second))
            {
                all++;
                hits += a + b <= 1 ? 1 : 0;
            }
        }
        // Of each probe, three answers before and the last two now.
        Assert.Equal((double)hits / all, StratifiedTest.Fewer([new(3, 3, 1, 2), new(2, 3, 0, 2)]), 12);

        static IEnumerable<int> Two(bool[] answers) =>
            from i in Enumerable.Range(0, 5)
            from j in Enumerable.Range(0, i)
            select (answers[i] ? 1 : 0) + (answers[j] ? 1 : 0);
    }

    [Fact]
    public void Quiet_nights_rarely_alarm()
    {
        var random = new RandomBits(11);
        int alarms = 0, all = Baselines * Nights, second = 0;
        int[] years = new int[Baselines];
        for (int baseline = 0; baseline < Baselines; baseline++)
        {
            double[] truth = Truth(random);
            int[] before = Passed(random, truth, DriftRule.BaselineAnswers);
            for (int night = 0; night < Nights; night++)
            {
                (bool isAlarm, bool isSecond, _) = Night(random, before, truth);
                alarms += isAlarm ? 1 : 0;
                years[baseline] += isAlarm ? 1 : 0;
                second += isSecond ? 1 : 0;
            }
        }
        int alarming = years.Count(y => y > 0);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{all} nights: {100.0 * alarms / all:0.00} % alarm, {100.0 * second / all:0.0} % ask more"));
        output.WriteLine($"{alarming} of {Baselines} baselines alarm in {Nights} nights, the worst {years.Max()} times");
        Assert.InRange((double)alarms / all, 0, 0.01);
        Assert.InRange(second, 1, all / 10);
    }

    [Theory]
    [InlineData(0.0, 0.95)]
    [InlineData(0.5, 0.40)]
    public void Four_of_twenty_probes_are_found(double share, double power)
    {
        var random = new RandomBits(12);
        int found = 0, named = 0, wrong = 0, all = 2_000 * Math.Min(Effort, 10);
        for (int i = 0; i < all; i++)
        {
            double[] truth = Truth(random), broken = [.. truth];
            int[] before = Passed(random, truth, DriftRule.BaselineAnswers);
            for (int probe = 0; probe < 4; probe++)
                broken[probe] *= share;
            (bool isAlarm, _, ProbeCounts[] counts) = Night(random, before, broken);
            if (!isAlarm)
                continue;
            found++;
            int[] worse = [.. DriftRule.Worse(counts)];
            named += worse.Count(p => p < 4);
            wrong += worse.Count(p => p >= 4);
        }
        double right = (double)named / Math.Max(1, found), others = (double)wrong / Math.Max(1, found);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"fallen to {share:0.0} of what they passed: {100.0 * found / all:0.0} % found"));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"of these {right:0.00} of 4 named, {others:0.000} others"));
        Assert.InRange((double)found / all, power, 1);
    }

    [Fact]
    public void A_judge_that_gives_what_it_gave_did_not_move()
    {
        (double[], double[])[] same = [.. Enumerable.Range(0, 8).Select(i => ((double[])[0.1 * i, 0.1 * i, 0.1 * i], (double[])[0.1 * i, 0.1 * i, 0.1 * i]))];
        Assert.Equal(1, StratifiedShuffle.PValue(same));
        (double[] Before, double[] Now)[] stricter = [.. same.Select(s => (s.Item1, (double[])[.. s.Item2.Select(v => v - 0.1)]))];
        Assert.InRange(StratifiedShuffle.PValue(stricter), 0, 0.001);
        // One answer that is scored otherwise is no other judge.
        Assert.InRange(StratifiedShuffle.PValue([stricter[0], .. same.Skip(1)]), 0.05, 0.2);
    }

    // Most probes pass nearly always, some now and then: those make false alarms.
    private static double[] Truth(RandomBits random) =>
        [.. Enumerable.Range(0, Probes).Select(_ => random.NextShare() < 0.6 ? 0.98 : 0.5 + (random.NextShare() / 2))];

    private static int[] Passed(RandomBits random, double[] truth, int answers) =>
        [.. truth.Select(share => Enumerable.Range(0, answers).Count(_ => random.NextShare() < share))];

    private static (bool IsAlarm, bool AskedMore, ProbeCounts[] Counts) Night(RandomBits random, int[] before, double[] truth)
    {
        int[] now = Passed(random, truth, DriftRule.First);
        ProbeCounts[] counts = Of(now, DriftRule.First);
        if (!DriftRule.IsSuspicious(StratifiedTest.Fewer(counts)))
            return (false, false, counts);
        int[] more = Passed(random, truth, DriftRule.More);
        counts = Of([.. now.Zip(more, (a, b) => a + b)], DriftRule.First + DriftRule.More);
        return (DriftRule.IsAlarm(StratifiedTest.Fewer(counts)), true, counts);

        ProbeCounts[] Of(int[] passed, int answers) => [.. passed.Select((p, i) => new ProbeCounts(before[i], DriftRule.BaselineAnswers, p, answers))];
    }
}

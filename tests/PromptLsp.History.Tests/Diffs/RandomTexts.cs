namespace PromptLsp.History.Tests.Diffs;

/// <summary>Texts that were changed somehow: the same ones in every run.</summary>
internal static class RandomTexts
{
    private static readonly string[] Lines = ["", "a", "b", "Hello {{ name }},", "  indented", "日本語です", "😀 e\u0301", "x\ty", "the same", "the same"];
    private static readonly string[] Ends = ["\n", "\r\n", "\r"];

    /// <summary>Pairs of texts; every second one has <c>\n</c> alone between its lines.</summary>
    public static IEnumerable<(string Old, string New)> Pairs(int count)
    {
        for (int seed = 0; seed < count; seed++)
        {
            var random = new Random(seed);
            List<string> old = [.. Enumerable.Range(0, random.Next(12)).Select(_ => Line(random, seed))], @new = [.. old];
            for (int change = random.Next(6); change > 0; change--)
                Disturb(@new, random, seed);
            yield return (string.Concat(old) + Rest(random), string.Concat(@new) + Rest(random));
        }
    }

    private static void Disturb(List<string> lines, Random random, int seed)
    {
        int at = random.Next(lines.Count + 1);
        if (random.Next(2) == 0 || at == lines.Count)
            lines.Insert(at, Line(random, seed));
        else if (random.Next(2) == 0)
            lines.RemoveAt(at);
        else
            lines[at] = Line(random, seed);
    }

    private static string Line(Random random, int seed) => Lines[random.Next(Lines.Length)] + (seed % 2 == 0 ? "\n" : Ends[random.Next(Ends.Length)]);

    private static string Rest(Random random) => random.Next(3) == 0 ? "without an end" : "";
}

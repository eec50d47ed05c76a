namespace PromptLsp.Testing;

/// <summary>
/// Compares with an expectation that stands in the test's own source or in a file; with <c>UPDATE_EXPECT=1</c> in the environment it writes
/// there what came instead.
/// </summary>
public static class Expect
{
    private static readonly Lock Writing = new();

    private static bool Updates => Environment.GetEnvironmentVariable("UPDATE_EXPECT") == "1";

    /// <summary>The expectation is a raw string literal near a line of a source file.</summary>
    public static void InSource(string expected, string actual, string sourceFile, int nearLine)
    {
        if (expected == actual)
            return;
        if (!Updates || !Rewrite(sourceFile, nearLine, expected.Split('\n'), actual.Split('\n')))
            Xunit.Assert.Equal(expected, actual);
    }

    /// <summary>The expectation is a whole file, by its path from the repository's root.</summary>
    public static void InFile(string path, string actual)
    {
        string full = Path.Combine(Corpus.Root, path);
        string expected = File.Exists(full) ? File.ReadAllText(full).ReplaceLineEndings("\n") : "";
        if (expected == actual)
            return;
        if (!Updates)
            Xunit.Assert.Fail($"{path} is stale; run the tests once with UPDATE_EXPECT=1.\nExpected:\n{expected}\nActual:\n{actual}");
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, actual);
    }

    private static bool Rewrite(string file, int nearLine, string[] expected, string[] actual)
    {
        lock (Writing)
        {
            List<string> lines = [.. File.ReadAllLines(file)];
            int? found = Enumerable
                .Range(0, lines.Count)
                .Where(at => Indent(lines, at, expected) is not null)
                .OrderBy(at => Math.Abs(at - nearLine))
                .Cast<int?>()
                .FirstOrDefault();
            if (found is not { } start)
                return false;
            string indent = Indent(lines, start, expected)!;
            lines.RemoveRange(start, expected.Length);
            lines.InsertRange(start, actual.Select(line => line.Length == 0 ? "" : indent + line));
            File.WriteAllText(file, string.Join('\n', lines) + "\n");
            return true;
        }
    }

    // What all lines from here have in front of the expected ones; null where these are other lines.
    private static string? Indent(List<string> lines, int at, string[] expected)
    {
        if (at + expected.Length > lines.Count)
            return null;
        int first = Array.FindIndex(expected, line => line.Length > 0);
        if (first < 0 || !lines[at + first].EndsWith(expected[first], StringComparison.Ordinal))
            return null;
        string indent = lines[at + first][..^expected[first].Length];
        if (!string.IsNullOrWhiteSpace(indent))
            return null;
        for (int i = 0; i < expected.Length; i++)
        {
            if (
                lines[at + i] != (expected[i].Length == 0 ? "" : indent + expected[i])
                && !(expected[i].Length == 0 && string.IsNullOrWhiteSpace(lines[at + i]))
            )
                return null;
        }
        return indent;
    }
}

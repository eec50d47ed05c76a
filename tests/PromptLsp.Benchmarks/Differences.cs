using System.Collections.Immutable;
using System.Text;
using BenchmarkDotNet.Attributes;
using PromptLsp.History.Diffs;
using PromptLsp.History.Lines;
using PromptLsp.History.Store;

namespace PromptLsp.Benchmarks;

/// <summary>Line history: 500 lines over 1 000 versions, each of which changed three lines somewhere; in memory and from a store.</summary>
[MemoryDiagnoser]
public class LineBlame
{
    private string[] _versions = [];
    private string _folder = "";
    private HistoryStore? _store;

    [GlobalSetup]
    public void SetUp()
    {
        var random = new Random(1);
        var lines = Prompts.Typical(500).Split('\n').ToList();
        _versions = new string[1_000];
        for (int version = _versions.Length - 1; version >= 0; version--)
        {
            // The first line never changes, so that no version may be left out.
            for (int change = 0; change < 3; change++)
                lines[random.Next(1, lines.Count)] = $"Paragraph of version {version}: answer {{{{ customer.name }}}} in a friendly way.";
            _versions[version] = string.Join('\n', lines);
        }
        _folder = Directory.CreateTempSubdirectory("promptlsp-bench-").FullName;
        _store = HistoryStore.Open(_folder);
        var by = new Origin("Ada", "a benchmark");
        _store.RecordAll(_versions.Reverse().Select(v => new Recording("a.prompt", Encoding.UTF8.GetBytes(v), EventKind.Saved, by)));
    }

    [GlobalCleanup]
    public void CleanUp()
    {
        _store!.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Benchmark]
    public ImmutableArray<int> FromStore()
    {
        ImmutableArray<PromptVersion> versions = _store!.Versions("a.prompt", limit: 1_000);
        return LineHistory.Of(_store, _versions[0], versions, CancellationToken.None);
    }

    [Benchmark]
    public ImmutableArray<int> InMemory() => LineHistory.Of(_versions[0], _versions.Length, version => _versions[version], CancellationToken.None);
}

/// <summary>One comparison: of neighbours in a history, and of texts that share nothing.</summary>
[MemoryDiagnoser]
public class Comparisons
{
    private string _old = "", _new = "";

    [Params("500 lines, 3 changed", "2000 lines, all changed", "2000 lines, shuffled", "50000 lines, shuffled")]
    public string Kind { get; set; } = "";

    [GlobalSetup]
    public void SetUp()
    {
        string[] lines =
        [
            .. Enumerable
                .Range(0, int.Parse(Kind.Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture))
                .Select(i => $"Line {i} of a prompt that was written for this."),
        ];
        _old = string.Join('\n', lines);
        _new = string.Join(
            '\n',
            Kind.Split(", ")[1] switch
            {
                "3 changed" => lines.Select((line, i) => i is 20 or 200 or 480 ? line + " It was changed." : line),
                "shuffled" => Shuffled(lines),
                _ => lines.Select((line, i) => line + " " + i),
            }
        );
    }

    private static string[] Shuffled(string[] lines)
    {
        string[] shuffled = [.. lines];
        new Random(1).Shuffle(shuffled);
        return shuffled;
    }

    [Benchmark]
    public LineDiff Lines() => LineDiff.Of(_old, _new);

    [Benchmark]
    public int Edits() => SmallestEdits.KeepingLineEnds(_old, _new).Length;
}

using PromptLsp.History.Store;
using static PromptLsp.History.Tests.Store.HistoryFolder;

namespace PromptLsp.History.Tests.Store;

/// <summary>Several windows and a command line on one store, each a process of its own, any of which may end at any instant.</summary>
public sealed class ProcessesTests : IDisposable
{
    private readonly HistoryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Eight_processes_save_200_times_each_and_no_number_is_missing_or_given_twice()
    {
        Writer[] writers = [.. Enumerable.Range(1, 8).Select(i => new Writer("save", _folder.Folder, $"author {i}", "200"))];
        string[][] acknowledged = await Task.WhenAll(writers.Select(writer => writer.Rest()));
        foreach (Writer writer in writers)
            writer.Dispose();
        Assert.Equal(Enumerable.Range(1, 1600), acknowledged.SelectMany(lines => lines).Select(line => int.Parse(line.Split(' ')[0][1..], null)).Order());
        Verification found = _folder.Verified();
        Assert.Equal((true, 1600, 1600), (found.Holds, found.Events, found.Versions));
        AssertKept(acknowledged.SelectMany(lines => lines));
    }

    [Fact]
    public async Task A_tag_race_has_one_winner_and_the_others_are_told_both_sides()
    {
        for (int i = 1; i <= 5; i++)
            _folder.Save($"{i}\n");
        _folder.Store.Tag(Prompt, "v5", "stable", null, null, Ada);
        Writer[] writers = [.. Enumerable.Range(1, 4).Select(i => new Writer("move-tag", _folder.Folder, $"author {i}", $"v{i}"))];
        foreach (Writer writer in writers)
            Assert.Equal("ready", await writer.Line());
        foreach (Writer writer in writers)
            writer.Tell("go");
        string[] answers = [.. (await Task.WhenAll(writers.Select(writer => writer.Rest()))).Select(lines => Assert.Single(lines))];
        foreach (Writer writer in writers)
            writer.Dispose();
        int winner = Assert.Single(Enumerable.Range(1, 4), i => answers[i - 1] == $"won v{i}");
        Tag tag = Assert.Single(_folder.Store.Tags(Prompt));
        Assert.Equal((winner, $"author {winner}"), (tag.Number, tag.Author));
        foreach (int loser in Enumerable.Range(1, 4).Where(i => i != winner))
        {
            Assert.StartsWith($"`stable` of support.prompt is on v{winner} (author {winner}, ", answers[loser - 1], StringComparison.Ordinal);
            Assert.EndsWith(
                $"; it was on v5 when you asked for v{loser}. Move it from v{winner} if that is still right.",
                answers[loser - 1],
                StringComparison.Ordinal
            );
        }
        Assert.Equal("", _folder.Verify());
    }

    [Fact]
    public async Task Processes_killed_at_any_instant_lose_nothing_that_they_acknowledged()
    {
        var random = new Random(1);
        var acknowledged = new List<string>();
        for (int round = 0; round < 50; round++)
        {
            // Four at once, so that one is killed while others write, and the next ones begin on what was left.
            Writer[] writers = [.. Enumerable.Range(1, 4).Select(i => new Writer("save", _folder.Folder, $"author {round}.{i}", "1000000"))];
            await Task.WhenAll(writers.Zip(Enumerable.Range(0, 4).Select(_ => random.Next(1, 12)), KillAfter));
            AssertKept(acknowledged);
            _folder.Close();
        }
        Assert.InRange(acknowledged.Count, 200, int.MaxValue);
        Assert.Equal(acknowledged.Count, acknowledged.Distinct(StringComparer.Ordinal).Count());
        Assert.Equal("", _folder.Verify());

        async Task KillAfter(Writer writer, int saves)
        {
            var lines = new List<string>();
            while (lines.Count < saves)
                lines.Add(await writer.Line() ?? throw new InvalidOperationException("The writer ended by itself."));
            writer.Kill();
            lines.AddRange(await writer.Rest());
            writer.Dispose();
            lock (acknowledged)
                acknowledged.AddRange(lines);
        }
    }

    [Fact]
    public void Whoever_comes_first_makes_the_store_and_all_use_it()
    {
        for (int i = 0; i < 25; i++)
        {
            string root = Directory.CreateDirectory(Path.Join(_folder.Folder, $"{i}")).FullName;
            Parallel.ForEach(Enumerable.Range(1, 4), new() { MaxDegreeOfParallelism = 4 }, author =>
            {
                using HistoryStore store = HistoryStore.Open(root);
                store.Record(new(Prompt, new[] { (byte)author }, EventKind.Saved, Ada));
            });
            using HistoryStore all = HistoryStore.Open(root, StoreAccess.ReadOnly);
            Assert.Equal(4, all.Head(Prompt)!.Number);
        }
    }

    [Fact]
    public async Task A_save_that_two_windows_see_at_the_same_moment_is_recorded_once()
    {
        using var barrier = new Barrier(2);
        int[] counts = await Task.WhenAll(
            Enumerable
                .Range(0, 2)
                .Select(_ => Task.Factory.StartNew(Window, TestContext.Current.CancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default))
        );
        Assert.Equal(100, counts.Sum());
        Assert.Equal(100, _folder.Store.Head(Prompt)!.Number);

        int Window()
        {
            try
            {
                using HistoryStore store = _folder.Open();
                int made = 0;
                for (int i = 0; i < 100; i++)
                {
                    barrier.SignalAndWait(TestContext.Current.CancellationToken);
                    made += store.Record(new(Prompt, System.Text.Encoding.UTF8.GetBytes($"{i}\n"), EventKind.Saved, Ada)).IsNew ? 1 : 0;
                }
                return made;
            }
            finally
            {
                barrier.RemoveParticipant();
            }
        }
    }

    private void AssertKept(IEnumerable<string> acknowledged)
    {
        var kept = _folder
            .Store.Versions(Prompt, limit: int.MaxValue)
            .Select(version => $"{version.Name} {version.Fingerprint}")
            .ToHashSet(StringComparer.Ordinal);
        Assert.DoesNotContain(acknowledged, line => !kept.Contains(line));
    }
}

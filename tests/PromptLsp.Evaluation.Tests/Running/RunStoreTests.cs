using PromptLsp.Evaluation.Running;
using PromptLsp.Language.Semantics;
using PromptLsp.Language.Syntax;
using PromptLsp.Language.Text;
using PromptLsp.Models.Providers;
using Xunit;

namespace PromptLsp.Evaluation.Tests.Running;

/// <summary>Runs on the disk, where several are at it.</summary>
public sealed class RunStoreTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("promptlsp-runs-").FullName;

    private static readonly Side Side = new(
        "file", new(PromptDocument.Parse(new SourceText("Hello\n")), PromptEnvironment.None), "f", "m", "m",
        new("p", ProviderKind.OpenAI, new("http://localhost"), Key: null, Provider.NoKeyNeeded), Prices: null, Counter: null);

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void As_many_runs_as_begin_at_once()
    {
        const int Processes = 4;
        RunStore[] stores = [.. Enumerable.Range(0, Processes).Select(_ => RunStore.Open(_root, TimeProvider.System))];
        try
        {
            using var together = new Barrier(Processes);
            long[,] runs = new long[100, Processes];
            Thread[] threads = [.. Enumerable.Range(0, Processes).Select(at => new Thread(() =>
            {
                for (int round = 0; round < runs.GetLength(0); round++)
                {
                    together.SignalAndWait();
                    runs[round, at] = stores[at].Begin($"e{round}", Side, "d", "a", 1).Id;
                }
            }))];
            Array.ForEach(threads, t => t.Start());
            Array.ForEach(threads, t => t.Join());
            Assert.Equal(runs.Length, runs.Cast<long>().Distinct().Count());
        }
        finally
        {
            Array.ForEach(stores, s => s.Dispose());
        }
    }

    [Fact]
    public void An_interrupted_run_is_gone_on_with_by_one_alone()
    {
        long begun;
        using (RunStore first = RunStore.Open(_root, TimeProvider.System))
            begun = first.Begin("e", Side, "d", "a", 1).Id;
        using RunStore second = RunStore.Open(_root, TimeProvider.System), third = RunStore.Open(_root, TimeProvider.System);
        Assert.Equal(begun, second.Begin("e", Side, "d", "a", 1).Id);
        Assert.NotEqual(begun, third.Begin("e", Side, "d", "a", 1).Id);
    }

    [Fact]
    public void Nothing_is_left_beside_the_store()
    {
        using (RunStore store = RunStore.Open(_root, TimeProvider.System))
            store.Begin("e", Side, "d", "a", 1);
        Assert.DoesNotContain(Directory.EnumerateFiles(Path.Join(_root, ".promptlsp")), f => f.Contains(".run-", StringComparison.Ordinal));
    }
}

using System.Collections.Immutable;
using PromptLsp.History.Lines;
using PromptLsp.History.Store;
using PromptLsp.History.Tests.Store;
using Xunit;

namespace PromptLsp.History.Tests.Lines;

public sealed class StoredLineHistoryTests : IDisposable
{
    private readonly HistoryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void It_goes_back_through_as_many_versions_as_there_are()
    {
        // Each version adds a line at the end; the first one never changes.
        for (int version = 1; version <= 60; version++)
            _folder.Save(string.Concat(Enumerable.Range(1, version).Select(line => $"line {line}\n")));
        ImmutableArray<PromptVersion> versions = _folder.Store.Versions(HistoryFolder.Prompt);
        ImmutableArray<int> found = Of(_folder.Store.Text(versions[0]), versions);
        Assert.Equal(Enumerable.Range(1, 60), found.Select(v => versions[v].Number));
    }

    [Fact]
    public void Behind_an_erased_version_nothing_is_known()
    {
        _folder.Save("old\nsecret\n");
        _folder.Save("old\n");
        _folder.Store.Forget(HistoryFolder.Prompt, "v1", "a key", HistoryFolder.Ada);
        ImmutableArray<PromptVersion> versions = _folder.Store.Versions(HistoryFolder.Prompt);
        Assert.Equal([0], Of("old\n", versions));
    }

    private ImmutableArray<int> Of(string text, ImmutableArray<PromptVersion> versions) => LineHistory.Of(_folder.Store, text, versions, TestContext.Current.CancellationToken);
}

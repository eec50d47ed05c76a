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
    public void A_text_that_comes_back_is_as_it_was()
    {
        foreach (string text in (string[])["a\n", "b\nc\n", "a\n", "b\nc\nd\n", "b\nc\n"])
            _folder.Save(text);
        ImmutableArray<PromptVersion> versions = _folder.Store.Versions(HistoryFolder.Prompt);
        Assert.Equal([2, 2], Of("b\nc\n", versions).Select(v => versions[v].Number));
        Assert.Equal([4, 4, 4], Of("b\nc\nd\n", versions[1..]).Select(v => versions[1..][v].Number));
    }

    [Fact]
    public void A_version_has_the_lines_of_the_one_that_it_was_made_from()
    {
        _folder.Save("a\nb\n");
        _folder.Save("x\n");
        _folder.Store.Record(new(HistoryFolder.Prompt, "a\nb\nc\n"u8.ToArray(), EventKind.Saved, HistoryFolder.Ada) { Source = 1 });
        ImmutableArray<PromptVersion> versions = _folder.Store.Versions(HistoryFolder.Prompt);
        Assert.Equal([1, 1, 3], Of("a\nb\nc\n", versions).Select(v => versions[v].Number));
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

    private ImmutableArray<int> Of(string text, ImmutableArray<PromptVersion> versions) =>
        LineHistory.Of(_folder.Store, text, versions, TestContext.Current.CancellationToken);
}

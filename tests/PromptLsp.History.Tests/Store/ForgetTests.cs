using PromptLsp.History.Store;
using static PromptLsp.History.Tests.Store.HistoryFolder;

namespace PromptLsp.History.Tests.Store;

/// <summary>Secrets can leave: what is forgotten is in none of the store's files, and the chain still holds.</summary>
public sealed class ForgetTests : IDisposable
{
    private const string Secret = "sk-do-not-keep-4711-0815";

    private readonly HistoryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_forgotten_content_is_gone_from_all_versions_and_all_files()
    {
        _folder.Save("A\n");
        _folder.Save($"key: {Secret}\n", "with the key");
        _folder.Save("B\n");
        _folder.Save($"key: {Secret}\r\n");
        _folder.Record("C\n", null, "other.prompt", EventKind.Saved, new PulledIn("key.yaml", $"key: {Secret}\n"));
        byte[] packed = PackedOf($"key: {Secret}\n");
        Assert.NotEmpty(FilesWith(packed));

        Erasure erasure = _folder.Store.Forget(Prompt, "v2", "a key slipped in", Grace);
        Assert.Equal(["support.prompt v2", "support.prompt v4"], erasure.Versions);
        Assert.True(erasure.IsScrubbed);
        Assert.Empty(FilesWith(packed));
        Assert.Equal("", _folder.Verify());

        PromptVersion version = _folder.Store.Resolve(Prompt, "v2");
        Assert.Equal(Fingerprint.Of($"key: {Secret}\n"), version.Fingerprint);
        Assert.Equal(
            "The content of v2 of support.prompt was erased; only its fingerprint is left.",
            Assert.Throws<HistoryException>(() => _folder.Store.Bytes(version)).Message
        );
        Assert.Equal([new PulledIn("key.yaml", null)], _folder.Store.PulledIn(_folder.Store.Head("other.prompt")!));
        Assert.Equal("B\n", _folder.Store.Text(_folder.Store.Resolve(Prompt, "v3")));
        Assert.Equal([null, "B\n", null, "A\n"], _folder.Store.Texts(_folder.Store.Versions(Prompt)));
    }

    [Fact]
    public void Forgetting_twice_is_on_record_once()
    {
        _folder.Save($"key: {Secret}\n");
        _folder.Store.Forget(Prompt, "v1", null, Ada);
        string head = _folder.Verified().Head;
        Assert.True(_folder.Store.Forget(Fingerprint.Of($"key: {Secret}\n"), null, Ada).IsScrubbed);
        Assert.Equal(head, _folder.Verified().Head);
    }

    [Fact]
    public void What_is_saved_again_after_it_was_forgotten_is_kept_again()
    {
        _folder.Save("A\n");
        _folder.Save("B\n");
        _folder.Store.Forget(Prompt, "v1", null, Ada);
        Assert.Equal("A\n", _folder.Store.Text(_folder.Save("A\n")));
        Assert.Equal("", _folder.Verify());
    }

    [Fact]
    public void Forgotten_notes_are_gone_with_those_they_replaced_and_those_of_tags()
    {
        _folder.Save("A\n", $"first {Secret}");
        _folder.Store.Describe(Prompt, "v1", $"second {Secret}", Ada);
        _folder.Store.Tag(Prompt, "v1", "stable", $"third {Secret}", null, Ada);
        _folder.Save("B\n", "kept");
        Assert.NotEmpty(FilesWith(System.Text.Encoding.UTF8.GetBytes(Secret)));

        Erasure erasure = _folder.Store.ForgetNotes(Prompt, "v1", "a key slipped in", Grace);
        Assert.Equal(["support.prompt v1"], erasure.Versions);
        Assert.Empty(FilesWith(System.Text.Encoding.UTF8.GetBytes(Secret)));
        Assert.Equal("v2 saved \"B\\n\" (kept)\nv1 saved \"A\\n\" stable", _folder.Log());
        Assert.Null(_folder.Store.Tags(Prompt).Single().Note);
        Assert.Equal("", _folder.Verify());
    }

    [Fact]
    public void While_another_program_reads_the_bytes_may_remain_and_that_is_told()
    {
        _folder.Save($"key: {Secret}\n");
        using HistoryStore impatient = _folder.Open(waitMs: 1);
        using (_folder.Raw("BEGIN", "SELECT * FROM events"))
            Assert.False(impatient.Forget(Prompt, "v1", null, Ada).IsScrubbed);
        Assert.True(impatient.Forget(Prompt, "v1", null, Ada).IsScrubbed);
        Assert.Empty(FilesWith(PackedOf($"key: {Secret}\n")));
    }

    [Fact]
    public void Stores_moved_aside_are_named()
    {
        _folder.Save("A\n");
        string aside = _folder.File + ".aside-20260101T000000000";
        System.IO.File.WriteAllText(aside, "");
        Assert.Equal([aside], _folder.Store.Forget(Prompt, "v1", null, Ada).OtherFiles);
    }

    // Without the few bytes of the frame, which any short content shares.
    private static byte[] PackedOf(string text) => Packed.Pack(System.Text.Encoding.UTF8.GetBytes(text))[4..];

    private string[] FilesWith(byte[] bytes) =>
        [.. Directory.GetFiles(_folder.Folder, "*", SearchOption.AllDirectories).Where(file => System.IO.File.ReadAllBytes(file).AsSpan().IndexOf(bytes) >= 0)];
}

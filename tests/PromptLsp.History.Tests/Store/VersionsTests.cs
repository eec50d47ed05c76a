using System.Text;
using PromptLsp.History.Store;
using static PromptLsp.History.Tests.Store.HistoryFolder;

namespace PromptLsp.History.Tests.Store;

/// <summary>What becomes a version, and how one is found again.</summary>
public sealed class VersionsTests : IDisposable
{
    private readonly HistoryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_save_that_changes_the_text_makes_a_version_and_no_other()
    {
        _folder.Save("A\n", "first");
        _folder.Save("B\n");
        _folder.Save("B\n");
        _folder.Save("A\n", "back");
        Assert.Equal("""
            v3 saved "A\n" (back)
            v2 saved "B\n"
            v1 saved "A\n" (first)
            """, _folder.Log());
    }

    [Fact]
    public void Line_ends_alone_make_no_version_but_are_kept_to_the_byte_where_the_text_changed_too()
    {
        _folder.Save("A\nB\n");
        Assert.False(_folder.Record("A\r\nB\r\n").IsNew);
        Assert.False(_folder.Record("\uFEFFA\nB\n").IsNew);
        PromptVersion second = _folder.Save("\uFEFFA\r\nB\rC\n");
        Assert.Equal(Encoding.UTF8.GetBytes("\uFEFFA\r\nB\rC\n"), _folder.Store.Bytes(second));
        Assert.Equal("A\r\nB\rC\n", _folder.Store.Text(second));
        Assert.Equal(Fingerprint.Of("A\nB\nC\n"), second.Fingerprint);
    }

    [Fact]
    public void A_note_with_a_save_that_changes_nothing_describes_the_newest_version()
    {
        _folder.Save("A\n", "first");
        _folder.Save("A\n", "the one that works");
        _folder.Save("A\n");
        Assert.Equal("v1 saved \"A\\n\" (the one that works)", _folder.Log());
    }

    [Fact]
    public void A_version_says_who_when_where_and_by_what()
    {
        var at = new DateTimeOffset(2026, 1, 2, 3, 4, 5, 678, TimeSpan.FromHours(2));
        var by = new Origin("Ada\u0007 <ada@example.org>", "promptlsp 0.1.0")
        {
            At = at,
            Branch = "main",
            Commit = new('a', 40),
        };
        _folder.Store.Record(new(Prompt, "A\n"u8.ToArray(), EventKind.RolledBack, by) { Source = 7, Note = " why\r\nindeed \u0000" });
        _folder.Close();
        PromptVersion version = _folder.Store.Head(Prompt)!;
        Assert.Equal(("v1", EventKind.RolledBack, 7, "why\nindeed"), (version.Name, version.Kind, version.Source, version.Note));
        Assert.Equal(
            ("Ada  <ada@example.org>", "promptlsp 0.1.0", "main", new string('a', 40)),
            (version.Author, version.Tool, version.Branch, version.Commit)
        );
        Assert.Equal((at, TimeSpan.Zero), (version.At, version.At.Offset));
        Assert.Equal(("06f961b8", Fingerprint.Effective(version.Fingerprint, [])), (version.ShortFingerprint, version.Effective));
    }

    [Fact]
    public void A_version_keeps_what_it_pulls_in()
    {
        PromptVersion version = _folder.Record("A\n", null, Prompt, EventKind.Saved, new("b/z.yaml", "voice: x\r\n"), new("a.prompt", null)).Version;
        Assert.Equal(
            Fingerprint.Effective(version.Fingerprint, [("a.prompt", Fingerprint.Missing), ("b/z.yaml", Fingerprint.Of("voice: x\n"))]),
            version.Effective
        );
        Assert.Equal([new("a.prompt", null), new("b/z.yaml", "voice: x\n")], _folder.Store.PulledIn(version));
        Assert.Empty(_folder.Store.PulledIn(_folder.Save("B\n")));
    }

    [Fact]
    public void What_holds_nothing_is_a_content_like_others()
    {
        PromptVersion version = _folder.Record("A\n", null, Prompt, EventKind.Saved, new("empty.prompt", ""), new("mark.prompt", "\uFEFF")).Version;
        _folder.Record("", null, "b.prompt", EventKind.Saved);
        _folder.Close();
        Assert.Equal("", _folder.Store.PulledIn(version)[0].Text);
        Assert.Equal("", _folder.Store.Text(_folder.Store.Head("b.prompt")!));
        Assert.True(_folder.Store.Verify(CancellationToken.None).Holds);
    }

    [Fact]
    public void Numbers_are_of_the_prompt_and_pages_go_backward()
    {
        for (int i = 1; i <= 7; i++)
        {
            _folder.Save($"{i}\n");
            _folder.Save($"{i}\n", path: "other/b.prompt");
        }
        Assert.Equal([7, 6, 5], _folder.Store.Versions(Prompt, limit: 3).Select(version => version.Number));
        Assert.Equal([4, 3, 2], _folder.Store.Versions(Prompt, before: 5, limit: 3).Select(version => version.Number));
        Assert.Empty(_folder.Store.Versions(Prompt, before: 1));
        Assert.Empty(_folder.Store.Versions("nowhere.prompt"));
        Assert.Null(_folder.Store.Head("nowhere.prompt"));
    }

    [Fact]
    public void A_checkout_makes_versions_of_unknown_contents_only()
    {
        _folder.Save("A\n");
        _folder.Save("B\n");
        var seen = new Recording(Prompt, "A\n"u8.ToArray(), EventKind.Observed, Ada) { OnlyUnknown = true };
        Recorded known = _folder.Store.Record(seen);
        Assert.Equal((1, false), (known.Version.Number, known.IsNew));
        Recorded unknown = _folder.Store.Record(seen with { Bytes = "C\n"u8.ToArray() });
        Assert.Equal((3, true), (unknown.Version.Number, unknown.IsNew));
    }

    [Theory]
    [InlineData("v2", 2)]
    [InlineData("head", 3)]
    [InlineData("latest", 3)]
    [InlineData("head~2", 1)]
    [InlineData("stable", 2)]
    [InlineData("06f961", 3)]
    [InlineData("06F961B8", 3)]
    public void A_reference_names_one_version(string reference, int expected)
    {
        _folder.Save("A\n");
        _folder.Save("B\n");
        _folder.Save("A\n");
        _folder.Store.Tag(Prompt, "v2", "stable", null, null, Ada);
        Assert.Equal(expected, _folder.Store.Resolve(Prompt, reference).Number);
    }

    [Theory]
    [InlineData("v3", "There is no v3 of support.prompt; it has v1 to v2.")]
    [InlineData("head~2", "There is no head~2 of support.prompt; it has v1 to v2.")]
    [InlineData("v0", "There is no v0 of support.prompt; it has v1 to v2.")]
    [InlineData("v99999999999", "`v99999999999` is no tag of support.prompt, nor v and a number, nor six digits of a fingerprint.")]
    [InlineData("stabel", "`stabel` is no tag of support.prompt, nor v and a number, nor six digits of a fingerprint.")]
    [InlineData("06f96", "`06f96` is no tag of support.prompt, nor v and a number, nor six digits of a fingerprint.")]
    [InlineData("abcdef", "No version of support.prompt has a fingerprint that begins with abcdef.")]
    public void What_names_no_version_is_told_in_one_line(string reference, string expected)
    {
        _folder.Save("A\n");
        _folder.Save("B\n");
        Assert.Equal(expected, Assert.Throws<HistoryException>(() => _folder.Store.Resolve(Prompt, reference)).Message);
    }

    [Fact]
    public void A_prefix_of_two_fingerprints_is_ambiguous()
    {
        // The first two texts of this form whose fingerprints share six digits.
        _folder.Save("text 4259\n");
        _folder.Save("text 5586\n");
        Assert.Equal(
            "745493 is the beginning of more than one fingerprint of support.prompt: 74549339b82e596e (v1), 74549373cb5a9de9 (v2); give more digits.",
            Assert.Throws<HistoryException>(() => _folder.Store.Resolve(Prompt, "745493")).Message);
    }

    [Fact]
    public void A_prompt_without_history_is_told()
    {
        Assert.Equal("nowhere.prompt has no history yet.", Assert.Throws<HistoryException>(() => _folder.Store.Resolve("nowhere.prompt", "head")).Message);
    }

    [Fact]
    public void What_is_not_text_is_refused()
    {
        Assert.Equal("support.prompt is not valid UTF-8 and is not recorded.",
            Assert.Throws<HistoryException>(() => _folder.Store.Record(new(Prompt, new byte[] { 0xFF }, EventKind.Saved, Ada))).Message);
        Assert.Equal("support.prompt has more than 5 MB and is not recorded.",
            Assert.Throws<HistoryException>(() => _folder.Store.Record(new(Prompt, new byte[5 * 1024 * 1024 + 1], EventKind.Saved, Ada))).Message);
        Assert.Null(_folder.Store.Head(Prompt));
    }

    [Theory]
    [InlineData("/etc/passwd")]
    [InlineData("../a.prompt")]
    [InlineData("a//b")]
    [InlineData("")]
    [InlineData("a\nb")]
    public void A_path_that_leads_out_has_no_history(string path) => Assert.Throws<HistoryException>(() => _folder.Save("A\n", path: path));

    [Fact]
    public void Several_are_recorded_together_or_not_at_all()
    {
        Recording Of(string path, byte[] bytes) => new(path, bytes, EventKind.Observed, Ada);
        Assert.Equal(["v1", "v1"], _folder.Store.RecordAll([Of("a.prompt", [1]), Of("b.prompt", [1])]).Select(recorded => recorded.Version.Name));
        Assert.Throws<HistoryException>(() => _folder.Store.RecordAll([Of("a.prompt", [2]), Of("b.prompt", [0xFF])]));
        Assert.Equal(1, _folder.Store.Head("a.prompt")!.Number);
    }

    [Fact]
    public void A_rename_keeps_history()
    {
        _folder.Save("A\n");
        Assert.True(_folder.Store.Rename(Prompt, "new/name.prompt", Ada));
        Assert.False(_folder.Store.Rename(Prompt, "new/name.prompt", Ada));
        _folder.Save("B\n", path: "new/name.prompt");
        Assert.Equal("v2 saved \"B\\n\"\nv1 saved \"A\\n\"", _folder.Log("new/name.prompt"));
        Assert.Null(_folder.Store.Head(Prompt));
        Assert.Equal(1, _folder.Save("new\n").Number);
    }

    [Fact]
    public void A_rename_onto_another_prompt_replaces_it()
    {
        _folder.Save("A\n");
        _folder.Save("B\n", path: "b.prompt");
        Assert.True(_folder.Store.Rename(Prompt, "b.prompt", Ada));
        Assert.Equal("v1 saved \"A\\n\"", _folder.Log("b.prompt"));
        Assert.Equal([("b.prompt", false)], _folder.Store.Prompts().Select(prompt => (prompt.Path, prompt.IsDeleted)));
    }

    [Fact]
    public void A_deleted_prompt_keeps_its_history_and_goes_on_where_it_was()
    {
        _folder.Save("A\n");
        Assert.True(_folder.Store.Delete(Prompt, "not needed", Ada));
        Assert.False(_folder.Store.Delete(Prompt, null, Ada));
        Assert.Equal([(Prompt, true, 1)], _folder.Store.Prompts().Select(prompt => (prompt.Path, prompt.IsDeleted, prompt.Head)));
        Assert.Equal("v1 saved \"A\\n\"", _folder.Log());
        Assert.False(_folder.Record("A\n").IsNew);
        Assert.False(_folder.Store.Prompts().Single().IsDeleted);
        Assert.Equal(2, _folder.Save("B\n").Number);
    }

    [Fact]
    public void Another_prompt_at_a_deleted_ones_path_has_a_history_of_its_own()
    {
        _folder.Save("A\n");
        _folder.Save("B\n");
        _folder.Store.Tag(Prompt, "v1", "prod", null, null, Ada);
        _folder.Store.Delete(Prompt, null, Ada);
        Assert.Equal("v1", _folder.Save("C\n").Name);
        Assert.Equal("v1 saved \"C\\n\"", _folder.Log());
        KnownPrompt gone = Assert.Single(_folder.Store.Deleted(Prompt));
        Assert.Equal(("deleted-4", 2), (gone.Deleted, gone.Head));
        Assert.Equal(["v2", "v1"], _folder.Store.Versions(Prompt, gone.Deleted, int.MaxValue, 10).Select(v => v.Name));
        Assert.Equal("prod", Assert.Single(_folder.Store.Tags(Prompt, "deleted")).Name);
        foreach (string reference in (string[])["prod", "deleted:prod", "deleted-4:v1", "deleted:head~1"])
            Assert.Equal(
                ("v1", "deleted-4", "A\n"),
                (
                    _folder.Store.Resolve(Prompt, reference).Name,
                    _folder.Store.Resolve(Prompt, reference).Deleted,
                    _folder.Store.Text(_folder.Store.Resolve(Prompt, reference))
                )
            );
        Assert.Equal(("v1", null), (_folder.Store.Resolve(Prompt, "v1").Name, _folder.Store.Resolve(Prompt, "v1").Deleted));
        Assert.Throws<HistoryException>(() => _folder.Store.Resolve(Prompt, "v2"));
        Assert.Throws<HistoryException>(() => _folder.Store.Tag(Prompt, "prod", "other", null, null, Ada));
        Assert.Equal("", _folder.Verify());
    }

    [Fact]
    public void A_deleted_prompt_comes_back_under_another_name()
    {
        _folder.Save("A\n", "first");
        _folder.Store.Delete(Prompt, null, Ada);
        _folder.Save("B\n");
        PromptVersion gone = _folder.Store.Resolve(Prompt, "deleted:head");
        Recording back = new(Prompt, "A\n"u8.ToArray(), EventKind.RolledBack, Ada) { Source = 1, Note = "still needed" };
        Assert.Throws<HistoryException>(() => _folder.Store.Restore(gone, back));
        Assert.Equal("v2", _folder.Store.Restore(gone, back with { Path = "b.prompt" }).Name);
        Assert.Equal("v2 rolled-back \"A\\n\" (still needed)\nv1 saved \"A\\n\" (first)", _folder.Log("b.prompt"));
        Assert.Equal("v1 saved \"B\\n\"", _folder.Log());
        Assert.Empty(_folder.Store.Deleted());
        Assert.Equal("", _folder.Verify());
    }

    [Fact]
    public void What_git_knew_from_before_comes_before_the_first_version_and_renumbers_none()
    {
        _folder.Save("C\n");
        _folder.Save("D\n");
        PromptVersion first = _folder.Store.First(Prompt)!;
        Assert.Equal(2, _folder.Store.Import([Past("A\n"), Past("B\n")], first));
        Assert.Equal("v2 saved \"D\\n\"\nv1 saved \"C\\n\"\nv0 imported \"B\\n\"\nv-1 imported \"A\\n\"", _folder.Log());
        Assert.Equal(0, _folder.Store.Import([Past("0\n")], first));
        Assert.Equal(1, _folder.Store.Import([Past("0\n")], _folder.Store.First(Prompt)));
        Assert.Equal("0\n", _folder.Store.Text(_folder.Store.Resolve(Prompt, "v-2")));
        Assert.Equal("v0", _folder.Store.Resolve(Prompt, "head~2").Name);
        Assert.Equal("v3", _folder.Save("E\n").Name);
        Assert.Contains("it has v-2 to v3", Assert.Throws<HistoryException>(() => _folder.Store.Resolve(Prompt, "v-3")).Message, StringComparison.Ordinal);
        Assert.Equal("", _folder.Verify());
    }

    private static Recording Past(string text) =>
        new(Prompt, System.Text.Encoding.UTF8.GetBytes(text), EventKind.Imported, Grace with { At = DateTimeOffset.UnixEpoch });

    [Fact]
    public void Of_several_deleted_prompts_at_one_path_the_last_one_is_meant()
    {
        _folder.Save("A\n");
        _folder.Save("B\n", path: "b.prompt");
        _folder.Store.Delete("b.prompt", null, Ada);
        _folder.Store.Rename(Prompt, "b.prompt", Ada);
        _folder.Store.Delete("b.prompt", null, Ada);
        Assert.Equal("v1 saved \"A\\n\"", _folder.Log("b.prompt"));
        Assert.Single(_folder.Store.Prompts());
    }

    [Fact]
    public void A_description_counts_from_then_on_and_can_be_taken_back()
    {
        _folder.Save("A\n", "first");
        Assert.Equal("better", _folder.Store.Describe(Prompt, "v1", "better", Grace).Note);
        Assert.Equal("better", _folder.Store.Head(Prompt)!.Note);
        _folder.Store.Describe(Prompt, "v1", null, Grace);
        Assert.Null(_folder.Store.Head(Prompt)!.Note);
        Assert.Throws<HistoryException>(() => _folder.Store.Describe(Prompt, "v1", new('x', HistoryStore.LongestNote + 1), Grace));
    }

    [Fact]
    public void Another_windows_writes_are_noticed_and_own_ones_are_not()
    {
        long before = _folder.Store.DataVersion();
        _folder.Save("A\n");
        Assert.Equal(before, _folder.Store.DataVersion());
        using (HistoryStore other = _folder.Open())
            other.Record(new(Prompt, "B\n"u8.ToArray(), EventKind.Saved, Grace));
        Assert.NotEqual(before, _folder.Store.DataVersion());
        Assert.Equal("v2", _folder.Store.Head(Prompt)!.Name);
    }

    [Fact]
    public void A_save_that_two_windows_saw_is_recorded_once()
    {
        using HistoryStore other = _folder.Open();
        Assert.True(_folder.Record("A\n").IsNew);
        Recorded again = other.Record(new(Prompt, "A\n"u8.ToArray(), EventKind.Saved, Ada));
        Assert.Equal((1, false), (again.Version.Number, again.IsNew));
    }
}

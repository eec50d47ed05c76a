using PromptLsp.History.Store;
using static PromptLsp.History.Tests.Store.HistoryFolder;

namespace PromptLsp.History.Tests.Store;

/// <summary>Labels that people can trust: one version each, moved only by those who know where they were.</summary>
public sealed class TagsTests : IDisposable
{
    private readonly HistoryFolder _folder = new();

    public TagsTests()
    {
        _folder.Save("A\n");
        _folder.Save("B\n");
        _folder.Save("C\n");
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_tag_is_on_one_version_with_who_when_and_why()
    {
        Tag tag = _folder.Store.Tag(Prompt, "v2", "support-v2-stable", "passed the evaluation", null, Ada);
        Assert.Equal(
            ("support-v2-stable", 2, Fingerprint.Of("B\n"), Ada.Author, "passed the evaluation"),
            (tag.Name, tag.Number, tag.Fingerprint, tag.Author, tag.Note)
        );
        _folder.Store.Tag(Prompt, "v2", "b", null, null, Ada);
        _folder.Store.Tag(Prompt, "v3", "c", null, null, Ada);
        Assert.Equal(["c", "b", "support-v2-stable"], _folder.Store.Tags(Prompt).Select(known => known.Name));
        Assert.Equal(
            """
            v3 saved "C\n" c
            v2 saved "B\n" b,support-v2-stable
            v1 saved "A\n"
            """,
            _folder.Log()
        );
    }

    [Fact]
    public void The_same_again_changes_nothing()
    {
        Tag first = _folder.Store.Tag(Prompt, "v2", "stable", "why", null, Ada);
        Assert.Equal(first, _folder.Store.Tag(Prompt, "head~1", "stable", "other", null, Grace));
    }

    [Fact]
    public void A_tag_moves_for_those_who_saw_where_it_was()
    {
        _folder.Store.Tag(Prompt, "v1", "stable", null, null, Ada);
        Tag moved = _folder.Store.Tag(Prompt, "v2", "stable", "newer", 1, Grace);
        Assert.Equal((2, Grace.Author, "newer"), (moved.Number, moved.Author, moved.Note));
        Assert.Equal(
            "`stable` of support.prompt is on v2 (Grace <grace@example.org>, 2026-03-01 09:06 UTC); it was on v1 when you asked for v3. Move it from v2 if that is still right.",
            Assert.Throws<TagConflictException>(() => _folder.Store.Tag(Prompt, "v3", "stable", null, 1, Ada)).Message);
        Assert.Equal(
            "`stable` of support.prompt is on v2 (Grace <grace@example.org>, 2026-03-01 09:06 UTC); you asked for v3. Move it from v2 if that is still right.",
            Assert.Throws<TagConflictException>(() => _folder.Store.Tag(Prompt, "v3", "stable", null, null, Ada)).Message);
        Assert.Equal(2, _folder.Store.Tags(Prompt).Single().Number);
    }

    [Fact]
    public void A_tag_that_was_taken_away_does_not_come_back_by_a_move()
    {
        _folder.Store.Tag(Prompt, "v1", "stable", null, null, Ada);
        _folder.Store.Untag(Prompt, "stable", null, Grace);
        Assert.Empty(_folder.Store.Tags(Prompt));
        Assert.Equal("`stable` of support.prompt was taken away by somebody else; it was on v1 when you asked for v2.",
            Assert.Throws<TagConflictException>(() => _folder.Store.Tag(Prompt, "v2", "stable", null, 1, Ada)).Message);
        Assert.Equal("`stable` is no tag of support.prompt.", Assert.Throws<HistoryException>(() => _folder.Store.Untag(Prompt, "stable", null, Ada)).Message);
    }

    [Theory]
    [InlineData("", "A tag needs a name.")]
    [InlineData("-x", "`-x` does not begin with a letter or digit, as a tag must.")]
    [InlineData("a b", "`a b` may have only letters, digits, `.`, `_` and `-`.")]
    [InlineData("é", "`é` does not begin with a letter or digit, as a tag must.")]
    [InlineData("a\u0007", "`a\uFFFD` may have only letters, digits, `.`, `_` and `-`.")]
    [InlineData("latest", "`latest` always means the newest version and cannot be a tag.")]
    [InlineData("head", "`head` always means the newest version and cannot be a tag.")]
    [InlineData("head~1", "`head~1` may have only letters, digits, `.`, `_` and `-`.")]
    [InlineData("v12", "`v12` means a version's number and cannot be a tag.")]
    [InlineData("decade", "`decade` reads as a fingerprint and cannot be a tag.")]
    [InlineData("v12-stable", null)]
    [InlineData("v", null)]
    [InlineData("dead", null)]
    [InlineData("2026-03-01", null)]
    [InlineData("Support_v2.stable", null)]
    public void A_tags_name_can_mean_nothing_else(string name, string? expected) => Assert.Equal(expected, TagName.Problem(name));

    [Fact]
    public void A_tags_name_is_short()
    {
        Assert.Equal("A tag has 64 characters at most; this one has 65.", TagName.Problem(new('x', 65)));
        Assert.True(TagName.IsValid(new('x', 64)));
        Assert.Throws<HistoryException>(() => _folder.Store.Tag(Prompt, "v1", "latest", null, null, Ada));
    }
}

using System.Collections.Immutable;
using PromptLsp.History.Lists;
using PromptLsp.History.Store;
using Xunit;

namespace PromptLsp.History.Tests.Lists;

/// <summary>Versions stand oldest first here, with the minute they were saved in; rows newest first.</summary>
public sealed class BurstsTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Saves_of_one_author_that_are_near_make_one_row() => Rows([V(0), V(1), V(3), V(6), V(7)], "v5 v4 | v3 v2 v1");

    [Fact]
    public void Another_author_begins_a_row() => Rows([V(0), V(1) with { Author = "Grace" }, V(2)], "v3 | v2 | v1");

    [Fact]
    public void What_has_a_note_or_a_tag_stands_alone() =>
        Rows([V(0), V(0), V(0) with { Note = "why" }, V(0), V(0), V(0) with { Tags = ["stable"] }, V(0)], "v7 | v6 | v5 v4 | v3 | v2 v1");

    [Fact]
    public void Changes_that_came_with_one_commit_make_one_row() =>
        Rows(
            [
                V(0, EventKind.Observed) with
                {
                    Commit = "a",
                },
                V(50, EventKind.Observed) with
                {
                    Commit = "a",
                },
                V(50, EventKind.Observed) with
                {
                    Commit = "b",
                },
                V(50, EventKind.Observed),
            ],
            "v4 | v3 | v2 v1"
        );

    [Fact]
    public void Rollbacks_stand_for_themselves() => Rows([V(0), V(0, EventKind.RolledBack), V(0, EventKind.RolledBack)], "v3 | v2 | v1");

    [Fact]
    public void Versions_that_a_filter_left_out_part_a_burst() =>
        Assert.Equal(2, Bursts.Of(Numbered([V(0), V(0), V(0)]).Where(v => v.Number != 2), TimeSpan.FromMinutes(2)).Length);

    [Fact]
    public void Nothing_is_folded_where_nobody_wants_it() =>
        Assert.Equal(2, Bursts.Of(Numbered([V(0), V(0)]), TimeSpan.Zero).Length);

    private static void Rows(PromptVersion[] oldestFirst, string expected) => Assert.Equal(
        expected,
        string.Join(" | ", Bursts.Of(Numbered(oldestFirst), TimeSpan.FromMinutes(2)).Select(row => string.Join(' ', row.Select(v => v.Name)))));

    private static IEnumerable<PromptVersion> Numbered(PromptVersion[] oldestFirst) =>
        oldestFirst.Select((v, i) => v with { Number = i + 1 }).Reverse().ToImmutableArray();

    private static PromptVersion V(int minute, EventKind kind = EventKind.Saved) => new()
    {
        Path = "a.prompt",
        Number = 0,
        Fingerprint = "",
        Effective = "",
        Exact = "",
        Kind = kind,
        Author = "Ada",
        At = Noon.AddMinutes(minute),
        Tool = "",
        Sequence = 0,
    };
}

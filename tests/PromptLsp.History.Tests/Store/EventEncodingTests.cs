using PromptLsp.History.Store;

namespace PromptLsp.History.Tests.Store;

/// <summary>Golden vectors of the chain: what was once written is never encoded otherwise. The hashes can be had from <c>sha256sum</c> over the texts.</summary>
public sealed class EventEncodingTests
{
    [Fact]
    public void An_event_is_written_field_by_field_with_lengths()
    {
        var first = new Event
        {
            Sequence = 1,
            Kind = EventKind.Saved,
            Prompt = 1,
            Path = "é.prompt",
            Number = 1,
            Fingerprint = Fingerprint.Of("Hello.\n"),
            Author = "Ada\n<ada@example.org>",
            At = DateTimeOffset.FromUnixTimeMilliseconds(1_772_355_600_123),
            Tool = "tests",
        };
        Assert.Equal("""
            promptlsp event 1
            previous 64 0000000000000000000000000000000000000000000000000000000000000000
            sequence 1 1
            kind 5 saved
            prompt 1 1
            path 9 é.prompt
            number 1 1
            fingerprint 64 a2c064616af4c66c576821616646bdfad5556a263b4b007847605118971f4389
            author 21 Ada
            <ada@example.org>
            at 13 1772355600123
            tool 5 tests

            """, EventEncoding.Text(EventEncoding.Beginning, first));
        Assert.Equal("0a06043cd16107d6cebccd7287f2694703e47580601433a8fbdb25b586b6b323", EventEncoding.Hash(EventEncoding.Beginning, first));
    }

    [Fact]
    public void What_is_about_an_environment_is_written_by_encoding_2()
    {
        var promoted = new Event
        {
            Sequence = 7,
            Kind = EventKind.Promoted,
            Prompt = 1,
            Path = "reply.prompt",
            Fingerprint = Fingerprint.Of("Hello.\n"),
            Note = Fingerprint.Of("the French tickets"),
            Where = new("production", Fingerprint.Of("record"))
            {
                Release = Fingerprint.Of("release"),
                Context = Fingerprint.Of("context"),
                From = "staging",
            },
            Author = "Ada <ada@example.org>",
            At = DateTimeOffset.FromUnixTimeMilliseconds(1_772_355_600_000),
            Commit = "90cc3d1a90cc3d1a90cc3d1a90cc3d1a90cc3d1a",
            Tool = "tests",
        };
        Assert.Equal(
            """
            promptlsp event 2
            previous 64 0000000000000000000000000000000000000000000000000000000000000000
            sequence 1 7
            kind 8 promoted
            prompt 1 1
            path 12 reply.prompt
            fingerprint 64 a2c064616af4c66c576821616646bdfad5556a263b4b007847605118971f4389
            note 64 3edaff479c33ae5667217e3e99848532cd82408fe47d14e480e92a55354b7441
            environment 10 production
            release 64 a4d451ec23463726f72c43d64c710968f6b602cd653b4de8adee1b556240a829
            context 64 ea7792a26f405e2ae9c6f49ca93bbe6076ceac0a1fc53d83426c7d7f2d9377e4
            from 7 staging
            record 64 70ce871f8a3d3fb449bc3c3ace6547cef02dfc74ffe48d912532a724bfdbe5b9
            author 21 Ada <ada@example.org>
            at 13 1772355600000
            commit 40 90cc3d1a90cc3d1a90cc3d1a90cc3d1a90cc3d1a
            tool 5 tests

            """,
            EventEncoding.Text(EventEncoding.Beginning, promoted)
        );
        Assert.Equal("5efc8363e203ad645708ffcb3c1c7a81437ab8135a5fdc1a8de73eed2449759a", EventEncoding.Hash(EventEncoding.Beginning, promoted));
    }

    [Theory]
    [InlineData(EventKind.Promoted, "promoted")]
    [InlineData(EventKind.Overridden, "overridden")]
    [InlineData(EventKind.EnvRolledBack, "env-rolled-back")]
    [InlineData(EventKind.Approved, "approved")]
    [InlineData(EventKind.Withdrawn, "withdrawn")]
    [InlineData(EventKind.Frozen, "frozen")]
    [InlineData(EventKind.Thawed, "thawed")]
    public void Each_kind_of_encoding_2_has_its_word(EventKind kind, string word)
    {
        string text = EventEncoding.Text(EventEncoding.Beginning, new() { Kind = kind, Where = new("production", EventEncoding.Beginning) });
        Assert.StartsWith("promptlsp event 2\n", text, StringComparison.Ordinal);
        Assert.Contains($"\nkind {word.Length} {word}\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_field_has_its_place()
    {
        string hash = Fingerprint.Of("");
        var full = new Event
        {
            Sequence = 2,
            Kind = EventKind.TagMoved,
            Prompt = 3,
            Path = "a",
            Number = 4,
            Target = 5,
            Source = 6,
            Fingerprint = hash,
            Exact = hash,
            Effective = hash,
            Tag = "t",
            Note = hash,
            Erased = hash,
            Added = 7,
            Removed = 8,
            Author = "",
            At = default(DateTimeOffset).AddYears(1),
            Branch = "b",
            Commit = "c",
            Tool = "d",
        };
        Assert.Equal("1ac9aa1caebf85c848d77985963c9a558a1c1e32a48b497a832737c989042a40", EventEncoding.Hash(hash, full));
    }
}

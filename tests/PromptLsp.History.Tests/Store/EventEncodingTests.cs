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

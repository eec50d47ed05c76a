using System.Text;
using System.Text.Json.Nodes;
using PromptLsp.History.Store;
using static PromptLsp.History.Tests.Store.HistoryFolder;

namespace PromptLsp.History.Tests.Store;

/// <summary>What the chain proves: that nothing in the history was altered since it was written.</summary>
public sealed class VerifyTests : IDisposable
{
    private readonly HistoryFolder _folder = new();

    public VerifyTests()
    {
        _folder.Save("A\n", "first");
        _folder.Record("B\r\n", "second", Prompt, EventKind.Saved, new("brand.yaml", "voice: calm\n"), new("gone.prompt", null));
        _folder.Store.Tag(Prompt, "v1", "stable", "it works", null, Ada);
        _folder.Store.Tag(Prompt, "v2", "stable", "better", 1, Grace);
        _folder.Store.Describe(Prompt, "v2", "second, in other words", Ada);
        _folder.Save("C\n", path: "c.prompt");
        _folder.Store.Rename("c.prompt", "d.prompt", Ada);
        _folder.Store.Delete("d.prompt", null, Ada);
        _folder.Save("C\n", path: "d.prompt");
        _folder.Store.Tag(Prompt, "v1", "other", null, null, Ada);
        _folder.Store.Untag(Prompt, "other", null, Ada);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void An_untouched_history_holds_and_tells_its_head()
    {
        Verification found = _folder.Verified();
        Assert.Equal((true, 11, 3), (found.Holds, found.Events, found.Versions));
        _folder.Close();
        Assert.Equal(found.Head, _folder.Verified().Head);
        _folder.Save("D\n");
        Assert.NotEqual(found.Head, _folder.Verified().Head);
    }

    [Theory]
    [InlineData("UPDATE events SET author = 'Eve' WHERE seq = 2", "event 2 (saved v2 by Eve) does not hold: it, or an event before it, was altered")]
    [InlineData(
        "UPDATE events SET at = at + 1 WHERE seq = 5",
        "event 5 (described v2 by Ada <ada@example.org>) does not hold: it, or an event before it, was altered"
    )]
    [InlineData("DELETE FROM events WHERE seq = 4", "event 4 (described v2 by Ada <ada@example.org>) does not hold: the next in the log is event 5")]
    [InlineData("DELETE FROM events WHERE seq = 11", "the tag `other` is in the log alone")]
    [InlineData("UPDATE tags SET number = 1", "the tag `stable` is on v1, and the log says otherwise")]
    [InlineData("DELETE FROM tags", "the tag `stable` is in the log alone")]
    [InlineData("INSERT INTO tags VALUES (1, 'extra', 1, 3)", "the tag `extra` is on v1, and the log says otherwise")]
    [InlineData("UPDATE prompts SET path = 'x.prompt' WHERE id = 2", "x.prompt is not where, or not as far as, the log says")]
    [InlineData("UPDATE prompts SET head = 1, number = 1 WHERE id = 1", "support.prompt is not where, or not as far as, the log says")]
    [InlineData("UPDATE notes SET text = 'other' WHERE id = 2", "event 2 (saved v2 by Ada <ada@example.org>) does not hold: its note was altered")]
    [InlineData("UPDATE notes SET text = NULL WHERE id = 1", "event 1 (saved v1 by Ada <ada@example.org>) does not hold: its note was taken away")]
    [InlineData("DELETE FROM notes WHERE id = 3", "event 3 (tagged v1 by Ada <ada@example.org>) does not hold: its note is missing")]
    [InlineData(
        "UPDATE contents SET packed = (SELECT packed FROM contents WHERE id = 1) WHERE id = 2",
        "event 2 (saved v2 by Ada <ada@example.org>) does not hold: its content is damaged or missing"
    )]
    [InlineData(
        "UPDATE contents SET fingerprint = (SELECT fingerprint FROM contents WHERE id = 1) WHERE id = 2",
        "event 2 (saved v2 by Ada <ada@example.org>) does not hold: its content is damaged or missing"
    )]
    [InlineData(
        "UPDATE contents SET packed = NULL WHERE id = 3",
        "event 2 (saved v2 by Ada <ada@example.org>) does not hold: the content of brand.yaml, which it pulls in, is damaged or missing"
    )]
    [InlineData(
        "DELETE FROM contents WHERE id = 4",
        "event 2 (saved v2 by Ada <ada@example.org>) does not hold: the list of what it pulls in is damaged or missing"
    )]
    public void Whatever_was_altered_is_named(string change, string expected)
    {
        _folder.Tamper(change);
        Assert.Equal(expected, _folder.Verify());
    }

    [Fact]
    public void No_flipped_byte_goes_unnoticed()
    {
        string before = Everything();
        _folder.Close();
        byte[] whole = System.IO.File.ReadAllBytes(_folder.File);
        int noticed = 0, tried = 0;
        for (int at = 0; at < whole.Length; at += 409, tried++)
        {
            byte[] flipped = [.. whole];
            flipped[at] ^= (byte)(1 << (at % 8));
            System.IO.File.WriteAllBytes(_folder.File, flipped);
            try
            {
                if (_folder.Verified().Holds)
                    // A byte that nothing is read from.
                    Assert.Equal(before, Everything());
                else
                    noticed++;
            }
            catch (HistoryUnavailableException failure)
            {
                Assert.True(failure.Reason is Unavailability.Corrupt or Unavailability.ForeignSchema or Unavailability.NewerSchema, failure.Message);
                noticed++;
            }
            finally
            {
                _folder.Close();
            }
        }
        Assert.InRange(noticed, 20, tried);
    }

    [Fact]
    public void The_chain_can_be_computed_again_from_the_export()
    {
        JsonNode[] lines = [.. _folder.Export().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!)];
        Assert.Equal(11, lines.Length);
        string previous = new('0', 64);
        foreach (JsonNode line in lines)
        {
            var text = new StringBuilder($"promptlsp event 1\nprevious 64 {previous}\n");
            foreach ((string name, JsonNode? value) in line.AsObject().Where(field => field.Key is not ("noteText" or "previous" or "hash")))
                text.Append($"{name} {Encoding.UTF8.GetByteCount($"{value}")} {value}\n");
            Assert.Equal(previous, $"{line["previous"]}");
            previous = Fingerprint.Of(text.ToString());
            Assert.Equal(previous, $"{line["hash"]}");
        }
        Assert.Equal(_folder.Verified().Head, previous);
        Assert.Equal("second, in other words", $"{lines[4]["noteText"]}");
    }

    [Fact]
    public void Lines_are_counted_against_the_version_before()
    {
        _folder.Save("B\nC\nD\n");
        Assert.Equal(
            [(3, 2, 0), (2, 1, 1), (1, null, null)],
            _folder.Store.Versions(Prompt).Select(version => (version.Number, version.Added, version.Removed))
        );
    }

    private string Everything()
    {
        return _folder.Export() + _folder.Log() + _folder.Log("d.prompt") + string.Join(',', _folder.Store.PulledIn(_folder.Store.Head(Prompt)!));
    }
}

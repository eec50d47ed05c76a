using PromptLsp.History;
using PromptLsp.Releases.Content;
using PromptLsp.Releases.Folder;
using PromptLsp.Releases.Gates;
using PromptLsp.Releases.Signing;

namespace PromptLsp.Releases.Tests;

/// <summary>Golden vectors: what was once hashed or signed is never encoded otherwise. The hashes can be had from <c>sha256sum</c> over the texts.</summary>
public sealed class EncodingTests
{
    private static readonly ReducedSettings Settings = new(
        [
            ("brand", "context/brand.yaml"),
            (
                "user",
                new Dictionary<string, object?>(StringComparer.Ordinal)
                {
                    ["schema"] = new Dictionary<string, object?>(StringComparer.Ordinal) { ["name"] = "string, whole" },
                    ["sample"] = null,
                }
            ),
        ],
        ["partials"],
        [("Money", new Dictionary<string, object?>(StringComparer.Ordinal) { ["amount"] = "number" })],
        "scriban",
        []
    );

    [Fact]
    public void A_release_hash_covers_texts_dialect_and_settings_and_no_context_value()
    {
        string own = Fingerprint.Of("Hello.\n"), partial = Fingerprint.Of("Be kind.\n");
        string text = ReleaseContent.ReleaseText("scriban", own, [(partial, "partials/_é.prompt")], Settings);
        Assert.Equal($$"""
            promptlsp release 1
            dialect 7 scriban
            file 66 {{own}} .
            file 84 {{partial}} partials/_é.prompt
            context 5 brand
            context 58 user {"schema": {"name": "string, whole"}, "sample": null}
            partials 8 partials
            schema 26 Money {"amount": "number"}
            template 7 scriban

            """, text);
        Assert.Equal("e0e963cd361a1ad1d41c60ff5b3af0b90e7d4abc13ec8ce829f8101f38ea69e1", Sha256.Hex(text));
    }

    [Fact]
    public void A_context_hash_covers_the_values_in_the_order_of_their_names()
    {
        string text = ReleaseContent.ContextText([("user", Fingerprint.Of("b")), ("brand", Fingerprint.Of("a"))]);
        Assert.Equal($"""
            promptlsp context 1
            value 70 {Fingerprint.Of("a")} brand
            value 69 {Fingerprint.Of("b")} user

            """, text);
        Assert.Equal("41aab6ed4d055e6c2fc7e3509d98f14e25c57230abe74190bfdf2545b3bdaf96", Sha256.Hex(text));
        Assert.Equal("3ffd171cd69528325f3a3cbf7d24588fd4143ad88e1cd5a224d08ac15e843212", Sha256.Hex(ReleaseContent.ContextText([])));
    }

    [Fact]
    public void Reduced_settings_are_yaml_and_read_back_as_they_were()
    {
        Assert.Equal("""
            # The part of the workspace's settings that this release was made with.
            context:
              "brand": "context/brand.yaml"
              "user": {"schema": {"name": "string, whole"}, "sample": null}
            partials: ["partials"]
            schemas:
              "Money": {"amount": "number"}
            template: "scriban"

            """, Settings.Text);
        Assert.Equal(Settings.Text, ReducedSettings.Parse(Settings.Text)?.Text);
        Assert.Null(ReducedSettings.Parse(Settings.Text + "rules: { secret: off }\n"));
        Assert.Null(ReducedSettings.Parse(Settings.Text.Replace("scriban", "scriban\" # a comment", StringComparison.Ordinal)));
        Assert.NotNull(ReducedSettings.Parse(new ReducedSettings([], [], [], null, []).Text));
    }

    [Theory]
    [InlineData("plain", "\"plain\"")]
    [InlineData("\"quoted\" \\ \t\n\r\u0001", "\"\\\"quoted\\\" \\\\ \\t\\n\\u000d\\u0001\"")]
    [InlineData("é 🦅", "\"é 🦅\"")]
    [InlineData(true, "true")]
    [InlineData(2.0, "2.0")]
    [InlineData(0.1, "0.1")]
    [InlineData(null, "null")]
    public void A_value_is_written_in_one_way_alone(object? value, string text) => Assert.Equal(text, FlowText.Of(value));

    [Fact]
    public void What_is_signed_names_the_release_the_place_and_what_it_replaces()
    {
        var approval = new Approval(
            ApprovalKind.Approved,
            "production",
            "support/reply.prompt",
            new(new('1', 64), new('2', 64)),
            null,
            "bo@example.com",
            DateTimeOffset.FromUnixTimeSeconds(1_772_355_600),
            "read it",
            "none"
        );
        Assert.Equal(
            """
            promptlsp approval 1
            kind 8 approved
            environment 10 production
            prompt 20 support/reply.prompt
            release 64 1111111111111111111111111111111111111111111111111111111111111111
            context 64 2222222222222222222222222222222222222222222222222222222222222222
            replaces 7 nothing
            by 14 bo@example.com
            at 10 1772355600
            note 7 read it

            """,
            approval.Statement
        );
        Assert.Equal("3cb07a343d63b04674af13f3342f0aba9bd5fda87e9352d6720bc5d7f7806434", approval.Id);
        Assert.Equal(approval, Approval.Parse(approval.Text, approval.FileName, "a.json"));
        Assert.Contains(
            "does not say what its name says",
            Assert
                .Throws<ReleaseException>(() =>
                    Approval.Parse(approval.Text.Replace("production", "staging", StringComparison.Ordinal), approval.FileName, "a.json")
                )
                .Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_record_reads_back_as_it_was_and_in_no_other_form()
    {
        var record = new ReleaseRecord
        {
            Kind = MoveKind.Promoted,
            Environment = "production",
            Prompt = "support/reply.prompt",
            Name = new(new('1', 64), new('2', 64)),
            Fingerprint = new('3', 64),
            From = "staging",
            Replaces = new('4', 64),
            By = "Ada <ada@example.com>",
            At = DateTimeOffset.FromUnixTimeSeconds(1_772_355_600),
            Why = "shorter",
            Gates = [new("tests", true, "3 passed")],
            Files = System.Collections.Immutable.ImmutableSortedDictionary<string, string>.Empty.Add("support/reply.prompt", new('5', 64)),
        };
        Assert.Equal("039e8e70af337de3d7cdf862e5a7b79ef0b3e0991bbd8c3122ec18824d0b50fe", record.Id);
        Assert.Equal(record.Id, ReleaseRecord.Parse(record.Text.Replace("\n", "\r\n", StringComparison.Ordinal), "release.json").Id);
        foreach (
            string edited in new[]
            {
                record.Text.Replace("  \"why\"", "  \"evil\": 1,\n  \"why\"", StringComparison.Ordinal),
                record.Text + "\n",
                record.Text.Replace("\"format\": 1", "\"format\": 2", StringComparison.Ordinal),
                "{}",
                "[]",
                "",
            }
        )
            Assert.Equal(
                "`release.json` is not as promptlsp writes it: it was edited, or a newer PromptLsp wrote it; bring it back from git",
                Assert.Throws<ReleaseException>(() => ReleaseRecord.Parse(edited, "release.json")).Message
            );
        Assert.StartsWith(
            "`release.json` holds the conflict of a merge",
            Assert.Throws<ReleaseException>(() => ReleaseRecord.Parse("<<<<<<< HEAD\n" + record.Text, "release.json")).Message,
            StringComparison.Ordinal
        );
    }
}

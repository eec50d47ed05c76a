using CsCheck;
using PromptLsp.Testing;

namespace PromptLsp.Language.Tests.Properties;

/// <summary>Whatever stands between the fences, findings, completions and hovers come back, each inside the text.</summary>
public sealed class FrontMatterTests
{
    private const string Everything = """
        ---
        name: support-reply
        owner: "@acme/support"
        tags: [support, tier-1]
        model: openai/gpt-4o-mini
        config: { temperature: 0.2, maxOutputTokens: 600 }
        input:
          schema:
            customer(object, who wrote the ticket):
              name: string, full name
              tier(enum, the plan they pay for): [free, pro, enterprise]
            ticket: string, the ticket's text
            tags?(array): string
            (*): any
          default: { customer: { name: Ada, tier: pro } }
          untrusted: [ticket]
        output: { format: json, schema: { type: object, properties: { a: { $ref: '#/$defs/b' } }, $defs: { b: { anyOf: [{ type: string }] } } } }
        limits: { tokens: 4000 }
        samples:
          angry: { ticket: "Third time I ask!" }
        tests:
          - name: greets by name
            sample: angry
            input: { tags: [x] }
            expect: [{ contains: Ada }, { regex: "a+" }, { messages: [system, user] }]
        lint: { disable: [unused-input] }
        ---
        {{ ticket }} {{ customer.name }}
        """;

    private static readonly string[] Pieces =
    [
        "a",
        "name:",
        " ",
        "\n",
        "  ",
        "- ",
        "[",
        "]",
        "{",
        "}",
        ",",
        ":",
        ": ",
        "'",
        "\"",
        "|",
        "*a",
        "&a ",
        "#",
        "---\n",
        "(array)",
        "(enum): ",
        "string",
        "\r\n",
        "😀",
        "\t",
        "$ref",
        "!",
        "\\",
        "input",
        "samples:\n",
        "schema:",
    ];

    [Fact]
    public void Any_edit_of_front_matter_is_answered() =>
        Gen.Select(Gen.Int[0, Everything.Length], Gen.Int[0, 40], Gen.OneOf<string>(Pieces).Array[0, 4], Gen.Int[0, Everything.Length])
            .Holds(2_000, t =>
            {
                (int at, int length, string[] pieces, int cursor) = t;
                string text = string.Concat(Everything.AsSpan(0, at), string.Concat(pieces), Everything.AsSpan(Math.Min(Everything.Length, at + length)));
                Invariants.Hold(text, Math.Min(cursor, text.Length));
            });

    [Fact]
    public void Any_prefix_is_answered_at_its_end()
    {
        for (int length = 0; length <= Everything.Length; length += 3)
            Invariants.Hold(Everything[..length], length);
    }

    [Fact]
    public void Soup_is_answered() =>
        Gen.Select(Gen.OneOf<string>(Pieces).Array[0, 25], Gen.Int[0, 1000]).Holds(2_000, t =>
        {
            (string[] pieces, int cursor) = t;
            string text = "---\n" + string.Concat(pieces) + "\n---\n";
            Invariants.Hold(text, cursor % (text.Length + 1));
        });
}

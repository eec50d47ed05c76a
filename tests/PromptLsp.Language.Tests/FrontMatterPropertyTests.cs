using CsCheck;
using PromptLsp.Language.Completion;
using PromptLsp.Language.Hover;
using PromptLsp.Language.Linting;
using PromptLsp.Language.Semantics;
using PromptLsp.Language.Text;
using PromptLsp.Testing;

namespace PromptLsp.Language.Tests;

/// <summary>Whatever stands between the fences, findings, completions and hovers come back, each inside the text.</summary>
public sealed class FrontMatterPropertyTests
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

    private static readonly string[] Pieces = ["a", "name:", " ", "\n", "  ", "- ", "[", "]", "{", "}", ",", ":", ": ", "'", "\"", "|", "*a", "&a ", "#", "---\n", "(array)", "(enum): ", "string", "\r\n", "😀", "\t", "$ref", "!", "\\", "input", "samples:\n", "schema:"];

    [Fact]
    public void Any_edit_of_front_matter_is_answered() =>
        Gen.Select(Gen.Int[0, Everything.Length], Gen.Int[0, 40], Gen.OneOf<string>(Pieces).Array[0, 4], Gen.Int[0, Everything.Length])
            .Sample((at, length, pieces, cursor) =>
            {
                string text = string.Concat(Everything.AsSpan(0, at), string.Concat(pieces), Everything.AsSpan(Math.Min(Everything.Length, at + length)));
                Check(text, Math.Min(cursor, text.Length));
            }, iter: 2_000);

    [Fact]
    public void Any_prefix_is_answered_at_its_end()
    {
        for (int length = 0; length <= Everything.Length; length += 3)
            Check(Everything[..length], length);
    }

    [Fact]
    public void Soup_is_answered() =>
        Gen.Select(Gen.OneOf<string>(Pieces).Array[0, 25], Gen.Int[0, 1000]).Sample((pieces, cursor) =>
        {
            string text = "---\n" + string.Concat(pieces) + "\n---\n";
            Check(text, cursor % (text.Length + 1));
        }, iter: 2_000);

    private static void Check(string text, int cursor)
    {
        PromptModel prompt = Model(text);
        foreach (Finding finding in Linter.Quick(prompt, CancellationToken.None))
        {
            Inside(finding.Span, text);
            foreach (Fix fix in finding.Fixes)
                Assert.All(fix.Edits, e => Inside(e.Span, text));
        }
        foreach (CompletionItem item in Completions.At(prompt, cursor).Items)
        {
            Inside(item.Replace, text);
            Assert.True(item.Replace.Touches(cursor), $"{item.Label} replaces {item.Replace}, and the cursor is at {cursor}");
            Assert.DoesNotContain('\n', text.Substring(item.Replace.Start, item.Replace.Length));
        }
        if (Hovers.At(prompt, cursor, CancellationToken.None) is { } hover)
            Inside(hover.Span, text);
    }

    private static void Inside(TextSpan span, string text) => Assert.True(span is { Start: >= 0, Length: >= 0 } && span.End <= text.Length, $"{span} in {text.Length}");
}

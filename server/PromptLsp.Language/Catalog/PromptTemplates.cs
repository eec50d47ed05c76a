using System.Collections.Immutable;

namespace PromptLsp.Language.Catalog;

/// <summary>A prompt to begin with: clean under every rule, with a sample and a test.</summary>
/// <param name="Meaning">What it is for, in a few words.</param>
/// <param name="Text">In Scriban.</param>
/// <param name="Handlebars">The same in Handlebars.</param>
public sealed record PromptTemplate(string Name, string Meaning, string Text, string Handlebars)
{
    private const string Placeholder = "NAME";

    /// <summary>The text of a new prompt.</summary>
    /// <param name="prompt">What the prompt is called.</param>
    public string For(string prompt, bool inHandlebars = false) =>
        (inHandlebars ? Handlebars : Text).ReplaceLineEndings("\n").Replace(Placeholder, IsPlain(prompt) ? prompt : Quoted(prompt), StringComparison.Ordinal);

    private static bool IsPlain(string name) => name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_') && char.IsAsciiLetter(name[0]);

    private static string Quoted(string name) =>
        $"\"{name.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}

/// <summary>The prompts that one can begin with.</summary>
public static class PromptTemplates
{
    public static ImmutableArray<PromptTemplate> All { get; } =
    [
        InBoth("chat", "answers what somebody asks", """
            ---
            name: NAME
            description: Answers a customer's question.
            input:
              schema:
                question: string, what is asked
              untrusted: [question]
            samples:
              address: { question: "How do I change my address?" }
            tests:
              - name: the question is there, below the rules
                sample: address
                expect:
                  - contains: change my address
                  - messages: [system, user]
            ---
            {{ role "system" ~}}
            You help the customers of a shop. Answer in three sentences at most.
            {{ role "user" ~}}
            <question>
            {{ question }}
            </question>

            """),
        InBoth("extraction", "takes facts out of a text, as JSON", """
            ---
            name: NAME
            description: Takes the facts out of a message.
            config: { temperature: 0 }
            input:
              schema:
                message: string, the text to read
              untrusted: [message]
            output:
              format: json
              schema:
                topic(enum, what it is about): [order, refund, other]
                summary: string, one sentence
            samples:
              refund: { message: "The lamp arrived broken, I want my money back." }
            tests:
              - name: the message is there
                sample: refund
                expect: [{ contains: lamp }]
            ---
            {{ role "system" ~}}
            Read the message and answer with JSON: its topic, and a summary of one sentence.
            {{ role "user" ~}}
            <message>
            {{ message }}
            </message>

            """),
        new("partial", "a piece that other prompts include", """
            ---
            description: How we sound.
            input:
              schema:
                tone?(enum): [warm, plain]
              default: { tone: plain }
            ---
            Write in a {{ tone }} tone, in short sentences.

            """,
            """
            {{! How we sound; it is given a tone, warm or plain. }}
            Write in a {{#if tone}}{{tone}}{{else}}plain{{/if}} tone, in short sentences.

            """),
    ];

    private static PromptTemplate InBoth(string name, string meaning, string text) => new(name, meaning, text, text
        .Replace("\ninput:", "\ntemplate: handlebars\ninput:", StringComparison.Ordinal)
        .Replace("{{ ", "{{", StringComparison.Ordinal).Replace(" ~}}", "}}", StringComparison.Ordinal).Replace(" }}", "}}", StringComparison.Ordinal));

    public static PromptTemplate? Find(string name) => All.FirstOrDefault(t => string.Equals(t.Name, name, StringComparison.Ordinal));
}

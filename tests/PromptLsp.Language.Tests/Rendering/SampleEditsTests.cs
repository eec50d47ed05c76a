using PromptLsp.Language.Rendering.Samples;
using PromptLsp.Language.Semantics;
using PromptLsp.Language.Syntax;
using PromptLsp.Language.Text;
using PromptLsp.Testing;

namespace PromptLsp.Language.Tests.Rendering;

/// <summary>Values that were typed into the preview, saved as a sample.</summary>
public sealed class SampleEditsTests
{
    private const string Prompt = """
        ---
        # what it takes
        input:
          schema: { name: string, age?: integer, tags?(array): string, who?: { city: string, zip?: string } }
        samples:
          # the usual one
          ada: # first
            name: Ada # as she writes it
            age: 36
            who:
              city: London # where she is
              zip: "01234"
          short: { name: Bo }
        config: { temperature: 0.2 }
        ---
        Hi {{ name }}

        """;

    [Fact]
    public void A_changed_value_leaves_comments_and_order_alone() =>
        Save(Prompt, "ada", "ada", ("name", "Grace"), ("who", "{ city: Paris, zip: \"01234\" }"))
            .ShouldBe(
                """
                ---
                # what it takes
                input:
                  schema: { name: string, age?: integer, tags?(array): string, who?: { city: string, zip?: string } }
                samples:
                  # the usual one
                  ada: # first
                    name: Grace # as she writes it
                    age: 36
                    who:
                      city: Paris # where she is
                      zip: "01234"
                  short: { name: Bo }
                config: { temperature: 0.2 }
                ---
                Hi {{ name }}

                """
            );

    [Fact]
    public void A_new_value_comes_behind_the_others_and_an_emptied_one_goes() =>
        Save(Prompt, "ada", "ada", ("age", ""), ("tags", "[a, \"b: c\"]"))
            .ShouldBe(
                """
                ---
                # what it takes
                input:
                  schema: { name: string, age?: integer, tags?(array): string, who?: { city: string, zip?: string } }
                samples:
                  # the usual one
                  ada: # first
                    name: Ada # as she writes it
                    who:
                      city: London # where she is
                      zip: "01234"
                    tags: [a, "b: c"]
                  short: { name: Bo }
                config: { temperature: 0.2 }
                ---
                Hi {{ name }}

                """
            );

    [Fact]
    public void A_sample_in_braces_stays_in_braces() =>
        Save(Prompt, "short", "short", ("name", "Bo: the \"second\"\nline"), ("age", "7"))
            .ShouldBe(
                """
                ---
                # what it takes
                input:
                  schema: { name: string, age?: integer, tags?(array): string, who?: { city: string, zip?: string } }
                samples:
                  # the usual one
                  ada: # first
                    name: Ada # as she writes it
                    age: 36
                    who:
                      city: London # where she is
                      zip: "01234"
                  short: { name: "Bo: the \"second\"\nline", age: 7 }
                config: { temperature: 0.2 }
                ---
                Hi {{ name }}

                """
            );

    [Fact]
    public void A_new_sample_comes_behind_the_others() =>
        Save(Prompt, "ada", "two lines", ("name", "Ada\nKing\n"))
            .ShouldBe(
                """
                ---
                # what it takes
                input:
                  schema: { name: string, age?: integer, tags?(array): string, who?: { city: string, zip?: string } }
                samples:
                  # the usual one
                  ada: # first
                    name: Ada # as she writes it
                    age: 36
                    who:
                      city: London # where she is
                      zip: "01234"
                  short: { name: Bo }
                  two lines:
                    name: |
                      Ada
                      King
                    age: 36
                    who: { city: London, zip: "01234" }
                config: { temperature: 0.2 }
                ---
                Hi {{ name }}

                """
            );

    [Fact]
    public void A_prompt_without_samples_gets_its_first() =>
        Save("---\nmodel: x # cheap\n---\nHi {{ name }}\n", null, "first", ("name", "yes"))
            .ShouldBe(
                """
                ---
                model: x # cheap
                samples:
                  first:
                    name: "yes"
                ---
                Hi {{ name }}

                """
            );

    [Fact]
    public void A_prompt_without_front_matter_gets_some() =>
        Save("Hi {{ name }}\n", null, "first", ("name", "Ada"))
            .ShouldBe(
                """
                ---
                samples:
                  first:
                    name: Ada
                ---
                Hi {{ name }}

                """
            );

    [Fact]
    public void Front_matter_in_braces_stays_so() =>
        Save("---\n{ model: x }\n---\nHi {{ name }}\n", null, "first", ("name", "Ada"))
            .ShouldBe(
                """
                ---
                { model: x, samples: { first: { name: Ada } } }
                ---
                Hi {{ name }}

                """
            );

    [Fact]
    public void What_is_shared_by_an_alias_is_written_out() =>
        Save("---\nsamples:\n  a: { name: &n Ada }\n  b: { name: *n }\n---\nHi {{ name }}\n", "b", "b", ("name", "Bo"))
            .ShouldBe(
                """
                ---
                samples:
                  a: { name: &n Ada }
                  b: { name: Bo }
                ---
                Hi {{ name }}

                """
            );

    [Fact]
    public void Line_ends_are_the_files_own() =>
        Assert.Equal(
            "---\r\nsamples:\r\n  a:\r\n    name: Bo\r\n---\r\nHi {{ name }}\r\n",
            Save("---\r\nsamples:\r\n  a:\r\n    name: Ada\r\n---\r\nHi {{ name }}\r\n", "a", "a", ("name", "Bo")).Text
        );

    [Fact]
    public void Front_matter_that_cannot_be_read_is_left_alone() =>
        Assert.Null(Edits("---\nsamples: { a: [ }\n---\nHi {{ name }}", null, "a", ("name", "Ada")));

    [Theory]
    [InlineData("age", "old", "`age` must be a whole number, and `old` is text")]
    [InlineData("tags", "[a", null)]
    [InlineData("who", "{ town: x }", null)]
    public void What_does_not_fit_is_said(string input, string text, string? problem)
    {
        PromptModel prompt = Model(Prompt);
        string said = Assert.Single(TypedInputs.Read(prompt, Typed((input, text))).Problems).Value;
        if (problem is not null)
            Assert.Equal(problem, said);
    }

    [Theory]
    [InlineData("42", "42")]
    [InlineData("true", "true")]
    [InlineData("- a: {{ b }}", "- a: {{ b }}")]
    public void Text_is_text_whatever_it_looks_like(string typed, string value) =>
        Assert.Equal(value, TypedInputs.Read(Model(Prompt), Typed(("name", typed))).Over(PromptValue.EmptyObject)["name"]);

    [Fact]
    public void Whatever_is_saved_reads_back()
    {
        string[] texts =
        [
            "",
            " ",
            "a",
            "yes",
            "null",
            "1",
            "1.0",
            "#x",
            "- a",
            "a: b",
            "a #b",
            "*x",
            "&x",
            "!t",
            "%d",
            "@a",
            "`b`",
            "{{ x }}",
            "[",
            "]",
            "{",
            "}",
            ",",
            "\"",
            "'",
            "\\",
            "a\nb",
            "a\n\nb\n",
            "a\n",
            "\na",
            " a\nb",
            "a \nb",
            "a\n\n",
            "a\r\nb",
            "\t",
            "\u0007",
            "é🚲",
            "\u2028",
            "---",
            "---\nx\n---",
            "|",
            ">",
            "?",
            "a: b\nc: d",
        ];
        foreach (string text in texts)
        {
            foreach (string before in new[] { Prompt, "Hi {{ name }}", "---\nsamples:\n---\nHi {{ name }}", "---\nsamples: {}\nmodel: x\n---\nHi {{ name }}" })
            {
                PromptModel prompt = Model(before);
                var values = new Dictionary<string, object?>(StringComparer.Ordinal) { ["name"] = text, ["list"] = new object?[] { text, 1.0, null } };
                IReadOnlyList<TextEdit>? edits = SampleEdits.Save(prompt, "new", values);
                Assert.True(edits is not null, $"`{text}` cannot be saved in:\n{before}");
                Assert.Equal(text, Model(prompt.Document.Text.With(edits).Content).Header.FindSample("new")!.Values["name"]);
            }
        }
    }

    private static Edited Save(string text, string? sample, string name, params (string, string)[] typed)
    {
        IReadOnlyList<TextEdit>? edits = Edits(text, sample, name, typed);
        Assert.NotNull(edits);
        return new(new SourceText(text).With(edits).Content);
    }

    private static IReadOnlyList<TextEdit>? Edits(string text, string? sample, string name, params (string, string)[] typed)
    {
        PromptModel prompt = Model(text);
        SampleChoice choice = SampleChoice.Of(prompt, prompt.Header.FindSample(sample), TypedInputs.Read(prompt, Typed(typed)));
        return SampleEdits.Save(prompt, name, SampleEdits.ValuesOf(prompt, choice));
    }

    private static Dictionary<string, string> Typed(params (string Name, string Text)[] typed) =>
        typed.ToDictionary(t => t.Name, t => t.Text, StringComparer.Ordinal);

    private static PromptModel Model(string text) => new(PromptDocument.Parse(new(text)), PromptEnvironment.None);
}

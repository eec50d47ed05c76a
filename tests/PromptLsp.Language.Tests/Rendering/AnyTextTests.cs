using CsCheck;
using PromptLsp.Language.Rendering;
using PromptLsp.Language.Rendering.Previews;
using PromptLsp.Language.Rendering.Samples;
using PromptLsp.Language.Semantics;
using PromptLsp.Language.Text;
using PromptLsp.Language.Tests.Properties;
using PromptLsp.Testing;
using static PromptLsp.Language.Tests.Rendering.Rendered;

namespace PromptLsp.Language.Tests.Rendering;

/// <summary>Whatever text a prompt is, its preview is made, and every span lies where it says.</summary>
public sealed class AnyTextTests
{
    private static readonly string[] Words =
    [
        "{{",
        "}}",
        "{{ ",
        " }}",
        "{{~",
        "-}}",
        "{%",
        "if ",
        "else",
        "end",
        "for x in ",
        "while ",
        "capture c",
        "func f(a)",
        "with u",
        "case x",
        "when 1",
        "wrap f",
        "ret ",
        "break",
        "role \"user\"",
        "role 'system'",
        "history",
        "media url: u",
        "section 'x'",
        "include 'p'",
        "include 'p' a: ",
        "x",
        "u.v",
        "u?.v",
        "xs[0]",
        "x = ",
        "xs",
        "1",
        "0..3",
        "\"a\"",
        "'b",
        "`c`",
        " | ",
        "string.upcase",
        "string.size",
        "array.size",
        "object.eval_template",
        "date.now",
        "math.random 1 9",
        "regex.match '(a+)+$'",
        " + ",
        " * ",
        " / ",
        "==",
        "&&",
        "??",
        "!",
        "(",
        ")",
        "[",
        "]",
        "{",
        "}",
        ":",
        ",",
        ";",
        "\n",
        "\r\n",
        "text ",
        "---\n",
        "samples: { a: { x: 1 } }\n",
        "😀",
        "\0",
        "#",
        "##",
        "$0",
        "$\"{x}\"",
        "@f",
        "^",
        "this",
        "for.index",
        "99999999999",
    ];

    [Fact] public void Any_soup_of_words_has_a_preview() =>
        Gen.Int[0, Words.Length - 1].Select(i => Words[i]).Array[0, 40].Select(words => string.Concat(words)).Holds(2_000, Look);

    [Fact]
    public void Any_part_of_a_real_prompt_has_a_preview()
    {
        foreach (
            string text in Corpus
                .Prompts()
                .Select(p => p.Text)
                .Append("---\ninput: { schema: { a: string } }\n---\n{{ role \"system\" }}{{ for x in a }}{{ x.b | string.upcase }}{{ end }}")
        )
        {
            for (int cut = 1; cut <= 4; cut++)
            {
                Look(text[..(text.Length * cut / 4)]);
                Look(text[(text.Length * cut / 5)..]);
            }
        }
    }

    private static void Look(string text)
    {
        PromptModel prompt = Model(text, ("_p.prompt", "{{ a }}{{ role 'user' }}{{ x.y }}"));
        var limits = new RenderLimits { Loops = 200, Output = 10_000, Work = 50_000 };
        Preview preview = SampleRenderings.CanRender(prompt)
            ? Preview.Of(prompt, SampleChoice.Of(prompt), limits, CancellationToken.None)
            : new(SampleChoice.Of(prompt), new([], null), null);
        Assert.NotEmpty(PreviewMarkdown.Of(prompt, preview));
        if (preview.Rendered.Failure is { Path: null } failure)
            AssertInside(failure.Span, text.Length, text);
        foreach (TextPart part in preview.Rendered.Messages.SelectMany(m => m.Parts).OfType<TextPart>())
        {
            int done = 0;
            foreach (WrittenValue value in part.Values)
            {
                Assert.True(value.Span.Start >= done, text);
                AssertInside(value.Span, part.Text.Length, text);
                done = value.Span.End;
            }
        }
    }

    private static void AssertInside(TextSpan span, int length, string text) =>
        Assert.True(span.Start >= 0 && span.Length >= 0 && span.End <= length, $"{span} of {length} in {text}");
}

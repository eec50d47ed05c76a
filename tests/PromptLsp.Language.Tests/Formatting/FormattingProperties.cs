using System.Collections.Immutable;
using CsCheck;
using PromptLsp.Language.Formatting;
using PromptLsp.Language.Rendering;
using PromptLsp.Language.Semantics;
using PromptLsp.Language.Syntax;
using PromptLsp.Language.Syntax.Yaml;
using PromptLsp.Language.Tests.Dotprompt;
using PromptLsp.Language.Tests.Properties;
using PromptLsp.Language.Text;
using PromptLsp.Testing;
using Xunit;

namespace PromptLsp.Language.Tests.Formatting;

/// <summary>Formatting is spacing and nothing else: of any text at all, and of every real prompt as it is typed.</summary>
public sealed class FormattingProperties
{
    [Fact]
    public void Every_prompt_renders_as_before()
    {
        foreach (string text in Texts.Prompts)
            OnlySpacing(text);
    }

    [Fact]
    public void What_is_being_typed_renders_as_before() => Texts.Any.Holds(1_500, OnlySpacing);

    [Fact]
    public void What_the_engine_takes_renders_as_before() => ScribanTexts.Body.Holds(1_500, OnlySpacing);

    [Fact]
    public void Handlebars_renders_as_before()
    {
        foreach (int seed in Enumerable.Range(1, 600))
            OnlySpacing("---\ntemplate: handlebars\n---\n" + DotpromptTemplates.AnyBody(seed));
    }

    [Fact]
    public void Front_matter_says_what_it_said() =>
        Gen.OneOf<string>(
                "a",
                "b:",
                "c :",
                " ",
                "  ",
                "\t",
                "\n",
                "\n\n\n",
                "  - ",
                "- ",
                ": ",
                ":\t",
                "[x,  y]",
                "{ a:  1 }",
                "'x'",
                "\"y\"",
                "|\n",
                "|+\n",
                ">-\n",
                " # c",
                "#",
                "&a ",
                "*a",
                "!!str ",
                "x y",
                "\r\n",
                "  x:  1  \n",
                "k:   v  \n"
            )
            .Array[0, 20]
            .Select(pieces => $"---\n{string.Concat(pieces)}\n---\nHi")
            .Holds(5_000, OnlySpacing);

    private static void OnlySpacing(string text)
    {
        PromptModel before = Editor.Model(text);
        ImmutableArray<TextEdit> edits = Formatter.Edits(before.Document);
        Assert.All(
            edits,
            e =>
                Assert.True(
                    before.Document.Text.Slice(e.Span).Trim(" \t\r\n:").IsEmpty && e.NewText.AsSpan().Trim(" \r\n:").IsEmpty,
                    $"{e} touches more than blanks."
                )
        );
        for (int i = 1; i < edits.Length; i++)
            Assert.True(edits[i - 1].Span.End <= edits[i].Span.Start, $"{edits[i]} lies over {edits[i - 1]}.");

        string formatted = Formatter.Text(before.Document);
        PromptModel after = Editor.Model(formatted);
        Assert.Equal(formatted, Formatter.Text(after.Document));
        Assert.Equal(Show(before.Document.FrontMatter.Yaml.Root), Show(after.Document.FrontMatter.Yaml.Root));
        Assert.Equal(before.Document.FrontMatter.Problems.Length, after.Document.FrontMatter.Problems.Length);
        Assert.Equal(before.Document.Body.Problems.Select(p => p.Message), after.Document.Body.Problems.Select(p => p.Message));
        if (edits.Length > 0)
            Assert.Equal(Rendered(before), Rendered(after));
    }

    private static string Rendered(PromptModel prompt)
    {
        RenderedPrompt rendered = Renderer.Render(
            prompt,
            new Inputs { Values = prompt.Header.Samples is [var sample, ..] ? sample.Values : PromptValue.EmptyObject },
            RenderLimits.Preview,
            CancellationToken.None
        );
        // How far one gets within a limit of time is chance.
        return rendered.Failure is { } failure
            ? $"{(failure.Kind == RenderFailureKind.Limit ? "" : failure.Kind)}"
            : string.Join(
                '\n',
                rendered.Messages.Select(m => $"{m.Role}: {string.Join("\n", m.Parts.Select(p => p is TextPart text ? text.Text : p.ToString()))}")
            );
    }

    private static string Show(YamlNode? node) => node switch
    {
        null => "nothing",
        YamlScalar scalar => $"{(scalar.IsPlain ? "" : "'")}{scalar.Value}",
        YamlAlias alias => "*" + alias.Name,
        YamlSequence sequence => $"[{string.Join(", ", sequence.Items.Select(Show))}]",
        YamlMapping mapping => $"{{{string.Join(", ", mapping.Entries.Select(e => $"{Show(e.Key)}: {Show(e.Value)}"))}}}",
        _ => throw new InvalidOperationException(node.GetType().Name),
    };
}

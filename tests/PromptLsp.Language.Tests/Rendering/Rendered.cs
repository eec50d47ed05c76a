using System.Text;
using PromptLsp.Language.Rendering;
using PromptLsp.Language.Semantics;
using PromptLsp.Language.Syntax;

namespace PromptLsp.Language.Tests.Rendering;

/// <summary>Renders prompts in tests: the prompt, its partials beside it, and the messages as one text.</summary>
internal sealed record Rendered(PromptModel Prompt, RenderedPrompt Result)
{
    /// <summary>With its first sample, else with its defaults.</summary>
    public static Rendered Render(string text, params (string Path, string Text)[] partials)
    {
        PromptModel prompt = Model(text, partials);
        return With(prompt, prompt.Header.Samples is [var sample, ..] ? new() { Values = sample.Values } : Inputs.None);
    }

    public static Rendered With(PromptModel prompt, Inputs inputs) => With(prompt, inputs, RenderLimits.Command);

    public static Rendered With(PromptModel prompt, Inputs inputs, RenderLimits limits) =>
        new(prompt, Renderer.Render(prompt, inputs, limits, TestContext.Current.CancellationToken));

    public static PromptModel Model(string text, params (string Path, string Text)[] partials) => new(PromptDocument.Parse(new(text)), Environment(partials));

    public static PromptEnvironment Environment(params (string Path, string Text)[] partials)
    {
        PromptEnvironment environment = PromptEnvironment.None;
        Dictionary<string, Partial> found = partials.ToDictionary(
            p => p.Path,
            p => new Partial(p.Path, () => new(PromptDocument.Parse(new(p.Text)), environment with { Path = p.Path }))
        );
        return environment = environment with
        {
            Include = path =>
                found.GetValueOrDefault($"_{path}.prompt") is { } partial ? new(IncludeStatus.Found, partial, []) : new(IncludeStatus.Missing, null, []),
        };
    }

    /// <summary>Every message under <c>[role]</c>, the failure last.</summary>
    public void ShouldBe(string expected) => Assert.Equal(expected, Text);

    public void ShouldFail(string place, string reason)
    {
        Assert.NotNull(Result.Failure);
        Assert.Equal(RenderFailureKind.Values, Result.Failure.Kind);
        Assert.Equal((place, reason), (Prompt.Document.Text[Result.Failure.Span], Result.Failure.Reason));
    }

    public void ShouldReachLimit(string reason)
    {
        Assert.NotNull(Result.Failure);
        Assert.Equal((RenderFailureKind.Limit, reason), (Result.Failure.Kind, Result.Failure.Reason));
    }

    private string Text
    {
        get
        {
            var text = new StringBuilder();
            foreach (RenderedMessage message in Result.Messages)
            {
                text.Append('[').Append(message.Role).Append("]\n");
                foreach (MessagePart part in message.Parts)
                    text.Append(
                        part switch
                        {
                            TextPart t => t.Text,
                            MediaPart m => $"<{m.Url} {m.ContentType}>",
                            SectionPart s => $"<section {s.Name}>",
                            _ => "",
                        }
                    );
                text.Append('\n');
            }
            if (Result.Failure is { } failure)
                text.Append($"! {failure.Kind}: {failure.Reason} at {failure.Path}{failure.Span}\n");
            return text.ToString().TrimEnd('\n');
        }
    }
}

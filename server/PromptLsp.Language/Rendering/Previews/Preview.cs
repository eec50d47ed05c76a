using System.Collections.Immutable;
using PromptLsp.Language.Rendering.Samples;
using PromptLsp.Language.Semantics;

namespace PromptLsp.Language.Rendering.Previews;

/// <summary>A prompt as it would be sent, with the values it is shown with.</summary>
/// <param name="Tokens">Null where nobody can count them yet, and where it does not render to its end.</param>
public sealed record Preview(SampleChoice Choice, RenderedPrompt Rendered, TokenCount? Tokens)
{
    /// <summary>With the first sample; null for a prompt that cannot be rendered here.</summary>
    public static Preview? Of(PromptModel prompt, CancellationToken cancel) =>
        SampleRenderings.Of(prompt, cancel) is [var first, ..] ? new(first.Choice, first.Rendered, Count(prompt, first.Rendered)) : null;

    /// <summary>With values of the caller's choice.</summary>
    public static Preview Of(PromptModel prompt, SampleChoice choice, RenderLimits limits, CancellationToken cancel)
    {
        RenderedPrompt rendered = Renderer.Render(prompt, choice.Inputs, limits, cancel);
        return new(choice, rendered, Count(prompt, rendered));
    }

    // What was written until it stopped is no measure.
    private static TokenCount? Count(PromptModel prompt, RenderedPrompt rendered) => rendered.Failure is null ? TokenCount.Of(prompt, rendered) : null;
}

using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using PromptLsp.Language.Rendering.Engines;
using PromptLsp.Language.Semantics;

namespace PromptLsp.Language.Rendering.Samples;

/// <summary>A prompt rendered with one choice of values.</summary>
public sealed record SampleRendering(SampleChoice Choice, RenderedPrompt Rendered);

/// <summary>What a prompt renders to with each of its samples, within what an open prompt may take. Worked out once for a model.</summary>
public static class SampleRenderings
{
    private const int MostSamples = 50;

    private static readonly ConditionalWeakTable<PromptModel, Renderings> Rendered = [];

    /// <summary>One for each sample in the order of the file; without samples one, with defaults and invented values.</summary>
    public static ImmutableArray<SampleRendering> Of(PromptModel prompt, CancellationToken cancel)
    {
        if (!CanRender(prompt))
            return [];
        if (Rendered.TryGetValue(prompt, out Renderings? known))
            return known.All;
        known = new(Render(prompt, cancel));
        Rendered.AddOrUpdate(prompt, known);
        return known.All;
    }

    /// <summary>What was rendered already; empty where nothing was, or nothing can be.</summary>
    public static ImmutableArray<SampleRendering> Known(PromptModel prompt) => Rendered.TryGetValue(prompt, out Renderings? known) ? known.All : [];

    /// <summary>False for a prompt in another tool's format, or in a dialect without an engine.</summary>
    public static bool CanRender(PromptModel prompt) => prompt.Document.OtherFormat is null && KnownEngines.Of(prompt.Document.Dialect) is not null;

    private static ImmutableArray<SampleRendering> Render(PromptModel prompt, CancellationToken cancel)
    {
        // All samples together may take the time of one; those that do not fit are left out.
        using var timeIsUp = new CancellationTokenSource(prompt.Environment.PreviewLimits.Time);
        var renderings = ImmutableArray.CreateBuilder<SampleRendering>();
        foreach (SampleChoice choice in Choices(prompt))
        {
            renderings.Add(new(choice, Renderer.Render(prompt, choice.Inputs, prompt.Environment.PreviewLimits, cancel)));
            if (timeIsUp.IsCancellationRequested)
                break;
        }
        return renderings.ToImmutable();
    }

    private static IEnumerable<SampleChoice> Choices(PromptModel prompt) =>
        prompt.Header.Samples.IsEmpty ? [SampleChoice.Of(prompt)] : prompt.Header.Samples.Take(MostSamples).Select(s => SampleChoice.Of(prompt, s));

    private sealed record Renderings(ImmutableArray<SampleRendering> All);
}

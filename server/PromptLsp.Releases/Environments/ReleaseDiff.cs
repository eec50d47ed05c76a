using System.Collections.Immutable;
using PromptLsp.History.Diffs;
using PromptLsp.Language.Rendering;
using PromptLsp.Language.Rendering.Samples;
using PromptLsp.Language.Semantics;
using PromptLsp.Releases.Content;

namespace PromptLsp.Releases.Environments;

/// <summary>What differs between two releases of a prompt.</summary>
public sealed record ReleaseDiff(ReleaseContent Old, ReleaseContent New)
{
    private static readonly ImmutableArray<string> ConfigurationKeys = ["model", "config", "tools", "toolDefs"];

    public bool IsSame => Old.Name == New.Name;

    /// <summary>The prompts' own texts.</summary>
    public LineDiff Source() => LineDiff.Of(Old.Text, New.Text);

    /// <summary>What the model would get, with the same values; null where one of them cannot be rendered.</summary>
    public LineDiff? Rendered(CancellationToken cancel)
    {
        if (!SampleRenderings.CanRender(Old.Model) || !SampleRenderings.CanRender(New.Model))
            return null;
        Inputs inputs = SampleChoice.Of(New.Model).Inputs;
        RenderedPrompt before = Renderer.Render(Old.Model, inputs, RenderLimits.Command, cancel),
            after = Renderer.Render(New.Model, inputs, RenderLimits.Command, cancel);
        return before.Failure is null && after.Failure is null ? LineDiff.Of(MessageText.Of(before), MessageText.Of(after)) : null;
    }

    /// <summary>What changes for those who call the prompt.</summary>
    public ImmutableArray<ContractChange> Contract() => [.. Language.Semantics.Contract.Changes(Old.Model.Header, New.Model.Header)];

    /// <summary>The files that it pulls in and that differ, in the order of their paths; one that is not there counts as empty.</summary>
    public IEnumerable<(string Path, LineDiff Lines)> PulledIn()
    {
        Dictionary<string, string> before = Old.PulledIn.ToDictionary(StringComparer.Ordinal),
            after = New.PulledIn.ToDictionary(StringComparer.Ordinal);
        return before
            .Keys.Union(after.Keys, StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)
            .Select(p => (p, LineDiff.Of(before.GetValueOrDefault(p) ?? "", after.GetValueOrDefault(p) ?? "")))
            .Where(f => !f.Item2.IsEmpty);
    }

    /// <summary>The paths of the other files that the newer one brings and the older one lacks, or has differently; whole settings count as one.</summary>
    public IEnumerable<string> OtherFiles() =>
        New.Files.Where(f => f.Key != New.Prompt && !(Old.Files.TryGetValue(f.Key, out byte[]? then) && then.AsSpan().SequenceEqual(f.Value)))
            .Select(f => f.Key);

    /// <summary>What it says of the model, as plain values by their keys.</summary>
    public static IEnumerable<(string Key, object Value)> Configuration(ReleaseContent release)
    {
        IReadOnlyDictionary<string, object?>? keys = release.Model.Document.FrontMatter.Keys is { } mapping ? PromptValue.Of(mapping) : null;
        return ConfigurationKeys.Select(key => (key, keys?.GetValueOrDefault(key))).Where(k => k.Item2 is not null).Select(k => (k.key, k.Item2!));
    }
}

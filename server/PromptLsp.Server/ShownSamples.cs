using System.Collections.Concurrent;
using PromptLsp.Language.Rendering.Samples;
using PromptLsp.Language.Semantics;

namespace PromptLsp.Server;

/// <summary>The values that a person has chosen to see each prompt with, so that hovers, lenses and the status line show the same as the preview.</summary>
internal sealed class ShownSamples
{
    // More prompts than a person looks at in a day.
    private const int Most = 200;

    private readonly ConcurrentDictionary<string, Chosen> _chosen = new(StringComparer.Ordinal);

    /// <returns>True where it is another choice than before.</returns>
    public bool Choose(string uri, string? sample, IReadOnlyDictionary<string, string>? inputs)
    {
        var chosen = new Chosen(sample, inputs ?? new Dictionary<string, string>(StringComparer.Ordinal));
        if (_chosen.TryGetValue(uri, out Chosen? before) ? before.IsSame(chosen) : chosen is { Sample: null, Inputs.Count: 0 })
            return false;
        if (_chosen.Count >= Most)
            _chosen.Clear();
        _chosen[uri] = chosen;
        return true;
    }

    /// <summary>The values for a prompt; null where the first sample's are as good as any.</summary>
    public SampleChoice? Of(string uri, PromptModel prompt)
    {
        if (!_chosen.TryGetValue(uri, out Chosen? chosen))
            return null;
        Sample? sample = prompt.Header.FindSample(chosen.Sample) ?? prompt.Header.Samples.FirstOrDefault();
        return chosen.Inputs.Count == 0 && sample == prompt.Header.Samples.FirstOrDefault()
            ? null
            : SampleChoice.Of(prompt, sample, TypedInputs.Read(prompt, chosen.Inputs));
    }

    private sealed record Chosen(string? Sample, IReadOnlyDictionary<string, string> Inputs)
    {
        public bool IsSame(Chosen other) => string.Equals(Sample, other.Sample, StringComparison.Ordinal) && Inputs.Count == other.Inputs.Count
            && Inputs.All(i => other.Inputs.TryGetValue(i.Key, out string? text) && string.Equals(text, i.Value, StringComparison.Ordinal));
    }
}

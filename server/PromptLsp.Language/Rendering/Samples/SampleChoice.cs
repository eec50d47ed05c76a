using System.Collections.Immutable;
using PromptLsp.Language.Catalog.Types;
using PromptLsp.Language.Semantics;

namespace PromptLsp.Language.Rendering.Samples;

/// <summary>The values that a prompt is shown with, and where they come from.</summary>
/// <param name="Sample">The sample; null where the prompt has none.</param>
/// <param name="Inputs">Every input that the prompt can have, so that its preview is as full as it gets.</param>
/// <param name="Invented">The inputs and context variables that nobody gives a value for.</param>
public sealed record SampleChoice(Sample? Sample, Inputs Inputs, ImmutableArray<string> Invented)
{
    /// <summary>The inputs that the person has changed in it.</summary>
    public ImmutableArray<string> Changed { get; init; } = [];

    /// <summary>Nothing is invented, so that what the prompt does with these values it does by its author's word.</summary>
    public bool IsDeclared => Invented.IsEmpty;

    /// <summary>The first sample, else the defaults, with invented values for what is missing.</summary>
    public static SampleChoice Of(PromptModel prompt) => Of(prompt, prompt.Header.Samples is [var first, ..] ? first : null);

    public static SampleChoice Of(PromptModel prompt, Sample? sample) => Of(prompt, sample, sample?.Values ?? PromptValue.EmptyObject);

    /// <summary>A sample in which some inputs have other values.</summary>
    public static SampleChoice Of(PromptModel prompt, Sample? sample, TypedInputs typed) =>
        typed.IsNothing ? Of(prompt, sample) : Of(prompt, sample, typed.Over(sample?.Values ?? PromptValue.EmptyObject)) with { Changed = [.. typed.Names] };

    /// <summary>Values of one's own, under which the rest is invented.</summary>
    public static SampleChoice Of(PromptModel prompt, IReadOnlyDictionary<string, object?> values) => Of(prompt, null, values);

    private static SampleChoice Of(PromptModel prompt, Sample? sample, IReadOnlyDictionary<string, object?> given)
    {
        var values = new Dictionary<string, object?>(given, StringComparer.Ordinal);
        var invented = ImmutableArray.CreateBuilder<string>();
        foreach (Field input in MissingInputs(prompt, sample is not null, values))
        {
            values[input.Name] = InventedValues.Of(input.Name, input.Type);
            invented.Add(input.Name);
        }
        var context = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (ContextVariable variable in prompt.Environment.Context)
        {
            if (variable.Sample is not null || variable.IsConstant || variable.Type.IsAny)
                continue;
            context[variable.Name] = InventedValues.Of(variable.Name, variable.Type);
            if (prompt.FreeNames.Contains(variable.Name) || IsRead(prompt, variable.Name))
                invented.Add(variable.Name);
        }
        return new(sample, new() { Values = values, Context = context }, invented.ToImmutable());
    }

    // A sample that leaves an optional input out means it; without a sample the preview shows what can be there.
    private static IEnumerable<Field> MissingInputs(PromptModel prompt, bool hasSample, Dictionary<string, object?> given)
    {
        PromptHeader header = prompt.Header;
        foreach (Field input in header.Inputs.Fields)
        {
            if (!given.ContainsKey(input.Name) && !header.Defaults.ContainsKey(input.Name) && !(hasSample && input.IsOptional))
                yield return input;
        }
        // A prompt that declares nothing takes what it is given, and a sample says what that is.
        if (header.DeclaresInputs || hasSample)
            yield break;
        foreach ((string name, PromptType type) in prompt.TypesByUse.Undeclared)
        {
            if (!given.ContainsKey(name) && !header.Defaults.ContainsKey(name))
                yield return new(name, type);
        }
    }

    private static bool IsRead(PromptModel prompt, string name) =>
        prompt.Facts.References.Exists(r => !r.IsWrite && string.Equals(r.Node.Name, name, StringComparison.Ordinal));
}

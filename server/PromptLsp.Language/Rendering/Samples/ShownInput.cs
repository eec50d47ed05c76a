using System.Collections.Immutable;
using PromptLsp.Language.Catalog.Types;
using PromptLsp.Language.Semantics;

namespace PromptLsp.Language.Rendering.Samples;

/// <summary>Where an input's value in a preview comes from.</summary>
public enum InputSource
{
    Sample,
    Default,
    Invented,
    Changed,

    /// <summary>It has none.</summary>
    Nothing,
}

/// <summary>One input of a preview, for a form in which it can be changed.</summary>
/// <param name="Text">Its value: a text as it is, everything else as one line of YAML.</param>
/// <param name="Choices">The values it can have, where those are few.</param>
public sealed record ShownInput(string Name, string Text, InputSource Source, PromptType Type, bool IsOptional, ImmutableArray<string> Choices)
{
    private static readonly ImmutableArray<string> Truths = ["true", "false"];

    /// <summary>The inputs in the order of the schema, and behind them those that nobody declares.</summary>
    public static IEnumerable<ShownInput> Of(PromptModel prompt, SampleChoice choice)
    {
        ImmutableArray<Field> declared = prompt.Header.Inputs.Fields;
        IEnumerable<Field> others = choice.Inputs.Values.Keys.Concat(prompt.Header.Defaults.Keys).Distinct(StringComparer.Ordinal)
            .Where(n => prompt.Header.Inputs.Find(n) is null)
            .Select(n => new Field(n, PromptType.Any));
        return declared.Concat(others).Select(f => Of(prompt, choice, f));
    }

    private static ShownInput Of(PromptModel prompt, SampleChoice choice, Field input)
    {
        InputSource source = choice.Changed.Contains(input.Name) ? InputSource.Changed
            : choice.Sample?.Values.ContainsKey(input.Name) == true ? InputSource.Sample
            : choice.Invented.Contains(input.Name) ? InputSource.Invented
            : prompt.Header.Defaults.ContainsKey(input.Name) ? InputSource.Default
            : InputSource.Nothing;
        bool isGiven = choice.Inputs.Values.TryGetValue(input.Name, out object? value) || prompt.Header.Defaults.TryGetValue(input.Name, out value);
        return new(input.Name, isGiven ? TextOf(value, input.Type) : "", source, input.Type, input.IsOptional, ChoicesOf(input.Type));
    }

    private static string TextOf(object? value, PromptType type) => value is string text && TypedInputs.IsText(type) ? text : ValueYaml.Flow(value);

    private static ImmutableArray<string> ChoicesOf(PromptType type) => type switch
    {
        EnumType choice => choice.Values,
        ScalarType { Kind: ScalarKind.Boolean } => Truths,
        _ => [],
    };
}

using System.Collections.Immutable;
using PromptLsp.Language.Catalog.Types;
using PromptLsp.Language.Catalog;
using PromptLsp.Language.Semantics;
using PromptLsp.Language.Semantics.Schemas;
using PromptLsp.Language.Syntax.Yaml;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Rendering.Samples;

/// <summary>What a person has typed into the fields of some inputs: text as it is, everything else as YAML.</summary>
public sealed class TypedInputs
{
    private readonly Dictionary<string, object?> _values = new(StringComparer.Ordinal);
    private readonly HashSet<string> _left = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _problems = new(StringComparer.Ordinal);

    private TypedInputs()
    {
    }

    public static TypedInputs None { get; } = new();

    public bool IsNothing => _values.Count + _left.Count + _problems.Count == 0;

    public IEnumerable<string> Names => _values.Keys.Concat(_left).Order(StringComparer.Ordinal);

    /// <summary>What cannot be read, or is not of the input's type, by the input's name: one line each.</summary>
    public IReadOnlyDictionary<string, string> Problems => _problems;

    public static TypedInputs Read(PromptModel prompt, IReadOnlyDictionary<string, string> texts)
    {
        var typed = new TypedInputs();
        foreach ((string name, string text) in texts)
            typed.Read(name, text, prompt.Header.Inputs.Find(name));
        return typed;
    }

    /// <summary>Those values over others; an optional input whose field was emptied is left out.</summary>
    public IReadOnlyDictionary<string, object?> Over(IReadOnlyDictionary<string, object?> values)
    {
        var all = values.Where(v => !_left.Contains(v.Key)).ToDictionary(StringComparer.Ordinal);
        foreach ((string name, object? value) in _values)
            all[name] = value;
        return all;
    }

    /// <summary>True where the field of an input holds its text itself, and not YAML.</summary>
    public static bool IsText(PromptType type) => ValueShapes.Of(type) == ValueShape.String;

    private void Read(string name, string text, Field? input)
    {
        PromptType type = input?.Type ?? PromptType.Any;
        if (string.IsNullOrWhiteSpace(text) && (input is { IsOptional: true } || !IsText(type)))
        {
            _left.Add(name);
            return;
        }
        if (IsText(type) && type is not EnumType)
        {
            _values[name] = text;
            return;
        }
        // An item of an enumeration can look like a number and is a text.
        if (type is EnumType { Values: var choices } && choices.Contains(text, StringComparer.Ordinal))
        {
            _values[name] = text;
            return;
        }
        YamlTree yaml = YamlTree.Parse(new(text), new(0, text.Length));
        if (yaml.Problems is [var problem, ..])
            _problems[name] = problem.Message;
        else if (yaml.Root is null)
            _left.Add(name);
        else if (Conformance.Problems(yaml.Root, type, name, new(0, text.Length)).FirstOrDefault() is { } misfit)
            _problems[name] = misfit.Message;
        else
            _values[name] = PromptValue.Of(yaml.Root);
    }
}

using System.Globalization;
using PromptLsp.Language.Syntax;
using PromptLsp.Language.Syntax.Yaml;

namespace PromptLsp.Language.Semantics.Schemas;

/// <summary>Holds values that somebody gives to a prompt against what the prompt declares.</summary>
public static class InputProblems
{
    /// <summary>One line for each value that does not fit and each name that the prompt does not know; what is missing is left to who asks.</summary>
    public static IEnumerable<string> Of(PromptModel prompt, IReadOnlyDictionary<string, object?> values)
    {
        if (!prompt.Header.DeclaresInputs || NodeOf(values) is not YamlMapping given)
            return [];
        HashSet<string> context =
        [
            .. prompt.Environment.Context.Select(c => c.Name),
            .. prompt.Header.Defaults.Keys.Where(d => prompt.Header.Inputs.Find(d) is null),
        ];
        given = given with { Entries = [.. given.Entries.Where(e => !context.Contains(e.Key.Value))] };
        return Conformance.OfUnwrittenInputs(given, prompt.Header.Inputs).Select(p => p.Message);
    }

    // Values were never written in a file, so that they have no places.
    private static YamlNode NodeOf(object? value) =>
        value switch
        {
            null => new YamlScalar(default, "null", IsPlain: true),
            bool truth => new YamlScalar(default, truth ? "true" : "false", IsPlain: true),
            string text => new YamlScalar(default, text, IsPlain: false),
            IReadOnlyDictionary<string, object?> map => new YamlMapping(
                default,
                [.. map.Select(e => new YamlEntry(new(default, e.Key, IsPlain: false), NodeOf(e.Value)))]
            ),
            IReadOnlyList<object?> list => new YamlSequence(default, [.. list.Select(NodeOf)]),
            IFormattable number => new YamlScalar(default, number.ToString(null, CultureInfo.InvariantCulture), IsPlain: true),
            _ => new YamlScalar(default, value.ToString() ?? "", IsPlain: false),
        };
}

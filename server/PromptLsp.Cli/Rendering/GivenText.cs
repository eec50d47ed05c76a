using System.Text.Json;
using PromptLsp.Language.Semantics;
using PromptLsp.Language.Syntax.Yaml;
using PromptLsp.Language.Text;
using PromptLsp.Models.Clients;

namespace PromptLsp.Cli.Rendering;

/// <summary>Reads values that people give to a command, as JSON or YAML, into plain values.</summary>
internal static class GivenText
{
    /// <summary>The text of a file, or of standard input for <c>-</c>.</summary>
    public static string Read(string argument, string what, Terminal terminal) =>
        (argument == "-" ? terminal.ReadIn() : terminal.ReadFile(argument, what)).TrimStart('\uFEFF');

    /// <summary>A file of values by name.</summary>
    public static IReadOnlyDictionary<string, object?> Object(string argument, string what, Terminal terminal) =>
        Value(Read(argument, what, terminal), argument, what) as IReadOnlyDictionary<string, object?>
        ?? throw new CommandFailure($"the {what} `{argument}` must be an object: names with their values");

    public static object? Value(string text, string argument, string what)
    {
        // JSON is nearly YAML, but for escapes of characters in two halves.
        if (text.AsSpan().TrimStart() is ['{' or '[' or '"', ..] && Json(text) is { } json)
            return json.Item1;
        var source = new SourceText(text);
        YamlTree yaml = YamlTree.Parse(source, new TextSpan(0, text.Length));
        if (yaml.Problems is not [var problem, ..])
            return PromptValue.Of(yaml.Root);
        LinePosition at = source.PositionAt(problem.Span.Start);
        throw new CommandFailure($"the {what} `{argument}` is neither JSON nor YAML: {at.Line + 1}:{at.Character + 1}: {problem.Message}");
    }

    // A tuple, since null is a value too.
    private static ValueTuple<object?>? Json(string text)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(text);
            return new(PlainJson.Of(document.RootElement));
        }
        // An escape that is half a character is found only where the text is taken out.
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}

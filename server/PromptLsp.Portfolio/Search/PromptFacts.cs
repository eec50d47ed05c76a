using PromptLsp.History;
using PromptLsp.Language.Semantics;
using PromptLsp.Language.Syntax.Formats;

namespace PromptLsp.Portfolio.Search;

/// <summary>What is looked for in a prompt. Lists are in lower case, each entry between line ends, so that one is found whole.</summary>
internal sealed record PromptFacts(string Text, string Fingerprint)
{
    public string? Name { get; init; }

    public string? Description { get; init; }

    public string? Model { get; init; }

    public string Owners { get; init; } = "";

    public string Tags { get; init; } = "";

    public string Inputs { get; init; } = "";

    public string Uses { get; init; } = "";

    public static PromptFacts Of(string text, PromptModel? prompt)
    {
        var facts = new PromptFacts(text, History.Fingerprint.Of(text));
        if (prompt is null)
            return facts;
        PromptHeader header = prompt.Header;
        return facts with
        {
            Name = header.Name,
            Description = header.Description,
            Model = header.Model,
            Owners = List(PromptLists.Owners(prompt)),
            Tags = List(PromptLists.Tags(prompt)),
            Inputs = List(header.Inputs.Fields.Select(f => f.Name)),
            Uses = List(prompt.Facts.Includes.Select(i => i.Path?.Value).OfType<string>().SelectMany(NamesOf)),
        };
    }

    /// <summary>An entry as lists hold it.</summary>
    public static string Entry(string value) => $"\n{value.ToLowerInvariant()}\n";

    /// <summary>A partial by what includes and paths of it have in common.</summary>
    public static string UsedName(string value)
    {
        string written = KnownFormats.WithoutEnding(value);
        return written[(written.LastIndexOf('/') + 1)..].TrimStart('_');
    }

    private static IEnumerable<string> NamesOf(string include) => [include, UsedName(include)];

    private static string List(IEnumerable<string> entries) => string.Concat(entries.Distinct(StringComparer.OrdinalIgnoreCase).Select(Entry));
}

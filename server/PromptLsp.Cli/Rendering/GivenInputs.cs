using System.Collections.Immutable;
using PromptLsp.Cli.Checking;
using PromptLsp.Language.Catalog;
using PromptLsp.Language.Catalog.Types;
using PromptLsp.Language.Rendering;
using PromptLsp.Language.Semantics;
using PromptLsp.Language.Semantics.Schemas;
using PromptLsp.Language.Text;

namespace PromptLsp.Cli.Rendering;

/// <summary>What a command line gives to a prompt: a sample, a file over it, single values over that.</summary>
internal sealed record GivenInputs
{
    public string? Sample { get; init; }

    /// <summary>A file of inputs, <c>-</c> for standard input.</summary>
    public string? InputFile { get; init; }

    /// <summary>Single values: <c>customer.name=Ada</c>.</summary>
    public IReadOnlyList<string> Sets { get; init; } = [];

    public string? ContextFile { get; init; }

    public string? HistoryFile { get; init; }

    /// <summary>Reads what is given. What is missing or cannot be read ends the command.</summary>
    public Inputs For(OnePrompt prompt, Terminal terminal)
    {
        var values = new Dictionary<string, object?>(SampleOf(prompt.Model.Header), StringComparer.Ordinal);
        if (InputFile is not null)
        {
            foreach ((string name, object? value) in GivenText.Object(InputFile, "input", terminal))
                values[name] = value;
        }
        foreach (string set in Sets)
            Set(values, set, prompt.Model.Header.Inputs);
        if (InputFile is not null || Sets.Count > 0)
        {
            foreach (string problem in InputProblems.Of(prompt.Model, values))
                terminal.Tell("promptlsp: " + problem);
        }
        RequireAll(prompt, values);
        var inputs = new Inputs
        {
            Values = values,
            Context = ContextFile is null ? PromptValue.EmptyObject : GivenText.Object(ContextFile, "context", terminal),
            History = HistoryFile is null ? [] : [.. HistoryText.Read(HistoryFile, terminal)],
        };
        if (TakesFirst && prompt.Model.Header.Samples is [var shown, ..])
            terminal.Tell($"rendered with the sample `{shown.Name}`{(Sets.Count > 0 ? " and what --set says" : "")}; choose with --sample{(Sets.Count > 0 ? " or --input" : ", --input or --set")}");
        return inputs;
    }

    private bool TakesFirst => Sample is null && InputFile is null;

    // Where no values are given as a whole, the first sample shows the prompt best, and single values stand over it.
    private IReadOnlyDictionary<string, object?> SampleOf(PromptHeader header)
    {
        if (Sample is not null)
            return header.Samples.FirstOrDefault(s => s.Name == Sample)?.Values ?? throw new CommandFailure($"there is no sample `{Sample}`{Hint(header)}");
        return TakesFirst && header.Samples is [var first, ..] ? first.Values : PromptValue.EmptyObject;
    }

    private string Hint(PromptHeader header)
    {
        if (header.Samples.IsEmpty)
            return "; the prompt has none";
        return Spelling.Nearest(Sample!, header.Samples.Select(s => s.Name)) is { } meant
            ? $"; did you mean `{meant}`?"
            : "; there are " + string.Join(", ", header.Samples.Take(8).Select(s => $"`{s.Name}`"));
    }

    private static void Set(Dictionary<string, object?> values, string set, ObjectType inputs)
    {
        int equals = set.IndexOf('=', StringComparison.Ordinal);
        if (equals <= 0)
            throw new CommandFailure($"`--set {set}` needs a name and a value: --set name=value");
        string[] path = set[..equals].Split('.');
        string text = set[(equals + 1)..];
        PromptType type = inputs;
        foreach (string step in path[..^1])
        {
            type = (type as ObjectType)?.Find(step)?.Type ?? PromptType.Any;
            // What a sample or a file gave stays as it was: objects are copied before they are written into.
            values[step] = values = values.GetValueOrDefault(step) is IReadOnlyDictionary<string, object?> inner ? new(inner, StringComparer.Ordinal) : new(StringComparer.Ordinal);
        }
        type = (type as ObjectType)?.Find(path[^1])?.Type ?? PromptType.Any;
        // `--set zip=01234` stays text where the prompt says that it is text.
        values[path[^1]] = ValueShapes.Of(type) == ValueShape.String ? text : GivenText.Value(text, set, "value");
    }

    private static void RequireAll(OnePrompt prompt, Dictionary<string, object?> values)
    {
        PromptHeader header = prompt.Model.Header;
        ImmutableArray<string> missing = [.. header.Inputs.Fields.Where(f => !f.IsOptional && !f.Type.IsAny && !values.ContainsKey(f.Name) && !header.Defaults.ContainsKey(f.Name)).Select(f => $"`{f.Name}`")];
        if (!missing.IsEmpty)
            throw new CommandFailure($"`{prompt.Shown}` needs {string.Join(", ", missing)}; give {(missing.Length == 1 ? "it" : "them")} with --set name=value, --input FILE or --sample NAME");
    }
}

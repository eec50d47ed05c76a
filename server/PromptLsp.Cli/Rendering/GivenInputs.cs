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

    /// <summary>Reads what is given. What is missing, cannot be read, or is set and does not fit ends the command.</summary>
    public Inputs For(OnePrompt prompt, Terminal terminal) => For(prompt, null, terminal);

    /// <param name="other">A version that is compared with the prompt: what only that one reads may be set too.</param>
    public Inputs For(OnePrompt prompt, OnePrompt? other, Terminal terminal)
    {
        var values = new Dictionary<string, object?>(SampleOf(prompt.Model.Header), StringComparer.Ordinal);
        if (InputFile is not null)
        {
            foreach ((string name, object? value) in GivenText.Object(InputFile, "input", terminal))
                values[name] = value;
            foreach (string problem in InputProblems.Of(prompt.Model, values))
                terminal.Tell("promptlsp: " + problem);
        }
        MustFit(Sets.Where(set => other is null || !IsOnlyOf(other, prompt, set)), values, prompt);
        foreach (string set in Sets)
            Set(values, set, prompt.Model.Header.Inputs);
        RequireAll(prompt, values);
        var inputs = new Inputs
        {
            Values = values,
            Context = ContextFile is null ? PromptValue.EmptyObject : GivenText.Object(ContextFile, "context", terminal),
            History = HistoryFile is null ? [] : [.. HistoryText.Read(HistoryFile, terminal)],
        };
        if (TakesFirst && prompt.Model.Header.Samples is [var shown, ..])
            terminal.Tell(
                $"rendered with the sample `{shown.Name}`{(Sets.Count > 0 ? " and what --set says" : "")}; choose with "
                    + $"--sample{(Sets.Count > 0 ? " or --input" : ", --input or --set")}"
            );
        return inputs;
    }

    /// <summary>The same inputs for an older version: what only that one reads comes from its own sample of the same name.</summary>
    public Inputs ForOther(OnePrompt other, Inputs inputs)
    {
        bool isInSample = Sample is null || other.Model.Header.Samples.Any(s => s.Name == Sample);
        var values = new Dictionary<string, object?>(isInSample ? SampleOf(other.Model.Header) : PromptValue.EmptyObject, StringComparer.Ordinal);
        foreach ((string name, object? value) in inputs.Values)
            values[name] = value;
        RequireAll(other, values);
        return inputs with { Values = values };
    }

    // A file may hold more than this prompt reads; a value that somebody types is meant for it.
    private static void MustFit(IEnumerable<string> sets, Dictionary<string, object?> given, OnePrompt prompt)
    {
        string[] names = [.. sets.Select(NameIn)];
        Dictionary<string, object?> values = given.Where(v => names.Contains(v.Key)).ToDictionary(StringComparer.Ordinal),
            changed = new(values, StringComparer.Ordinal);
        foreach (string set in sets)
            Set(changed, set, prompt.Model.Header.Inputs);
        string[] problems = [.. InputProblems.Of(prompt.Model, changed).Except(InputProblems.Of(prompt.Model, values), StringComparer.Ordinal)];
        if (problems.Length > 0)
            throw new CommandFailure(string.Join("; ", problems));
    }

    private static bool IsOnlyOf(OnePrompt other, OnePrompt prompt, string set)
    {
        string name = NameIn(set);
        return prompt.Model.Header.Inputs.Find(name) is null && other.Model.Header.Inputs.Find(name) is not null;
    }

    private static string NameIn(string set) => set.Split('=', '.')[0];

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
            values[step] = values = values.GetValueOrDefault(step) is IReadOnlyDictionary<string, object?> inner
                ? new(inner, StringComparer.Ordinal)
                : new(StringComparer.Ordinal);
        }
        type = (type as ObjectType)?.Find(path[^1])?.Type ?? PromptType.Any;
        // `--set zip=01234` stays text where the prompt says that it is text.
        values[path[^1]] = ValueShapes.Of(type) == ValueShape.String ? text : GivenText.Value(text, set, "value");
    }

    private static void RequireAll(OnePrompt prompt, Dictionary<string, object?> values)
    {
        PromptHeader header = prompt.Model.Header;
        ImmutableArray<string> missing =
        [
            .. header
                .Inputs.Fields.Where(f => !f.IsOptional && !f.Type.IsAny && !values.ContainsKey(f.Name) && !header.Defaults.ContainsKey(f.Name))
                .Select(f => $"`{f.Name}`"),
        ];
        if (!missing.IsEmpty)
            throw new CommandFailure(
                $"`{prompt.Shown}` needs {string.Join(", ", missing)}; give {(missing.Length == 1 ? "it" : "them")} with --set name=value, --input "
                    + "FILE or --sample NAME"
            );
    }
}

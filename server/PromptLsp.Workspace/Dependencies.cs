using System.Collections.Immutable;
using PromptLsp.History;
using PromptLsp.Language.Semantics;
using PromptLsp.Workspace.Files;

namespace PromptLsp.Workspace;

/// <summary>The files that a prompt pulls in, transitively: its partials, and the context files whose variables are read on the way.</summary>
public static class Dependencies
{
    /// <returns>Each file once: its path from the root, and its fingerprint.</returns>
    public static IEnumerable<(string Path, string Fingerprint)> Of(PromptModel prompt, Root root, Snapshot snapshot) =>
        TextsOf(prompt, root, snapshot).Select(f => (f.Path, f.Text is { } text ? Fingerprint.Of(text) : Fingerprint.Missing));

    /// <returns>Each file once: its path from the root, and its text; null for one that is not there.</returns>
    public static IEnumerable<(string Path, string? Text)> TextsOf(PromptModel prompt, Root root, Snapshot snapshot)
    {
        var found = new Dictionary<string, string?>(StringComparer.Ordinal);
        // Missing for now: the place where it would be found first.
        Collect(prompt, path => Add(found, path, root, snapshot), tried => tried.Take(1), Itself(prompt));
        return found.Select(f => (f.Key, f.Value));
    }

    /// <summary>The same files, by their paths from the root, and each place where a missing one is looked for.</summary>
    public static IEnumerable<string> PlacesOf(PromptModel prompt)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        Collect(prompt, path => found.Add(path), tried => tried, Itself(prompt));
        return found;
    }

    /// <summary>
    /// What a prompt is made of, itself apart: the partials that it includes, transitively, and the context variables that are read on the way.
    /// </summary>
    public static PromptParts PartsOf(PromptModel prompt)
    {
        var partials = new Dictionary<string, Partial>(StringComparer.Ordinal);
        var variables = new HashSet<string>(StringComparer.Ordinal);
        var missing = new List<string>();
        bool isComputed = false;
        Walk(prompt);
        return new(
            [.. partials.Values],
            [.. prompt.Environment.Context.Where(v => variables.Contains(v.Name))],
            [.. missing.Distinct(StringComparer.Ordinal)],
            isComputed
        );

        void Walk(PromptModel part)
        {
            variables.UnionWith(VariablesRead(part).Select(v => v.Name));
            foreach (IncludeUse include in part.Facts.Includes)
            {
                if (include.Path?.Value is not string path)
                    isComputed = true;
                else if (part.Environment.Include(path).Found is not { } partial)
                    missing.Add(path);
                else if (partial.Path != prompt.Environment.Path && partials.TryAdd(partial.Path, partial))
                    Walk(partial.Model);
            }
        }
    }

    private static HashSet<string> Itself(PromptModel prompt) => new(StringComparer.Ordinal) { prompt.Environment.Path };

    private static void Collect(PromptModel prompt, Action<string> add, Func<IEnumerable<string>, IEnumerable<string>> ifMissing, HashSet<string> visited)
    {
        foreach (ContextVariable variable in ContextRead(prompt))
            add(variable.Source!);
        foreach (IncludeUse include in prompt.Facts.Includes)
        {
            if (include.Path?.Value is not string path)
                continue;
            IncludeLookup lookup = prompt.Environment.Include(path);
            if (lookup.Found is not { } partial)
            {
                foreach (string place in ifMissing(lookup.Tried))
                    add(place);
                continue;
            }
            add(partial.Path);
            if (visited.Add(partial.Path))
                Collect(partial.Model, add, ifMissing, visited);
        }
    }

    private static IEnumerable<ContextVariable> ContextRead(PromptModel prompt) =>
        VariablesRead(prompt).Where(v => v is { IsConstant: true, Source: not null });

    private static IEnumerable<ContextVariable> VariablesRead(PromptModel prompt)
    {
        if (prompt.Facts.ReadsUnknownNames || prompt.Document.Body.IsOpaque)
            return prompt.Environment.Context;
        HashSet<string> read = prompt
            .Facts.References.FindAll(r => !r.IsWrite && r.Symbol is null or { Kind: SymbolKind.Context })
            .ConvertAll(r => r.Node.Name)
            .ToHashSet(StringComparer.Ordinal);
        return prompt.Environment.Context.Where(v => read.Contains(v.Name));
    }

    private static void Add(Dictionary<string, string?> found, string path, Root root, Snapshot snapshot)
    {
        FileText file = snapshot.Files.Read(Path.GetFullPath(path, root.Folder));
        found[path] = file.IsOk ? file.Text.Content : null;
    }
}

/// <param name="Context">In the order in which they are declared.</param>
/// <param name="Missing">Includes, as they are written, whose file is not there.</param>
/// <param name="HasComputedInclude">What is included is only known when it is rendered.</param>
public sealed record PromptParts(
    ImmutableArray<Partial> Partials,
    ImmutableArray<ContextVariable> Context,
    ImmutableArray<string> Missing,
    bool HasComputedInclude
);

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
    public static IEnumerable<(string Path, string? Text)> TextsOf(PromptModel prompt, Root root, Snapshot snapshot) =>
        // Missing for now: the place where it would be found first.
        Paths(prompt, static include => include.Places.Take(1)).Distinct(StringComparer.Ordinal).Select(path => (path, TextOf(path, root, snapshot)));

    /// <summary>The same files, by their paths from the root, and each place where a missing one is looked for.</summary>
    public static IEnumerable<string> PlacesOf(PromptModel prompt) => Paths(prompt, static include => include.Places).Distinct(StringComparer.Ordinal);

    /// <summary>
    /// What a prompt is made of, itself apart: the partials that it includes, transitively, and the context variables that are read on the way.
    /// </summary>
    public static PromptParts PartsOf(PromptModel prompt)
    {
        Inclusion[] includes = [.. IncludeGraph.Below(prompt)];
        Partial[] partials = [.. includes.Where(i => i.IsFirst).Select(i => i.Partial!)];
        HashSet<string> read = partials.Select(p => p.Model).Prepend(prompt).SelectMany(VariablesRead).Select(v => v.Name).ToHashSet(StringComparer.Ordinal);
        return new(
            [.. partials],
            [.. prompt.Environment.Context.Where(v => read.Contains(v.Name))],
            [.. includes.Where(i => i.Partial is null).Select(i => i.Written).OfType<string>().Distinct(StringComparer.Ordinal)],
            Array.Exists(includes, i => i.Written is null)
        );
    }

    // In the order in which they are met: what a file reads of the context before what it includes.
    private static IEnumerable<string> Paths(PromptModel prompt, Func<Inclusion, IEnumerable<string>> placesOf)
    {
        IEnumerable<string> included = IncludeGraph
            .Below(prompt)
            .SelectMany(i => i.IsFirst ? placesOf(i).Concat(ContextRead(i.Partial!.Model)) : placesOf(i));
        return ContextRead(prompt).Concat(included);
    }

    private static IEnumerable<string> ContextRead(PromptModel prompt) => VariablesRead(prompt).Where(v => v.IsConstant).Select(v => v.Source).OfType<string>();

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

    private static string? TextOf(string path, Root root, Snapshot snapshot) =>
        snapshot.Files.Read(Path.GetFullPath(path, root.Folder)) is { IsOk: true } file ? file.Text.Content : null;
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

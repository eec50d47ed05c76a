using System.Collections.Immutable;

namespace PromptLsp.Portfolio.Search;

/// <summary>A prompt that was looked for, or an old version of one.</summary>
/// <param name="Path">From the root with <c>/</c>.</param>
/// <param name="Version">The number of an old version; null for the prompt as it is.</param>
/// <param name="Deleted">What a deleted prompt is called among those that were at its path.</param>
public sealed record FoundPrompt(string Path, int? Version, string? Deleted)
{
    public string? Name { get; init; }

    public string? Description { get; init; }

    public string? Model { get; init; }

    public ImmutableArray<string> Owners { get; init; } = [];

    public ImmutableArray<string> Tags { get; init; } = [];

    /// <summary>When it was last changed, as far as anybody knows.</summary>
    public DateTimeOffset Changed { get; init; }

    /// <summary>The first line that holds a word, from 0; the first line where the words are elsewhere, in its name or in a note.</summary>
    public int Line { get; init; }

    /// <summary>That line, or the note.</summary>
    public string Shown { get; init; } = "";

    /// <summary>Where the words stand in it.</summary>
    public ImmutableArray<(int Start, int End)> Marks { get; init; } = [];

    /// <summary>The words stand in a note of the history.</summary>
    public bool IsNote { get; init; }
}

using System.Collections.Immutable;

namespace PromptLsp.Language.Syntax.Formats;

/// <summary>The formats there are. Which files are prompts, and what a prompt is called without its ending, is asked here alone.</summary>
public static class KnownFormats
{
    /// <summary>Dotprompt, with keys of ours.</summary>
    public static Format Dotprompt { get; } = new("dotprompt", ".prompt");

    public static ImmutableArray<Format> All { get; } = [Dotprompt];

    /// <summary>The format of a file, by its name; null for what is no prompt.</summary>
    public static Format? Of(ReadOnlySpan<char> path)
    {
        foreach (Format format in All)
        {
            if (path.EndsWith(format.Ending, StringComparison.Ordinal))
                return format;
        }
        return null;
    }

    /// <summary>True for the name of a prompt.</summary>
    public static bool Has(ReadOnlySpan<char> path) => Of(path) is not null;

    /// <summary>A prompt's path without its ending; any other as it is.</summary>
    public static string WithoutEnding(string path) => Of(path) is { } format ? path[..^format.Ending.Length] : path;

    /// <summary>The endings, as a sentence names them.</summary>
    public static string Endings => string.Join(" or ", All.Select(f => f.Ending));
}

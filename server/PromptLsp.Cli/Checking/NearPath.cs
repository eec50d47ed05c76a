using PromptLsp.Evaluation.Files;
using PromptLsp.Language.Syntax.Formats;
using PromptLsp.Language.Text;
using PromptLsp.Workspace.Files;

namespace PromptLsp.Cli.Checking;

/// <summary>The path that was meant by one that is not there.</summary>
internal static class NearPath
{
    private const int MostLookedAt = 2000;

    /// <summary><c>did you mean `prompts/reply.prompt`?</c>, or what else to do.</summary>
    public static string Advice(string argument, string otherwise, Terminal terminal) =>
        Of(terminal.Absolute(argument), terminal) is { } meant ? $"did you mean `{terminal.Display(meant)}`?" : otherwise;

    private static string? Of(string path, Terminal terminal)
    {
        try
        {
            return Corrected(path) ?? Elsewhere(Path.GetFileName(path), terminal.Folder);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }

    // Folder by folder, each as it is there or as it was meant.
    private static string? Corrected(string path)
    {
        if (Path.GetDirectoryName(path) is not { } above || (Directory.Exists(above) ? above : Corrected(above)) is not { } folder || !Directory.Exists(folder))
            return null;
        string name = Path.GetFileName(path);
        if (Exists(Path.Join(folder, name)))
            return Path.Join(folder, name);
        if (File.Exists(Path.Join(folder, name + KnownFormats.Dotprompt.Ending)))
            return Path.Join(folder, name + KnownFormats.Dotprompt.Ending);
        string[] names =
        [
            .. Directory
                .EnumerateFileSystemEntries(folder)
                .Take(MostLookedAt)
                .Where(e => KnownFormats.Has(e) || EvaluationFiles.MayBe(e) || Directory.Exists(e))
                .Select(e => Path.GetFileName(e)!)
                .Where(n => n[0] != '.')
                .Order(StringComparer.Ordinal),
        ];
        string? meant =
            Array.Find(names, n => string.Equals(n, name, StringComparison.OrdinalIgnoreCase))
            ?? Spelling.Nearest(name, names)
            ?? Spelling.Nearest(name + KnownFormats.Dotprompt.Ending, names);
        return meant is null ? null : Path.Join(folder, meant);
    }

    private static bool Exists(string path) => File.Exists(path) || Directory.Exists(path);

    // Named without its folder: the only one of that name.
    private static string? Elsewhere(string name, string folder) =>
        Discovery
            .Prompts(folder, MostLookedAt, CancellationToken.None)
            .Where(p => Path.GetFileName(p) is var file && (file == name || file == name + KnownFormats.Dotprompt.Ending))
            .Take(2)
            .ToArray()
            is [var only]
            ? only
            : null;
}

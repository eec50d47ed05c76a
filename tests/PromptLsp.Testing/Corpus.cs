namespace PromptLsp.Testing;

/// <summary>Prompt files of others, beside the repository where they are present; without them the tests over them have no cases.</summary>
public static class Corpus
{
    /// <summary>The folder that holds <c>PromptLsp.sln</c>.</summary>
    public static string Root { get; } = FindRoot();

    private static string Folder => Path.GetFullPath(Path.Combine(Root, "..", "shared", "corpus"));

    /// <summary>Every prompt, by its path in the corpus.</summary>
    public static IEnumerable<(string Path, string Text)> Prompts() =>
        !Directory.Exists(Path.Combine(Folder, "files")) ? []
        : from file in Directory.EnumerateFiles(Path.Combine(Folder, "files"), "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
          select (Path.GetRelativePath(Folder, file).Replace('\\', '/'), File.ReadAllText(file));

    /// <summary>A file of Dotprompt's own suite; null where it is not present.</summary>
    public static string? Suite(string name)
    {
        string path = Path.Combine(Folder, "dotprompt-spec", name);
        return File.Exists(path) ? File.ReadAllText(path) : null;
    }

    /// <summary>The files of a folder of that suite; none where it is not present.</summary>
    public static IEnumerable<string> Suites(string folder) => Path.Combine(Folder, "dotprompt-spec", folder) is var path && Directory.Exists(path)
        ? Directory.EnumerateFiles(path, "*.yaml").Select(f => folder + "/" + Path.GetFileName(f))
        : [];

    private static string FindRoot()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "PromptLsp.sln")))
            folder = Path.GetDirectoryName(folder);
        return folder ?? throw new InvalidOperationException("The tests run outside the repository.");
    }
}

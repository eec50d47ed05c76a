using PromptLsp.History.Files;

namespace PromptLsp.History.Git;

/// <summary>Where the repository of a folder keeps its state.</summary>
/// <param name="Work">The folder that holds <c>.git</c>.</param>
/// <param name="Own">This working tree's state: <c>HEAD</c>.</param>
/// <param name="Common">What all working trees of the repository share: branches and configuration.</param>
internal sealed record GitFolder(string Work, string Own, string Common)
{
    private const int MostBytes = 4_096;

    /// <summary>The nearest one upwards; null where there is none.</summary>
    /// <param name="folder">Absolute.</param>
    public static GitFolder? Of(string folder)
    {
        for (string? at = folder; at is not null; at = Path.GetDirectoryName(at))
        {
            string git = Path.Join(at, ".git");
            // A link could lead to any other repository.
            if (Directory.Exists(git))
                return Links.LeadsInto(git, at) ? new(at, git, git) : null;
            // In a linked working tree and in a submodule, a file says where it is.
            if (Line(git) is { } line)
                return line.StartsWith("gitdir: ", StringComparison.Ordinal) && Path.GetFullPath(line[8..], at) is var own && Directory.Exists(own)
                    ? Elsewhere(at, git, Path.TrimEndingDirectorySeparator(own))
                    : null;
        }
        return null;
    }

    // That file came with the folder, so what it says is believed only where the repository says the same: it knows its linked working trees
    // by name, and a submodule's state lies in that of the repository around it.
    private static GitFolder? Elsewhere(string work, string git, string own)
    {
        if (Line(Path.Join(own, "gitdir")) is { } back && Same(Path.GetFullPath(back, own), git) && Line(Path.Join(own, "commondir")) is { } line)
            return Path.TrimEndingDirectorySeparator(Path.GetFullPath(line, own)) is var common && Links.LeadsInto(own, Path.Join(common, "worktrees"))
                ? new(work, own, common)
                : null;
        return Path.GetDirectoryName(work) is { } above && Of(above) is { } outer && Links.LeadsInto(own, Path.Join(outer.Common, "modules"))
            ? new(work, own, own)
            : null;
    }

    private static bool Same(string one, string other) => Links.Follow(one) is { } real && real == Links.Follow(other);

    /// <summary>A pipe or a device among the files that git itself would open; null where there is none.</summary>
    public string? Special => new[] { Own, Common }.Distinct(StringComparer.Ordinal).SelectMany(Directory.EnumerateFiles).FirstOrDefault(RegularFile.IsSpecial);

    private static string? Line(string path) =>
        SmallFile.Read(path, MostBytes)?.TrimEnd('\r', '\n') is { Length: > 0 } text && !text.Contains('\0', StringComparison.Ordinal) ? text : null;
}

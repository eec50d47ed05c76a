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
            if (Directory.Exists(git))
                return new(at, git, CommonOf(git));
            // In a linked working tree and in a submodule, a file says where it is.
            if (Line(git) is { } line)
                return line.StartsWith("gitdir: ", StringComparison.Ordinal) && Path.GetFullPath(line[8..], at) is var own && Directory.Exists(own) ? new(at, own, CommonOf(own)) : null;
        }
        return null;
    }

    private static string CommonOf(string own) =>
        Line(Path.Join(own, "commondir")) is { } line && Path.GetFullPath(line, own) is var common && Directory.Exists(common) ? common : own;

    private static string? Line(string path) => SmallFile.Read(path, MostBytes)?.TrimEnd('\r', '\n') is { Length: > 0 } text && !text.Contains('\0', StringComparison.Ordinal) ? text : null;
}

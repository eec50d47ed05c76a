namespace PromptLsp.Cli.Checking;

/// <summary>Devices have no text that ends, and must not be replaced by a file. A shell's pipe (<c>/dev/fd/63</c>) is a link, and is read.</summary>
internal static class Devices
{
    /// <exception cref="CommandFailure">The path is one of the system's devices.</exception>
    public static void MustBeNone(string path, string argument)
    {
        if (!OperatingSystem.IsWindows() && (Path.GetFullPath(path) is var full) && (full.StartsWith("/dev/", StringComparison.Ordinal) || full.StartsWith("/proc/", StringComparison.Ordinal)) && !full.StartsWith("/dev/shm/", StringComparison.Ordinal) && new FileInfo(full) is { Exists: true, Length: 0, LinkTarget: null })
            throw new CommandFailure($"`{argument}` is a device and no file; a prompt on standard input is named `-`");
    }
}

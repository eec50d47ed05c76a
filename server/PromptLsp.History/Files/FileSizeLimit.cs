using System.Runtime.InteropServices;

namespace PromptLsp.History.Files;

/// <summary>What happens where a file may not grow any more (<c>ulimit -f</c>): the system would end the process, without a word.</summary>
public static partial class FileSizeLimit
{
    private const int Signal = 25, Ignore = 1;

    /// <summary>From now on the write fails instead, and is told like any other. To be called before anything is written.</summary>
    public static void FailsWrites()
    {
        if (!OperatingSystem.IsWindows())
            _ = OnSignal(Signal, Ignore);
    }

    [LibraryImport("libc", EntryPoint = "signal")]
    private static partial nint OnSignal(int signal, nint action);
}

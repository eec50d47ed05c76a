using System.Runtime.InteropServices;

namespace PromptLsp.History.Files;

/// <summary>Two folders that change places in one step, where the system has such a step.</summary>
public static partial class FolderExchange
{
    private const int OfWorkingFolder = -100, Exchange = 2, Swap = 2;
    private const int NotKnown = 38, NotTaken = 22, NotSupported = 95, NotSupportedOnMac = 45, OtherDisk = 18;

    /// <summary>Both are absolute, and there.</summary>
    /// <returns>False where this system or its disk cannot do it; then nothing has happened.</returns>
    /// <exception cref="IOException">They lie on different disks, or may not be moved.</exception>
    public static bool TryExchange(string one, string other)
    {
        try
        {
            int result =
                OperatingSystem.IsLinux() ? RenameAt2(OfWorkingFolder, one, OfWorkingFolder, other, Exchange)
                : OperatingSystem.IsMacOS() ? RenameX(one, other, Swap)
                : -1;
            if (result == 0)
                return true;
            if (!OperatingSystem.IsLinux() && !OperatingSystem.IsMacOS())
                return false;
        }
        catch (EntryPointNotFoundException)
        {
            return false;
        }
        int error = Marshal.GetLastPInvokeError();
        if (error is NotKnown or NotTaken or NotSupported or NotSupportedOnMac)
            return false;
        throw error == OtherDisk ? new IOException($"{one} and {other} lie on different disks", error) : new IOException($"{other} cannot be replaced", error);
    }

    [LibraryImport("libc", EntryPoint = "renameat2", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int RenameAt2(int fromFolder, string from, int toFolder, string to, uint flags);

    [LibraryImport("libc", EntryPoint = "renamex_np", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int RenameX(string from, string to, uint flags);
}

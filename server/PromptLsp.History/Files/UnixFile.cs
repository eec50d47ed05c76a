using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace PromptLsp.History.Files;

/// <summary>Opens a regular file without waiting for anybody, by the system's own calls: the runtime has no such way.</summary>
internal static partial class UnixFile
{
    // What `open` and `stat` are told and answer, from the systems' headers.
    private const int NotThere = 2, NoFolderOnTheWay = 20, TypeOfMode = 0xF000, Regular = 0x8000, Folder = 0x4000;

    // Larger than the struct, of which only the second number is read.
    private const int StatusSize = 512, ModeOffset = 4;

    public static int NoFollow { get; } = OperatingSystem.IsLinux()
        ? RuntimeInformation.ProcessArchitecture is Architecture.Arm or Architecture.Arm64 or Architecture.Ppc64le ? 0x8000 : 0x2_0000
        : 0x100;

    // O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC
    private static int HowToOpen { get; } = OperatingSystem.IsLinux() ? 0x800 | 0x100 | 0x8_0000 : 0x4 | 0x2_0000 | 0x100_0000;

    public static unsafe FileKind KindOf(string path)
    {
        byte* status = stackalloc byte[StatusSize];
        return path.Contains('\0', StringComparison.Ordinal) || Stat(path, status) != 0 ? FileKind.Missing : KindIn(status);
    }

    public static unsafe OpenedFile Open(string path, int also)
    {
        // To open a pipe or a device at all can set something going at its other end.
        if (KindOf(path) is (FileKind.Folder or FileKind.Special) and var other)
            return new(other, null);
        if (path.Contains('\0', StringComparison.Ordinal))
            return new(FileKind.Missing, null);
        int descriptor = OpenDescriptor(path, HowToOpen | also);
        if (descriptor < 0)
        {
            int error = Marshal.GetLastPInvokeError();
            bool isLink = new FileInfo(path).LinkTarget is not null;
            // A link to nothing is there, and cannot be read.
            return new(error is NotThere or NoFolderOnTheWay && !isLink ? FileKind.Missing : also != 0 && isLink ? FileKind.Special : FileKind.Regular, null);
        }
        var handle = new SafeFileHandle(descriptor, ownsHandle: true);
        byte* status = stackalloc byte[StatusSize];
        if (FStat(descriptor, status) == 0 && KindIn(status) is FileKind.Regular)
            return new(FileKind.Regular, handle);
        handle.Dispose();
        return new(FileKind.Special, null);
    }

    private static unsafe FileKind KindIn(byte* status) => (*(int*)(status + ModeOffset) & TypeOfMode) switch
    {
        Regular => FileKind.Regular,
        Folder => FileKind.Folder,
        _ => FileKind.Special,
    };

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int OpenDescriptor(string path, int flags);

    // The runtime's own, which is the same on every system, as `struct stat` is not.
    [LibraryImport("libSystem.Native", EntryPoint = "SystemNative_FStat")]
    private static unsafe partial int FStat(nint descriptor, byte* status);

    [LibraryImport("libSystem.Native", EntryPoint = "SystemNative_Stat", StringMarshalling = StringMarshalling.Utf8)]
    private static unsafe partial int Stat(string path, byte* status);
}

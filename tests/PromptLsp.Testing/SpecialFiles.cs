using System.Runtime.InteropServices;

namespace PromptLsp.Testing;

/// <summary>Makes what is in a folder and is no file. Windows has no such thing there: a folder stands in for it.</summary>
public static class SpecialFiles
{
    public static void Pipe(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(path);
        else if (MakePipe(path, 0x180) != 0)
            throw new IOException($"no pipe could be made at {path}");
    }

    [DllImport("libc", EntryPoint = "mkfifo", CharSet = CharSet.Ansi)]
    private static extern int MakePipe([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int mode);
}

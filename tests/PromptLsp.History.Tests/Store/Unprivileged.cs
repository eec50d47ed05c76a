using System.Runtime.InteropServices;

namespace PromptLsp.History.Tests.Store;

/// <summary>Runs as somebody to whom the modes of files apply: the tests themselves may run as root, to whom they do not.</summary>
internal static class Unprivileged
{
    private const int Nobody = 65_534;

    /// <param name="folder">Belongs to that user from then on, with all that is in it.</param>
    public static void Run(string folder, Action act)
    {
        if (!Environment.IsPrivilegedProcess || !OperatingSystem.IsLinux())
        {
            act();
            return;
        }
        foreach (string path in Directory.GetFileSystemEntries(folder, "*", SearchOption.AllDirectories).Prepend(folder))
            Assert.Equal(0, ChangeOwner(path, Nobody, Nobody));
        Exception? failure = null;
        // The system knows of threads only; this one ends with its user.
        var thread = new Thread(() =>
        {
            _ = SetFileUser(Nobody);
            failure = Record.Exception(act);
        });
        thread.Start();
        thread.Join();
        if (failure is not null)
            throw new InvalidOperationException("It failed without privileges.", failure);
    }

    [DllImport("libc", EntryPoint = "setfsuid")]
    private static extern int SetFileUser(int user);

    [DllImport("libc", EntryPoint = "chown", CharSet = CharSet.Ansi)]
    private static extern int ChangeOwner([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int user, int group);
}

using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;
using Xunit;

namespace PromptLsp.Cli.Tests;

/// <summary>A process of its own writes to a terminal what it is asked for, and nothing that steers it where no colours are wanted.</summary>
public sealed class SilentTerminalTests : IDisposable
{
    private readonly Shell _shell = new();

    public void Dispose() => _shell.Dispose();

    [Theory]
    [InlineData("check >$TTY")]
    [InlineData("check 2>$TTY >/dev/null")]
    [InlineData("check missing 2>$TTY")]
    [InlineData("render a.prompt <$TTY >$TTY 2>$TTY")]
    [InlineData("--version >$TTY")]
    public async Task Nothing_steers_a_terminal_without_colours(string command)
    {
        if (!OperatingSystem.IsLinux())
            return;
        _shell.With("a.prompt", "Hi {{ nmae }\n");
        string program = Environment.GetEnvironmentVariable("PROMPTLSP_SERVER") is { Length: > 0 } native
            ? native
            : Path.Combine(AppContext.BaseDirectory, "promptlsp.dll");
        string run = program.EndsWith(".dll", StringComparison.Ordinal) ? $"dotnet '{program}'" : $"'{program}'";
        using var terminal = new SafeFileHandle(Open(ReadWrite), ownsHandle: true);
        Assert.Equal((0, 0), (Grant(terminal), Unlock(terminal)));
        string path = Marshal.PtrToStringUTF8(NameOf(terminal))!;
        // Held open, so that what was written can still be read when the program has ended.
        using SafeFileHandle held = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        var start = new ProcessStartInfo("/bin/sh", ["-c", $"{run} {command.Replace("$TTY", path, StringComparison.Ordinal)}; echo end >{path}"])
        {
            WorkingDirectory = _shell.Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.Environment["TERM"] = "xterm-256color";
        start.Environment["NO_COLOR"] = "1";
        using Process process = Process.Start(start)!;
        string written = await Task.Run(() => Read(terminal), TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.DoesNotContain('\x1b', written);
        Assert.EndsWith("end\r\n", written, StringComparison.Ordinal);
    }

    private static string Read(SafeFileHandle terminal)
    {
        var written = new StringBuilder();
        byte[] some = new byte[4096];
        using var stream = new FileStream(terminal, FileAccess.Read, bufferSize: 0);
        while (!written.ToString().EndsWith("end\r\n", StringComparison.Ordinal) && stream.Read(some) is > 0 and var count)
            written.Append(Encoding.UTF8.GetString(some, 0, count));
        return written.ToString();
    }

    private const int ReadWrite = 2;

    [DllImport("libc", EntryPoint = "posix_openpt")]
    private static extern nint Open(int flags);

    [DllImport("libc", EntryPoint = "grantpt")]
    private static extern int Grant(SafeFileHandle terminal);

    [DllImport("libc", EntryPoint = "unlockpt")]
    private static extern int Unlock(SafeFileHandle terminal);

    [DllImport("libc", EntryPoint = "ptsname")]
    private static extern nint NameOf(SafeFileHandle terminal);
}

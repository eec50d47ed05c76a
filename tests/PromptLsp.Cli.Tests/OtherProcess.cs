using System.Diagnostics;

namespace PromptLsp.Cli.Tests;

/// <summary>Runs <c>promptlsp</c> in a process of its own, where a test needs what belongs to processes: a user, limits, a terminal.</summary>
internal static class OtherProcess
{
    /// <summary>The folder in which a shell finds <c>promptlsp</c>.</summary>
    public static string ProgramFolder { get; } =
        Environment.GetEnvironmentVariable("PROMPTLSP_SERVER") is { Length: > 0 } native ? Path.GetDirectoryName(native)! : AppContext.BaseDirectory;

    /// <summary>Runs a line of <c>sh</c> in a folder, as somebody to whom the modes of files apply.</summary>
    public static Task<(int Status, string Out, string Error)> AsNobody(string folder, string script) =>
        Environment.IsPrivilegedProcess
            ? Run(folder, "", "setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--", "sh", "-c", script)
            : Run(folder, "", "sh", "-c", script);

    public static async Task<(int Status, string Out, string Error)> Run(string folder, string input, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["PATH"] = ProgramFolder + ":" + Environment.GetEnvironmentVariable("PATH");
        start.Environment["HOME"] = start.Environment["XDG_STATE_HOME"] = "/nonexistent";
        start.Environment["PROMPTLSP"] = Path.Join(ProgramFolder, "promptlsp");
        // Its memory counts as a file for limits.
        start.Environment["DOTNET_EnableWriteXorExecute"] = "0";
        using Process process = Process.Start(start)!;
        CancellationToken cancel = Xunit.TestContext.Current.CancellationToken;
        Task<string> output = process.StandardOutput.ReadToEndAsync(cancel), error = process.StandardError.ReadToEndAsync(cancel);
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        await process.WaitForExitAsync(cancel);
        return (process.ExitCode, await output, await error);
    }
}

using System.CommandLine;
using Microsoft.Win32.SafeHandles;
using PromptLsp.Server;

namespace PromptLsp.Cli.Commands;

/// <summary><c>promptlsp serve [--stdio]</c>: the language server, over standard input and output.</summary>
internal static class ServeCommand
{
    public static Command Create()
    {
        var stdio = new Option<bool>("--stdio") { Description = "Speak over standard input and output (there is no other way)." };
        // Editors' own clients add it to every server that they start.
        var parent = new Option<string?>("--clientProcessId") { Description = "The editor's process; the server ends with it.", Hidden = true };
        var command = new ExampleCommand("serve", "Runs the language server for an editor.", "promptlsp serve --stdio") { stdio, parent };
        command.SetAction((_, cancel) => RunAsync(cancel));
        return command;
    }

    /// <summary>True for arguments that can mean nothing but <c>serve</c>: an editor waits, and need not wait for the command line.</summary>
    public static bool IsPlain(string[] arguments) => arguments is ["serve"] or ["serve", "--stdio"];

    public static Task<int> RunAsync(CancellationToken cancel)
    {
        // One thread of the pool always waits for the editor's next word: the processors' own number is left for work.
        ThreadPool.GetMinThreads(out int workers, out int ports);
        ThreadPool.SetMinThreads(workers + 1, ports);
        return LanguageServer.RunAsync(Console.OpenStandardInput(), Output(), Console.Error, cancel);
    }

    // The console's own stream ignores that its reader has gone, and the server would go on for nobody.
    private static Stream Output() => OperatingSystem.IsWindows()
        ? Console.OpenStandardOutput()
        : new FileStream(new SafeFileHandle(1, ownsHandle: false), FileAccess.Write, bufferSize: 0);
}

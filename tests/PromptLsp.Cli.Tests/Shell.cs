using System.Diagnostics;

namespace PromptLsp.Cli.Tests;

/// <summary>
/// Runs <c>promptlsp</c> in a folder of its own, as a shell would, and holds what it wrote: in this process, or the executable that
/// <c>PROMPTLSP_SERVER</c> names, so that the same tests hold for what people install.
/// </summary>
internal sealed class Shell : IDisposable
{
    private static readonly string? Executable = Environment.GetEnvironmentVariable("PROMPTLSP_SERVER") is { Length: > 0 } path ? path : null;

    private readonly bool _isOurs;

    public Shell() : this(Directory.CreateTempSubdirectory("promptlsp-cli-").FullName) => _isOurs = true;

    /// <summary>A shell in a folder that is there already, and stays.</summary>
    public Shell(string folder)
    {
        PromptLsp.Testing.OwnState.Begin();
        Folder = folder;
    }

    public string Folder { get; }

    /// <summary>What the environment says to the program, and to nobody else.</summary>
    public Dictionary<string, string> Variables { get; } = new(StringComparer.Ordinal);

    public string Out { get; private set; } = "";

    public string Error { get; private set; } = "";

    /// <summary>Writes a file, and the folders above it.</summary>
    public Shell With(string path, string content)
    {
        string full = Path.Combine(Folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, content);
        return this;
    }

    public Shell Without(string path)
    {
        File.Delete(Path.Combine(Folder, path));
        return this;
    }

    public string Read(string path) => File.ReadAllText(Path.Combine(Folder, path));

    /// <summary>Runs a command line, split at blanks outside of double quotes, and gives its exit status.</summary>
    public async Task<int> Run(string command, string input = "")
    {
        string[] arguments = [.. Split(command)];
        (int status, string output, string error) = Executable is null ? await Here(arguments, input) : await There(Executable, arguments, input);
        (Out, Error) = (output.ReplaceLineEndings("\n"), error.ReplaceLineEndings("\n"));
        return status;
    }

    public void Dispose()
    {
        if (_isOurs)
            Directory.Delete(Folder, recursive: true);
    }

    private async Task<(int, string, string)> Here(string[] arguments, string input)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var terminal = new Terminal
        {
            Out = output,
            Error = error,
            In = () => new StringReader(input),
            Folder = Folder,
            Variable = name => Variables.GetValueOrDefault(name) ?? Environment.GetEnvironmentVariable(name),
        };
        int status = await CommandLine.RunAsync(arguments, terminal, Xunit.TestContext.Current.CancellationToken);
        return (status, output.ToString(), error.ToString());
    }

    private async Task<(int, string, string)> There(string executable, string[] arguments, string input)
    {
        CancellationToken cancel = Xunit.TestContext.Current.CancellationToken;
        var start = new ProcessStartInfo(executable, arguments)
        {
            WorkingDirectory = Folder,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach ((string name, string value) in Variables)
            start.Environment[name] = value;
        using Process process = Process.Start(start)!;
        // As bytes: a reader of text would take a byte order mark away.
        using var output = new MemoryStream();
        Task copied = process.StandardOutput.BaseStream.CopyToAsync(output, cancel);
        Task<string> error = process.StandardError.ReadToEndAsync(cancel);
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        await process.WaitForExitAsync(cancel);
        await copied;
        return (process.ExitCode, System.Text.Encoding.UTF8.GetString(output.ToArray()), await error);
    }

    /// <summary>The words of a command line.</summary>
    public static IEnumerable<string> Split(string command) =>
        command.Split('"').SelectMany((part, i) => i % 2 == 1 ? [part] : part.Split(' ', StringSplitOptions.RemoveEmptyEntries));
}

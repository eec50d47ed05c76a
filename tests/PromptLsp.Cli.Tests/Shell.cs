namespace PromptLsp.Cli.Tests;

/// <summary>Runs <c>promptlsp</c> in a folder of its own, as a shell would, and holds what it wrote.</summary>
internal sealed class Shell : IDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("promptlsp-cli-").FullName;

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

    public string Read(string path) => File.ReadAllText(Path.Combine(Folder, path));

    /// <summary>Runs a command line (split at blanks) and gives its exit status.</summary>
    public async Task<int> Run(string command, string input = "")
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        int status = await CommandLine.RunAsync(
            command.Split(' ', StringSplitOptions.RemoveEmptyEntries),
            new Terminal { Out = output, Error = error, In = new StringReader(input), Folder = Folder, Width = 100 },
            Xunit.TestContext.Current.CancellationToken);
        (Out, Error) = (output.ToString().ReplaceLineEndings("\n"), error.ToString().ReplaceLineEndings("\n"));
        return status;
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}

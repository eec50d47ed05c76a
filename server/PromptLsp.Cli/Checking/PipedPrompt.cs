using System.CommandLine;
using PromptLsp.Workspace;
using PromptLsp.Workspace.Files;

namespace PromptLsp.Cli.Checking;

/// <summary>A prompt that comes on standard input, such as one that an editor has not saved yet, in the place of a file that may not be there.</summary>
/// <param name="Path">Absolute. What it includes and which settings it has goes by this.</param>
internal sealed record PipedPrompt(string Path, string Text)
{
    /// <summary>The byte order mark that stood before the text, or nothing.</summary>
    public string Mark { get; init; } = "";

    /// <summary>How an argument names it.</summary>
    public const string Argument = "-";

    public static Option<string?> FilenameOption() => new("--stdin-filename")
    {
        Description = "With -, which reads the prompt from standard input: the file that it is or will be.",
        HelpName = "FILE",
    };

    /// <summary>Reads it where an argument asks for it; null where none does.</summary>
    /// <param name="arguments">Files and folders as typed.</param>
    public static PipedPrompt? Read(IReadOnlyList<string> arguments, string? filename, Terminal terminal)
    {
        if (!arguments.Contains(Argument, StringComparer.Ordinal))
            return filename is null
                ? null
                : throw new CommandFailure($"`--stdin-filename {filename}` names what comes on standard input; put `-` in the place of the file");
        if (arguments.Count > 1)
            throw new CommandFailure("`-` stands for standard input and goes alone; leave the other paths out");
        string path = terminal.Absolute(filename ?? "stdin.prompt");
        if (Directory.Exists(path))
            throw new CommandFailure($"`--stdin-filename {filename}` is a folder; name a file in it");
        string text = terminal.ReadIn();
        string body = text.TrimStart('\uFEFF');
        return new(path, body) { Mark = text[..^body.Length] };
    }

    public Snapshot In(Snapshot snapshot) => snapshot.Open(FileUri.FromPath(Path), 0, Text);
}

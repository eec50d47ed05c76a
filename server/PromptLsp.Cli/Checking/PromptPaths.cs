using System.Collections.Immutable;
using PromptLsp.History.Files;
using PromptLsp.Language.Syntax.Formats;
using PromptLsp.Workspace.Files;

namespace PromptLsp.Cli.Checking;

/// <summary>The prompts that the arguments of a command name: files as they are, folders searched.</summary>
internal sealed record PromptPaths(ImmutableArray<string> Files, ImmutableArray<string> Folders)
{
    /// <summary>Files of settings that are named themselves.</summary>
    public ImmutableArray<string> Settings { get; init; } = [];

    /// <summary>False where a folder below could not be opened, which has been told: there may be more.</summary>
    public bool IsComplete { get; init; } = true;

    /// <summary>A file whose text comes on standard input; it is among the files.</summary>
    public PipedPrompt? Piped { get; init; }

    /// <summary>As <see cref="Of(IReadOnlyList{string}, Terminal, CancellationToken)"/>, or what comes on standard input.</summary>
    public static PromptPaths Of(IReadOnlyList<string> arguments, string? stdinFilename, Terminal terminal, CancellationToken cancel) =>
        PipedPrompt.Read(arguments, stdinFilename, terminal) is { } piped ? new([piped.Path], []) { Piped = piped } : Of(arguments, terminal, cancel);

    /// <param name="arguments">Paths as typed; none stands for the folder the command was called from.</param>
    public static PromptPaths Of(IReadOnlyList<string> arguments, Terminal terminal, CancellationToken cancel)
    {
        var files = new SortedSet<string>(StringComparer.Ordinal);
        var folders = ImmutableArray.CreateBuilder<string>();
        var settings = ImmutableArray.CreateBuilder<string>();
        bool isComplete = true;
        foreach (string argument in arguments.Count == 0 ? ["."] : arguments)
        {
            MustName(argument);
            string path = terminal.Absolute(argument);
            if (Directory.Exists(path))
            {
                MustOpen(path, argument);
                folders.Add(Path.TrimEndingDirectorySeparator(path));
                files.UnionWith(Discovery.Prompts(Path.TrimEndingDirectorySeparator(path), cancel, Closed));
            }
            else if (File.Exists(path))
            {
                MustBeRegular(path, argument);
                if (Roots.IsSettings(path))
                    settings.Add(path);
                else
                    files.Add(path);
            }
            else
            {
                throw new CommandFailure($"there is no file or folder `{argument}`; {Advice(argument, path, terminal)}");
            }
        }
        return new([.. files], folders.ToImmutable()) { Settings = settings.ToImmutable(), IsComplete = isComplete };

        void Closed(string folder)
        {
            isComplete = false;
            terminal.Tell($"promptlsp: {WhyClosed(terminal.Display(folder))}");
        }
    }

    // An empty path is a variable that was never set, not the folder one is in.
    private static void MustName(string argument)
    {
        if (argument.Length == 0)
            throw new CommandFailure("a path is empty; name a file or a folder");
    }

    /// <exception cref="CommandFailure">There is a pipe or a device: its text may never end, and it must not be replaced by a file.</exception>
    public static void MustBeRegular(string path, string argument)
    {
        if (RegularFile.IsSpecial(path))
            throw new CommandFailure($"`{argument}` is not a regular file but a pipe or a device; a prompt on standard input is named `-`");
    }

    // Below a folder that is named, what may not be opened is passed over; the folder itself is not.
    private static void MustOpen(string folder, string argument)
    {
        if (!Discovery.CanOpen(folder))
            throw new CommandFailure(WhyClosed(argument));
    }

    public static string WhyClosed(string shown) => $"the folder `{shown}` cannot be opened; check its permissions";

    /// <summary>The one file that a command is about.</summary>
    public static string One(string argument, Terminal terminal)
    {
        MustName(argument);
        string path = terminal.Absolute(argument);
        if (File.Exists(path))
        {
            MustBeRegular(path, argument);
            return path;
        }
        throw new CommandFailure(
            Directory.Exists(path) ? $"`{argument}` is a folder; name a file" : $"there is no file `{argument}`; {Advice(argument, path, terminal)}"
        );
    }

    /// <summary>Tells on standard error that there was nothing to do: silence would look like success.</summary>
    public void TellIfEmpty(Terminal terminal)
    {
        if (Files.IsEmpty && Settings.IsEmpty)
            terminal.Tell(
                $"no prompts found in {string.Join(", ", Folders.Select(f => $"`{terminal.Display(f)}`"))}; a prompt is a file whose name ends in "
                    + $"{KnownFormats.Endings}, and what git ignores is left out"
            );
    }

    private static string Advice(string argument, string path, Terminal terminal)
    {
        int at = path.LastIndexOf('@');
        if (at > 0 && File.Exists(path[..at]))
            return $"`promptlsp show {argument}` shows a version";
        return argument.AsSpan().ContainsAny('*', '?') ? "folders are searched: name the folder" : NearPath.Advice(argument, "check the path", terminal);
    }

    public static string Why(string shown, FileStatus status) => status switch
    {
        FileStatus.Missing => $"there is no file `{shown}`; check the path",
        FileStatus.NotAFile => $"`{shown}` is not a regular file",
        FileStatus.Outside => $"`{shown}` leads out of the workspace, so it is not read; put the file itself there",
        FileStatus.TooLarge => $"`{shown}` is over 5 MB and is not read; divide it, or give what is no prompt another ending",
        FileStatus.NotUtf8 => $"`{shown}` is not UTF-8; save it as UTF-8",
        _ => $"`{shown}` cannot be opened; check its permissions, or where the link leads",
    };
}

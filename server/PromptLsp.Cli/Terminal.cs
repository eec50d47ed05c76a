using System.Diagnostics.CodeAnalysis;
using System.Text;
using PromptLsp.Cli.Reports;
using PromptLsp.History.Files;
using PromptLsp.Workspace.Files;

namespace PromptLsp.Cli;

/// <summary>What a command runs in: its streams, the folder it was called from, and how its text may look.</summary>
internal sealed record Terminal
{
    /// <summary>Takes the answer and nothing else.</summary>
    public required TextWriter Out { get; init; }

    /// <summary>Takes errors and progress.</summary>
    public required TextWriter Error { get; init; }

    /// <summary>Standard input, opened when it is asked for: opening it turns a terminal's keyboard modes.</summary>
    public required Func<TextReader> In { get; init; }

    /// <summary>The folder that relative paths start from. Nothing can start where somebody has removed it, which is null.</summary>
    [AllowNull]
    public required string Folder
    {
        get => field ?? throw new CommandFailure("the folder that you are in is not there any more; go to one that is");
        init;
    }

    /// <summary>The answer goes to a screen, not to a file or a program.</summary>
    public bool IsInteractive { get; init; }

    /// <summary>Somebody sees standard error as it is written.</summary>
    public bool ShowsProgress { get; init; }

    public bool HasColours { get; init; }

    /// <summary>How many cells a line has.</summary>
    public int Width { get; init; } = 120;

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>The value of an environment variable; null where it is not set.</summary>
    public Func<string, string?> Variable { get; init; } = Environment.GetEnvironmentVariable;

    public Paint Paint => new(HasColours);

    public Paint ErrorPaint => new(HasColours && ShowsProgress);

    /// <summary>The terminal, pipe or file that this process was started with.</summary>
    public static Terminal OfProcess()
    {
        bool hasColours = TakesColours();
        // .NET begins with a sequence of the terminal's for its keypad, if TERM names it one. We read no keys.
        Environment.SetEnvironmentVariable("TERM", null);
        return Opened(hasColours);
    }

    private static Terminal Opened(bool hasColours) => new()
    {
        Out = new StreamWriter(StandardOutput(), new UTF8Encoding(false), 16 * 1024),
        Error = Console.Error,
        In = static () => Strict(StandardInput()),
        Folder = CurrentFolder(),
        Repository = Environment.GetEnvironmentVariable("GITHUB_WORKSPACE") is { Length: > 0 } folder && Path.IsPathFullyQualified(folder) ? folder : null,
        IsInteractive = !Console.IsOutputRedirected,
        ShowsProgress = !Console.IsErrorRedirected,
        HasColours = hasColours,
        Width = Console.IsOutputRedirected ? 120 : WindowWidth(),
    };

    /// <summary>
    /// All of standard input, with the byte order mark that may stand before it. What cannot be read, is too large or no text ends the command.
    /// </summary>
    public string ReadIn() => All(In, "standard input", "it is closed, or no file or pipe; put one there");

    /// <summary>All of a file, or a pipe, that a command is given, as <see cref="ReadIn"/>.</summary>
    /// <param name="what">What it is to the command: <c>input</c>.</param>
    public string ReadFile(string argument, string what) => All(() => Strict(OpenGiven(Absolute(argument))), $"the {what} `{argument}`", "check the path");

    /// <summary>Tells something in one line on standard error, in which nothing steers the terminal.</summary>
    public void Tell(string line) => Error.WriteLine(SourceExcerpt.Visible(line));

    // What a shell has opened for this process (`<(jq …)`) is as good as standard input.
    private static FileStream OpenGiven(string path) =>
        IsOurOwn(path) ? File.OpenRead(path)
        : RegularFile.Open(path).Handle is { } handle ? new(handle, FileAccess.Read)
        : throw new FileNotFoundException();

    private static bool IsOurOwn(string path) =>
        !OperatingSystem.IsWindows()
        && (path is "/dev/stdin" || path.StartsWith("/dev/fd/", StringComparison.Ordinal) || path.StartsWith("/proc/self/fd/", StringComparison.Ordinal));

    // UTF-8 and nothing else: what looks like the mark of another encoding is no text.
    private static StreamReader Strict(Stream stream) =>
        new(stream, new UTF8Encoding(false, throwOnInvalidBytes: true), detectEncodingFromByteOrderMarks: false);

    private static string All(Func<TextReader> open, string what, string advice)
    {
        char[] text = new char[64 * 1024];
        int length = 0;
        try
        {
            using TextReader reader = open();
            while (reader.Read(text, length, text.Length - length) is > 0 and var read)
            {
                length += read;
                if (length > Disk.LargestFile)
                    throw new CommandFailure($"{what} is over 5 MB");
                if (length == text.Length)
                    Array.Resize(ref text, text.Length * 2);
            }
        }
        catch (DecoderFallbackException)
        {
            throw new CommandFailure($"{what} is not UTF-8");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailure($"{what} cannot be read; {advice}");
        }
        return new(text, 0, length);
    }

    /// <summary>A path as it was typed, made absolute.</summary>
    public string Absolute(string path) => Path.GetFullPath(path, Folder);

    /// <summary>The top of the repository that a workflow of GitHub's has checked out; null outside of one.</summary>
    public string? Repository { get; init; }

    /// <summary>A path as it is shown here, from the top of the repository instead.</summary>
    public string InRepository(string shown) => Repository is null ? shown : Below(Repository, Absolute(shown));

    /// <summary>An absolute path as people read it here: from this folder if it lies in it, with <c>/</c>.</summary>
    public string Display(string path) => Below(Folder, path);

    // Only Windows takes both strokes between folders; elsewhere `\` is a letter like others.
    private static string Below(string folder, string path)
    {
        string relative = Path.GetRelativePath(folder, path).Replace(Path.DirectorySeparatorChar, '/');
        bool isOutside = relative is ".." || relative.StartsWith("../", StringComparison.Ordinal) || Path.IsPathRooted(relative);
        return isOutside ? path.Replace(Path.DirectorySeparatorChar, '/') : relative;
    }

    // Where it was closed (`promptlsp check - <&-`), the runtime's first own file has its number. That one is closed on exec, as nothing is that was
    // handed to this process.
    private static Stream StandardInput()
    {
        if (OperatingSystem.IsLinux() && File.Exists(StandardInputFlags))
        {
            string? flags = File.ReadLines(StandardInputFlags).FirstOrDefault(l => l.StartsWith("flags:", StringComparison.Ordinal))?["flags:".Length..].Trim();
            if (flags is not null && (Convert.ToInt64(flags, 8) & ClosedOnExec) != 0)
                throw new IOException();
        }
        return Console.OpenStandardInput();
    }

    private const string StandardInputFlags = "/proc/self/fdinfo/0";

    private const long ClosedOnExec = 0x80000;

    // Whoever closed it (`promptlsp check >&-`) wants to hear nothing.
    private static Stream StandardOutput()
    {
        try
        {
            return Console.OpenStandardOutput();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return Stream.Null;
        }
    }

    private static string? CurrentFolder()
    {
        try
        {
            return Environment.CurrentDirectory;
        }
        catch (IOException)
        {
            return null;
        }
    }

    // On Windows only terminals that say so are known to read escape codes.
    private static bool TakesColours() =>
        !Console.IsOutputRedirected
        && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"))
        && (OperatingSystem.IsWindows()
            ? Environment.GetEnvironmentVariable("WT_SESSION") is not null || Environment.GetEnvironmentVariable("TERM") is not null
            : Environment.GetEnvironmentVariable("TERM") is not (null or "" or "dumb"));

    private static int WindowWidth()
    {
        try
        {
            // A terminal that does not know has none.
            return Console.WindowWidth is > 0 and var width ? Math.Clamp(width, 40, 200) : 120;
        }
        catch (Exception failure) when (failure is IOException or PlatformNotSupportedException)
        {
            return 120;
        }
    }
}

/// <summary>Colours text, where colours are wanted.</summary>
internal readonly record struct Paint(bool IsOn)
{
    public string Bold(string text) => Wrap("1", text);

    public string Dim(string text) => Wrap("2", text);

    public string Red(string text) => Wrap("1;31", text);

    public string Yellow(string text) => Wrap("1;33", text);

    public string Blue(string text) => Wrap("34", text);

    public string Cyan(string text) => Wrap("36", text);

    public string Green(string text) => Wrap("32", text);

    /// <summary>Of what was taken away, all of it or only the words that matter.</summary>
    public string Removed(string text, bool matters) => Wrap(matters ? "7;31" : "31", text);

    public string Added(string text, bool matters) => Wrap(matters ? "7;32" : "32", text);

    private string Wrap(string code, string text) => IsOn ? $"\x1b[{code}m{text}\x1b[0m" : text;
}

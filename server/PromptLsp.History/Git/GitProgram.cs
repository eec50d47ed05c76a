using System.Diagnostics;
using PromptLsp.History.Files;

namespace PromptLsp.History.Git;

/// <summary>
/// Git, run so that nothing a repository says makes it start another program or reach for a network: a repository's configuration is as
/// foreign as its files.
/// </summary>
internal sealed class GitProgram
{
    private const int LongestComplaint = 300;

    // Configuration that would run something; given here, it wins over the repository's.
    private static readonly string[] Harmless =
    [
        "--no-pager",
        "--literal-pathspecs",
        "--no-optional-locks",
        "-c",
        "core.fsmonitor=false",
        "-c",
        "core.hooksPath=/dev/null",
        "-c",
        "log.showSignature=false",
        "-c",
        "log.showRoot=true",
        "-c",
        "protocol.allow=never",
        "-c",
        "safe.bareRepository=explicit",
        "-c",
        "core.askPass=",
        "-c",
        "credential.helper=",
        "-c",
        "color.ui=false",
        "-c",
        "maintenance.auto=false",
        "-c",
        "gc.auto=0",
    ];

    private readonly string _path;

    private GitProgram(string path) => _path = path;

    /// <summary>The first git on <c>PATH</c>; never one in the folders that are not trusted, nor one that depends on where we stand.</summary>
    /// <param name="untrusted">Absolute folders.</param>
    public static GitProgram? Find(params IEnumerable<string> untrusted) => ProgramPath.Find("git", untrusted) is { } path ? new(path) : null;

    internal static GitProgram? Find(string searchPath, string[] untrusted) => ProgramPath.Find("git", searchPath, untrusted) is { } path ? new(path) : null;

    /// <summary>Starts git in a folder; all three streams are ours.</summary>
    public Process Start(string folder, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(_path, [.. Harmless, .. arguments])
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            CreateNoWindow = true,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // What the caller's own git was told (another repository, a trace, a program for differences) is not meant for this one.
        foreach (string inherited in start.Environment.Keys.Where(k => k.StartsWith("GIT_", StringComparison.OrdinalIgnoreCase) && !IsKept(k)).ToList())
            start.Environment.Remove(inherited);
        start.Environment["GIT_NO_LAZY_FETCH"] = "1";
        start.Environment["GIT_OPTIONAL_LOCKS"] = "0";
        start.Environment["GIT_TERMINAL_PROMPT"] = "0";
        // Unlike `protocol.allow`, this wins over a repository's `protocol.ext.allow` too: older gits fetch what is missing in a partial clone.
        start.Environment["GIT_ALLOW_PROTOCOL"] = "none";
        start.Environment["GIT_NO_REPLACE_OBJECTS"] = "1";
        start.Environment["LC_ALL"] = "C";
        return Process.Start(start) ?? throw new IOException("git did not start");
    }

    /// <summary>What git complained of, in one line.</summary>
    public static string Complaint(string error)
    {
        string line =
            error
                .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                .FirstOrDefault(l => l.StartsWith("fatal:", StringComparison.Ordinal) || l.StartsWith("error:", StringComparison.Ordinal))
            ?? error;
        return Store.Plain.Line(line, LongestComplaint);
    }

    // Where the user's and the system's own configuration lie.
    private static bool IsKept(string variable) =>
        variable.ToUpperInvariant() is "GIT_CONFIG_GLOBAL" or "GIT_CONFIG_SYSTEM" or "GIT_CONFIG_NOSYSTEM" or "GIT_EXEC_PATH" or "GIT_CEILING_DIRECTORIES";
}

using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using PromptLsp.History.Files;
using PromptLsp.History.Store;

namespace PromptLsp.History.Git;

/// <summary>A file of a commit.</summary>
/// <param name="Mode">As git writes it: <c>100644</c>; <c>120000</c> is a link.</param>
/// <param name="Object">The name of its content.</param>
/// <param name="Path">From the root that was asked about, with <c>/</c>.</param>
public sealed record GitEntry(string Mode, string Object, string Path);

/// <summary>A commit that changed a file, and the content that the file had then.</summary>
/// <param name="Object">Null where it was taken away.</param>
public sealed record GitChange(string Commit, DateTimeOffset At, string Mail, string? Object);

/// <summary>What a repository has on record, of the files below one root. Runs git, for a command of the user's.</summary>
public sealed class GitRepository : IDisposable
{
    private const int MostBytesOfAnswer = 256 * 1024 * 1024;

    private readonly GitProgram _git;
    private readonly GitFolder _folder;
    private readonly string _prefix;
    private Process? _contents;
    private BufferedStream? _answers;
    private Task<string>? _error;

    private GitRepository(GitProgram git, GitFolder folder, string prefix) => (_git, _folder, _prefix) = (git, folder, prefix);

    /// <param name="root">The absolute folder in which no git may lie that is run.</param>
    /// <exception cref="HistoryException">There is no repository, or no git.</exception>
    public static GitRepository Of(string root)
    {
        GitFolder folder = GitFolder.Of(root) ?? throw new HistoryException($"{root} is in no git repository; `git init` makes it one.");
        if (folder.Special is { } special)
            throw new HistoryException($"git would wait for ever: {special} is not a regular file; remove it.");
        GitProgram git = GitProgram.Find(root, folder.Work) ?? throw new HistoryException("There is no git on the PATH; install it.");
        string below = Path.GetRelativePath(folder.Work, root).Replace(Path.DirectorySeparatorChar, '/');
        return new(git, folder, below == "." ? "" : below + "/");
    }

    /// <summary>A part of the past is not in this clone.</summary>
    public bool IsShallow => File.Exists(Path.Join(_folder.Common, "shallow"));

    /// <summary>True for a commit that is in this clone, by its whole hash.</summary>
    public bool HasCommit(string hash) => GitHead.IsCommit(hash) && Run(["cat-file", "-t", hash], out string answer) == 0 && answer.Trim() == "commit";

    /// <summary>The commit that is checked out; null before the first.</summary>
    public string? Head() =>
        Run(["rev-parse", "--verify", "--quiet", "HEAD^{commit}"], out string answer) == 0 && GitHead.IsCommit(answer.Trim()) ? answer.Trim() : null;

    /// <summary>True where one commit is the other, or comes before it.</summary>
    public bool IsBefore(string earlier, string later) => Run(["merge-base", "--is-ancestor", earlier, later], out _) == 0;

    /// <summary>All files of a commit below some paths, from the root.</summary>
    public ImmutableArray<GitEntry> Files(string commit, params string[] paths)
    {
        string answer = Answer(["ls-tree", "-r", "-z", "--full-tree", commit, "--", .. paths.Select(p => _prefix + p)]);
        return [.. answer.Split('\0', StringSplitOptions.RemoveEmptyEntries).Select(Entry).OfType<GitEntry>()];
    }

    // `100644 blob OBJECT⇥path`.
    private GitEntry? Entry(string line)
    {
        int tab = line.IndexOf('\t', StringComparison.Ordinal);
        return tab > 0 && line[..tab].Split(' ') is [var mode, _, var name] && line[(tab + 1)..].StartsWith(_prefix, StringComparison.Ordinal)
            ? new(mode, name, line[(tab + 1 + _prefix.Length)..])
            : null;
    }

    /// <summary>The bytes of a content; null for what is over 5 MB, or not in this clone.</summary>
    public byte[]? Content(string name)
    {
        if (_contents is null)
        {
            _contents = _git.Start(_folder.Work, "cat-file", "--batch");
            _answers = new(_contents.StandardOutput.BaseStream, 64 * 1024);
            _error = _contents.StandardError.ReadToEndAsync(CancellationToken.None);
        }
        return GitImport.Content(_contents, _answers!, name, _error!, CancellationToken.None);
    }

    /// <summary>The bytes of a file of a commit; null where it has none.</summary>
    public byte[]? Content(string commit, string path) => Content($"{commit}:{_prefix}{path}");

    /// <summary>The commits in which a main branch changed a file, by merges or itself, the newest first.</summary>
    public ImmutableArray<GitChange> MainChanges(string commit, string path) => Changes(["--first-parent", "-m"], commit, path);

    /// <summary>The commits, of any branch, in which somebody changed a file, the newest first; merges that made a text which no side had among them.</summary>
    public ImmutableArray<GitChange> AllChanges(string commit, string path) => Changes(["-c"], commit, path);

    private ImmutableArray<GitChange> Changes(string[] how, string commit, string path)
    {
        string answer = Answer([
            "log",
            .. how,
            "--no-renames",
            "--no-ext-diff",
            "--no-textconv",
            "--no-mailmap",
            "--no-notes",
            "--no-show-signature",
            "--no-color",
            "--raw",
            "--no-abbrev",
            "--encoding=UTF-8",
            "--format=commit %H %ct %ae",
            commit,
            "--",
            _prefix + path,
        ]);
        var changes = ImmutableArray.CreateBuilder<GitChange>();
        (string Commit, DateTimeOffset At, string Mail)? at = null;
        foreach (string line in answer.Split('\n'))
        {
            if (
                line.Split(' ', 4) is ["commit", var hash, var seconds, var mail]
                && GitHead.IsCommit(hash)
                && long.TryParse(seconds, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long time)
            )
                at = (hash, DateTimeOffset.FromUnixTimeSeconds(Math.Clamp(time, 0, 253_402_300_799)), mail);
            else if (at is { } now && GitRawLine.Read(line) is { Content: var after })
                changes.Add(new(now.Commit, now.At, now.Mail, after.AsSpan().ContainsAnyExcept('0') ? after : null));
        }
        return changes.DrainToImmutable();
    }

    /// <summary>A value of git's configuration, the repository's before the user's; null where there is none.</summary>
    public string? Configured(string key) => Run(["config", "--get", key], out string answer) == 0 ? answer.TrimEnd('\n') : null;

    /// <summary>True where something of a folder differs from what is committed.</summary>
    public bool IsDirty(string path) => Answer(["status", "--porcelain", "--untracked-files=all", "--", _prefix + path]).Length > 0;

    private string Answer(string[] arguments) =>
        Run(arguments, out string answer, out string error) == 0 ? answer : throw new HistoryException($"git cannot tell: {GitProgram.Complaint(error)}");

    private int Run(string[] arguments, out string answer) => Run(arguments, out answer, out _);

    private int Run(string[] arguments, out string answer, out string error)
    {
        using Process process = _git.Start(_folder.Work, arguments);
        Task<string> complaint = process.StandardError.ReadToEndAsync(CancellationToken.None);
        process.StandardInput.Close();
        answer = ReadAll(process.StandardOutput.BaseStream);
        process.WaitForExit();
        error = complaint.GetAwaiter().GetResult();
        return process.ExitCode;
    }

    private static string ReadAll(Stream stream)
    {
        using var bytes = new MemoryStream();
        byte[] part = new byte[64 * 1024];
        for (int read; (read = stream.Read(part)) > 0;)
        {
            bytes.Write(part, 0, read);
            if (bytes.Length > MostBytesOfAnswer)
                throw new HistoryException("git answers with more than is read here.");
        }
        return Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
    }

    public void Dispose()
    {
        if (_contents is null)
            return;
        GitImport.End(_contents);
        _contents.Dispose();
        _answers!.Dispose();
    }
}

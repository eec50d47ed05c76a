using System.Diagnostics;
using System.Globalization;
using System.Text;
using PromptLsp.History.Store;

namespace PromptLsp.History.Git;

/// <summary>A content that git knows of a file.</summary>
/// <param name="Author"><c>name &lt;mail&gt;</c>.</param>
/// <param name="At">When it was written; UTC.</param>
/// <param name="Subject">The first line of the commit's message.</param>
public sealed record GitVersion(string Commit, string Author, DateTimeOffset At, string Subject, byte[] Bytes);

/// <summary>How much of a past is read: the newest of it.</summary>
public sealed record GitLimits(int Commits, TimeSpan Time)
{
    /// <summary>For a person who waits for it.</summary>
    public static GitLimits Asked { get; } = new(10_000, Timeout.InfiniteTimeSpan);

    /// <summary>For what happens by itself.</summary>
    public static GitLimits Unasked { get; } = new(500, TimeSpan.FromSeconds(2));
}

/// <summary>A file's past as git knows it, across renames. Runs git: only where the user trusts the folder.</summary>
public static class GitImport
{

    /// <summary>The folder's repository, by its absolute path, null where it is in none; and whether there is a git to read it with.</summary>
    public static (string? Repository, bool HasGit) At(string root)
    {
        string? repository = GitFolder.Of(root)?.Work;
        return (repository, GitProgram.Find(root, repository ?? root) is not null);
    }

    /// <summary>The file's contents, the newest first, read as they are asked for. What is over 5 MB, or not in this clone, is left out.</summary>
    /// <param name="file">Absolute.</param>
    /// <param name="root">The absolute folder in which no git may lie that is run.</param>
    /// <exception cref="HistoryException">Git is not there, or fails.</exception>
    public static IEnumerable<GitVersion> NewestFirst(string file, string root, GitLimits limits, CancellationToken cancel)
    {
        string folder = Path.GetDirectoryName(file)!;
        if (GitFolder.Of(folder) is not { } repository)
            throw new HistoryException($"{file} is in no git repository.");
        if (repository.Special is { } special)
            throw new HistoryException($"git would wait for ever: {special} is not a regular file; remove it.");
        GitProgram git =
            GitProgram.Find(root, repository.Work) ?? throw new HistoryException("There is no git on the PATH; install it to take history over from it.");
        return Read(git, folder, Path.GetFileName(file), limits, cancel);
    }

    // When time is up, git is ended, and what was read until then is what there is.
    private static IEnumerable<GitVersion> Read(GitProgram git, string folder, string name, GitLimits limits, CancellationToken cancel)
    {
        using var until = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        until.CancelAfter(limits.Time);
        foreach (GitVersion version in Contents(git, folder, Log(git, folder, name, limits.Commits, until.Token), until.Token))
            yield return version;
        cancel.ThrowIfCancellationRequested();
    }

    private sealed record Entry(string Commit, string Author, DateTimeOffset At, string Subject, string Blob);

    private static IEnumerable<Entry> Log(GitProgram git, string folder, string name, int commits, CancellationToken until)
    {
        using Process process = git.Start(
            folder,
            "log",
            "--follow",
            "--no-show-signature",
            "--no-ext-diff",
            "--no-textconv",
            "-c",
            "--date-order",
            "--no-mailmap",
            "--no-notes",
            "--no-color",
            "--encoding=UTF-8",
            "-O/dev/null",
            "--raw",
            "--no-abbrev",
            "--format=commit %H%n%an%n%ae%n%at%n%s",
            "HEAD",
            "--",
            name
        );
        using CancellationTokenRegistration _ = until.Register(() => End(process));
        try
        {
            Task<string> error = process.StandardError.ReadToEndAsync(CancellationToken.None);
            process.StandardInput.Close();
            using (var lines = new StreamReader(process.StandardOutput.BaseStream, Encoding.UTF8))
            {
                while (NextLine(lines) is { } line)
                {
                    bool isCommit = line.StartsWith("commit ", StringComparison.Ordinal) && GitHead.IsCommit(line.AsSpan(7));
                    if (!isCommit || ReadEntry(line[7..], lines) is not { } entry)
                        continue;
                    yield return entry;
                    // Merges that left the file as one side had it are listed too, and do not count.
                    if (--commits == 0)
                        yield break;
                }
            }
            process.WaitForExit();
            if (process.ExitCode != 0 && !until.IsCancellationRequested)
                throw new HistoryException($"git cannot tell the past of {name}: {GitProgram.Complaint(error.GetAwaiter().GetResult())}");
        }
        finally
        {
            End(process);
        }
    }

    // Four lines, an empty one, and then what the commit did with the file.
    private static Entry? ReadEntry(string commit, StreamReader lines)
    {
        string name = NextLine(lines) ?? "", mail = NextLine(lines) ?? "", seconds = NextLine(lines) ?? "", subject = NextLine(lines) ?? "";
        string? blob = null;
        while (lines.Peek() is '\n' or ':')
        {
            if (GitRawLine.Read(NextLine(lines) ?? "") is { Mode: "100644" or "100755", Content: var content } && GitHead.IsCommit(content))
                blob = content;
        }
        if (blob is null)
            return null;
        long at = long.TryParse(seconds, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long parsed) ? Math.Clamp(parsed, 0, MostSeconds) : 0;
        string author = Plain.Line(mail.Length == 0 ? name : $"{name} <{mail}>", 200);
        return new(commit, author, DateTimeOffset.FromUnixTimeSeconds(at), Plain.Line(subject, HistoryStore.LongestNote), blob);
    }

    // The year 9999.
    private const long MostSeconds = 253_402_300_799;

    // Names may hold a lone `\r`, which a reader of lines would take for an end.
    private static string? NextLine(StreamReader reader)
    {
        var line = new StringBuilder();
        int next;
        while ((next = reader.Read()) is not (-1 or '\n'))
        {
            if (line.Length < LongestLine)
                line.Append((char)next);
        }
        return next < 0 && line.Length == 0 ? null : line.ToString();
    }

    private const int LongestLine = 20_000;

    private static IEnumerable<GitVersion> Contents(GitProgram git, string folder, IEnumerable<Entry> log, CancellationToken until)
    {
        using Process process = git.Start(folder, "cat-file", "--batch");
        using CancellationTokenRegistration _ = until.Register(() => End(process));
        Task<string> error = process.StandardError.ReadToEndAsync(CancellationToken.None);
        try
        {
            using var answers = new BufferedStream(process.StandardOutput.BaseStream, 64 * 1024);
            foreach (Entry entry in log)
            {
                byte[]? bytes = Content(process, answers, entry.Blob, error, until);
                if (until.IsCancellationRequested)
                    yield break;
                if (bytes is not null)
                    yield return new(entry.Commit, entry.Author, entry.At, entry.Subject, bytes);
            }
        }
        finally
        {
            End(process);
        }
    }

    /// <summary>The bytes of an object; null for one that is no content of a file, too large, or not in this clone.</summary>
    internal static byte[]? Content(Process process, Stream answers, string blob, Task<string> error, CancellationToken until)
    {
        try
        {
            process.StandardInput.Write(blob + "\n");
            process.StandardInput.Flush();
            return Content(answers);
        }
        catch (IOException failure)
        {
            if (until.IsCancellationRequested)
                return null;
            End(process);
            throw new HistoryException($"git cannot read what it has: {GitProgram.Complaint(error.GetAwaiter().GetResult())}", failure);
        }
    }

    // `ID blob SIZE`, the bytes, a line end; or `ID missing`.
    private static byte[]? Content(Stream answers)
    {
        var heading = new StringBuilder();
        int next = answers.ReadByte();
        for (; next >= 0 && next != '\n' && heading.Length < LongestLine; next = answers.ReadByte())
            heading.Append((char)next);
        if (next < 0)
            throw new EndOfStreamException();
        if (heading.ToString().Split(' ') is not [_, "blob", var size] || !long.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out long left))
            return null;
        bool isTaken = left <= Packed.Largest;
        byte[] bytes = new byte[isTaken ? left : 64 * 1024];
        if (isTaken)
            answers.ReadExactly(bytes);
        else
            Skip(answers, left, bytes);
        answers.ReadByte();
        return isTaken ? bytes : null;
    }

    private static void Skip(Stream answers, long left, byte[] into)
    {
        for (int read; left > 0 && (read = answers.Read(into, 0, (int)Math.Min(into.Length, left))) > 0;)
            left -= read;
    }

    internal static void End(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (Exception failure) when (failure is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            // It has ended already.
        }
    }
}

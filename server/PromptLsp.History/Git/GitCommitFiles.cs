using System.Diagnostics;
using System.Text;
using PromptLsp.History.Store;

namespace PromptLsp.History.Git;

/// <summary>Files as they were at one commit. Runs git: only where the user trusts the folder.</summary>
public sealed class GitCommitFiles : IDisposable
{
    private readonly string _work, _commit;
    private readonly Process _process;
    private readonly BufferedStream _answers;
    private readonly Task<string> _error;
    private readonly CancellationTokenSource _until;

    private GitCommitFiles(GitProgram git, string work, string commit, TimeSpan time, CancellationToken cancel)
    {
        (_work, _commit) = (work, commit);
        _process = git.Start(work, "cat-file", "--batch");
        _answers = new(_process.StandardOutput.BaseStream, 64 * 1024);
        _error = _process.StandardError.ReadToEndAsync(CancellationToken.None);
        _until = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        _until.Token.Register(() => GitImport.End(_process));
        _until.CancelAfter(time);
    }

    /// <summary>Null where there is no repository, or no git to read it with.</summary>
    /// <param name="root">The absolute folder in which no git may lie that is run.</param>
    public static GitCommitFiles? Of(string root, string commit, TimeSpan time, CancellationToken cancel) =>
        GitHead.IsCommit(commit) && GitFolder.Of(root) is { Special: null } repository && GitProgram.Find(root, repository.Work) is { } git
            ? new(git, repository.Work, commit, time, cancel)
            : null;

    /// <summary>A file's text; null where it was not there, is no text, or time is up.</summary>
    /// <param name="file">Absolute.</param>
    public string? Text(string file)
    {
        string path = Path.GetRelativePath(_work, file).Replace(Path.DirectorySeparatorChar, '/');
        if (_until.IsCancellationRequested || path.AsSpan().IndexOfAnyInRange('\0', '\x1f') >= 0)
            return null;
        try
        {
            byte[]? bytes = GitImport.Content(_process, _answers, $"{_commit}:{path}", _error, _until.Token);
            ReadOnlySpan<byte> text = bytes.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? bytes.AsSpan(Encoding.UTF8.Preamble.Length) : bytes;
            return bytes is not null && System.Text.Unicode.Utf8.IsValid(text) ? Encoding.UTF8.GetString(text) : null;
        }
        catch (HistoryException)
        {
            // What git cannot read is not there.
            return null;
        }
    }

    public void Dispose()
    {
        GitImport.End(_process);
        _process.Dispose();
        _answers.Dispose();
        _until.Dispose();
    }
}

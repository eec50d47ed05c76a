using System.Collections.Immutable;
using PromptLsp.History;
using PromptLsp.History.Git;
using PromptLsp.History.Store;
using PromptLsp.Releases.Content;
using PromptLsp.Workspace.Files;

namespace PromptLsp.Releases.Gates;

/// <summary>Who wrote what is new in a release, by the commits of git: everybody who changed one of its files since it was what runs now.</summary>
internal sealed class Authors(GitRepository git, string commit)
{
    /// <returns>Mail addresses, or why they cannot be told.</returns>
    public (IReadOnlySet<string>? Mails, string? Problem) Of(ReleaseContent release, ReleaseContent? now, string? nowSince)
    {
        if (git.IsShallow)
            return (null, "this clone is shallow; fetch all of its history (`git fetch --unshallow`, in a workflow `fetch-depth: 0`)");
        var mails = ImmutableHashSet.CreateBuilder<string>(StringComparer.OrdinalIgnoreCase);
        foreach ((string path, byte[] bytes) in release.Files)
        {
            if (path == Roots.SettingsFile)
            {
                // What of the workspace's settings changed cannot be told from their text: whoever changed them since counts.
                if (now is null || !now.Files[path].AsSpan().SequenceEqual(bytes))
                    mails.UnionWith(git.ChangesSince(nowSince, commit, path).Select(c => c.Mail));
                continue;
            }
            string wanted = Of(bytes);
            string? running = now?.Files.GetValueOrDefault(path) is { } old ? Of(old) : null;
            if (wanted == running)
                continue;
            if (!Collect(path, wanted, running, mails))
                return (null, $"no commit holds `{path}` as it is here; commit it first");
        }
        return (mails.ToImmutable(), null);
    }

    // From the commit that made it what it is, back to the one that made it what runs now.
    private bool Collect(string path, string wanted, string? running, ImmutableHashSet<string>.Builder mails)
    {
        bool isFound = false;
        foreach (GitChange change in git.ChangesSince(null, commit, path))
        {
            string? then = change.Object is { } name && git.Content(name) is { } bytes ? Of(bytes) : null;
            isFound |= then == wanted;
            if (!isFound)
                continue;
            if (running is not null && then == running)
                return true;
            mails.Add(change.Mail);
        }
        return isFound;
    }

    private static string Of(byte[] bytes) => Fingerprint.Of(System.Text.Encoding.UTF8.GetString(bytes));
}

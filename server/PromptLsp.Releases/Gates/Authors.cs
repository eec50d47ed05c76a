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
    public (IReadOnlySet<string>? Mails, string? Problem) Of(ReleaseContent release, ReleaseContent? now)
    {
        if (git.IsShallow)
            return (null, "this clone is shallow; fetch all of its history (`git fetch --unshallow`, in a workflow `fetch-depth: 0`)");
        var mails = ImmutableHashSet.CreateBuilder<string>(StringComparer.OrdinalIgnoreCase);
        foreach ((string path, byte[] bytes) in release.Files)
        {
            if (path == Roots.SettingsFile)
            {
                CollectSettings(release, now, mails);
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
        foreach (GitChange change in git.AllChanges(commit, path))
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

    // Of the workspace's settings, those alone matter that the release was made with.
    private void CollectSettings(ReleaseContent release, ReleaseContent? now, ImmutableHashSet<string>.Builder mails)
    {
        string wanted = release.Settings.Part(release.Settings.Text);
        string? running = now is null ? null : release.Settings.Part(now.Settings.Text);
        if (wanted == running || wanted == release.Settings.Part(""))
            return;
        (string Mail, string Part)[] changes =
        [
            .. git.AllChanges(commit, Roots.SettingsFile)
                .Select(c =>
                    (c.Mail, release.Settings.Part(c.Object is { } name && git.Content(name) is { } bytes ? System.Text.Encoding.UTF8.GetString(bytes) : ""))
                ),
        ];
        for (int i = Math.Max(0, Array.FindIndex(changes, c => c.Part == wanted)); i < changes.Length && changes[i].Part != running; i++)
        {
            if (i + 1 == changes.Length || changes[i + 1].Part != changes[i].Part)
                mails.Add(changes[i].Mail);
        }
    }

    private static string Of(byte[] bytes) => Fingerprint.Of(System.Text.Encoding.UTF8.GetString(bytes));
}

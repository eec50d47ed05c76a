using PromptLsp.History.Git;
using PromptLsp.Releases.Folder;

namespace PromptLsp.Releases.Gates;

/// <summary>Since when something has run somewhere, by a main branch's own history: what merges brought to it counts from the merge on.</summary>
internal static class Moments
{
    /// <param name="path">Of the record, from the root.</param>
    public static (DateTimeOffset? At, string? Problem) Since(GitRepository git, string commit, string path, ReleaseRecord record)
    {
        if (git.IsShallow)
            return (null, "this clone is shallow; fetch all of its history (`git fetch --unshallow`, in a workflow `fetch-depth: 0`)");
        if (
            git.MainChanges(commit, path) is not [{ Object: { } name } newest, ..]
            || git.Content(name) is not { } bytes
            || History.Fingerprint.Of(System.Text.Encoding.UTF8.GetString(bytes)) != record.Id
        )
            return (null, $"the release that {record.Environment} holds is not committed yet");
        return (newest.At, null);
    }
}

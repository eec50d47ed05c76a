using System.Collections.Immutable;
using System.Text;
using PromptLsp.History;
using PromptLsp.History.Git;
using PromptLsp.History.Store;
using PromptLsp.Language.Semantics;
using PromptLsp.Workspace.Files;

namespace PromptLsp.Workspace.History;

/// <summary>Says of a prompt's content what its version is to keep beside it: what it pulls in, who wrote it, and where git stood.</summary>
/// <param name="tool">What writes: <c>promptlsp 0.1.0</c>.</param>
public sealed class Recorder(string tool)
{
    public string Tool => tool;

    /// <summary>False for an emptied prompt: in it there is nothing to come back to, and the versions before it stay the newest.</summary>
    public static bool MakesVersion(ReadOnlySpan<byte> bytes) =>
        !(bytes.StartsWith(Encoding.UTF8.Preamble) ? bytes[Encoding.UTF8.Preamble.Length..] : bytes).IsEmpty;

    /// <param name="path">Absolute, below the root.</param>
    /// <param name="bytes">The prompt's, exactly; what it pulls in is read from the snapshot, so give one in which only what is to be recorded is open.</param>
    public Recording Recording(Snapshot snapshot, Root root, string path, ReadOnlyMemory<byte> bytes, EventKind kind) =>
        new(root.Relative(path), bytes, kind, By(root)) { PulledIn = PulledIn(snapshot, root, path) };

    /// <summary>Who does something now in this root, on which branch and commit. A few small files are read.</summary>
    public Origin By(Root root)
    {
        GitHead head = GitHead.Read(root.Folder);
        return new(GitAuthor.Read(root.Folder), tool) { Branch = head.Branch, Commit = head.Commit };
    }

    /// <summary>The files that the prompt pulls in, as the snapshot has them.</summary>
    public static ImmutableArray<PulledIn> PulledIn(Snapshot snapshot, Root root, string path) =>
        snapshot.ModelOf(path) is { } prompt ? [.. Dependencies.TextsOf(prompt, root, snapshot).Select(f => new PulledIn(f.Path, f.Text))] : [];

    /// <summary>The paths of those files whose change since the version reaches the model, in the order of their names.</summary>
    public static ImmutableArray<string> ChangedThrough(ImmutableArray<PulledIn> then, PromptModel now, Root root, Snapshot snapshot)
    {
        Dictionary<string, string> before = then.ToDictionary(
            f => f.Path,
            f => f.Text is { } text ? Fingerprint.Of(text) : Fingerprint.Missing,
            StringComparer.Ordinal
        );
        Dictionary<string, string> after = Dependencies.Of(now, root, snapshot).ToDictionary(f => f.Path, f => f.Fingerprint, StringComparer.Ordinal);
        return
        [
            .. before
                .Keys.Union(after.Keys, StringComparer.Ordinal)
                .Where(p => before.GetValueOrDefault(p) != after.GetValueOrDefault(p))
                .Order(StringComparer.Ordinal),
        ];
    }
}

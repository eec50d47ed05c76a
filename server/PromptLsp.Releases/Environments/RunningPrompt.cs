using System.Collections.Immutable;
using System.Text;
using PromptLsp.History.Files;
using PromptLsp.Releases.Folder;
using PromptLsp.Workspace;
using PromptLsp.Workspace.Files;
using PromptLsp.Workspace.History;
using PromptLsp.Workspace.Settings;

namespace PromptLsp.Releases.Environments;

/// <summary>What an environment holds of a prompt.</summary>
/// <param name="Record">Without gates.</param>
/// <param name="IsEdited">Its files are not what was released.</param>
public sealed record RunningRelease(string Environment, ReleaseRecord Record, bool IsFrozen, bool IsEdited);

/// <summary>
/// Where a prompt runs, by one look at its folders, whose cost is that of a few small files. What lies outside the root, by a link, is not looked at, and
/// what cannot be read is left out: `check` and `env` tell of it.
/// </summary>
public sealed class RunningPrompt
{
    private readonly string _prompt;
    private readonly Lazy<TaggedText?> _last;

    private RunningPrompt(ReleaseFolder folder, string prompt)
    {
        Folder = folder;
        _prompt = prompt;
        Releases = Look();
        _last = new(ReadLast);
    }

    public ReleaseFolder Folder { get; }

    /// <summary>By the environments that the settings name, in their order; those that hold nothing are left out.</summary>
    public ImmutableArray<RunningRelease> Releases { get; }

    /// <summary>What the last environment holds, which callers rely on; null where it holds nothing.</summary>
    public TaggedText? Last => _last.Value;

    /// <param name="path">The prompt's, absolute.</param>
    public static RunningPrompt Of(Snapshot now, string path)
    {
        Root root = now.Roots.Of(path);
        return new(new(root, now.SettingsOf(root).Releases), root.Relative(path));
    }

    private ImmutableArray<RunningRelease> Look()
    {
        if (Folder.Policy.Environments.IsEmpty || !Directory.Exists(Folder.Path))
            return [];
        return [.. Folder.Policy.Environments.Select(Look).OfType<RunningRelease>()];
    }

    private RunningRelease? Look(EnvironmentPolicy environment)
    {
        string name = environment.Name;
        if (
            !Directory.Exists(Folder.At(name, _prompt))
            || Folder.Root.Resolve(Folder.Root.Folder, Folder.Relative(name, _prompt)).Status != PathStatus.Inside
        )
            return null;
        try
        {
            return Folder.Glance(name, _prompt) is { } record ? new(name, record, IsFrozen(name), EditedRelease.Told(Folder, record) is not null) : null;
        }
        catch (Exception failure) when (failure is ReleaseException || FileFailure.Is(failure))
        {
            return null;
        }
    }

    // What cannot be read counts as frozen.
    private bool IsFrozen(string environment)
    {
        try
        {
            return Folder.Frozen(environment) is not null;
        }
        catch (ReleaseException)
        {
            return true;
        }
    }

    private TaggedText? ReadLast() =>
        Releases is [.., var last]
        && last.Environment == Folder.Policy.Environments[^1].Name
        && RegularFile.ReadUnlinked(Path.Join(Folder.FilesAt(last.Environment, _prompt), _prompt), Disk.LargestFile).Bytes is { } bytes
        && System.Text.Unicode.Utf8.IsValid(bytes.Span)
            ? new(last.Environment, Encoding.UTF8.GetString(bytes.Span).TrimStart('\uFEFF')) { IsRunning = true }
            : null;
}

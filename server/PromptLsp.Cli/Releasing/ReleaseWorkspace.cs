using System.Collections.Immutable;
using PromptLsp.Cli.Checking;
using PromptLsp.Cli.Versions;
using PromptLsp.History;
using PromptLsp.History.Store;
using PromptLsp.Releases;
using PromptLsp.Releases.Folder;
using PromptLsp.Workspace;
using PromptLsp.Workspace.Files;
using PromptLsp.Workspace.Settings;

namespace PromptLsp.Cli.Releasing;

/// <summary>The workspace whose releases a command is about.</summary>
internal sealed class ReleaseWorkspace
{
    private readonly Terminal _terminal;

    private ReleaseWorkspace(string folder, Terminal terminal)
    {
        _terminal = terminal;
        Snapshot = Snapshot.Empty(new Disk(), [terminal.Folder]);
        Root = Snapshot.Roots.OfFolder(folder);
        Folder = new(Root, Settings.Releases);
    }

    /// <summary>The files as they are.</summary>
    public Snapshot Snapshot { get; }

    public Root Root { get; }

    public WorkspaceSettings Settings => Snapshot.SettingsOf(Root);

    public ReleaseFolder Folder { get; }

    /// <summary>Who acts now.</summary>
    public Origin By => PromptHistory.ByIn(Root);

    /// <summary>Completes what was interrupted, before anything is looked at.</summary>
    public async Task CompleteAsync(Terminal terminal, CancellationToken cancel)
    {
        if (ReleaseWriter.IsInterrupted(Folder))
            (await ReleaseWriter.OpenAsync(Folder, terminal.Clock, cancel)).Dispose();
    }

    /// <summary>That of the folder that the command was called from.</summary>
    public static ReleaseWorkspace Here(Terminal terminal) => new(terminal.Folder, terminal);

    /// <summary>That of some prompts, which must be one.</summary>
    public static (ReleaseWorkspace Workspace, ImmutableArray<string> Prompts) Of(IEnumerable<string> arguments, Terminal terminal)
    {
        string[] paths = [.. arguments.Select(terminal.Absolute).Distinct(StringComparer.Ordinal)];
        var workspace = new ReleaseWorkspace(Path.GetDirectoryName(paths[0])!, terminal);
        if (paths.FirstOrDefault(p => workspace.Snapshot.Roots.Of(p).Folder != workspace.Root.Folder) is { } elsewhere)
            throw new CommandFailure(
                $"`{terminal.Display(elsewhere)}` is in another workspace than `{terminal.Display(paths[0])}`; promote them one after the other"
            );
        return (workspace, [.. paths.Select(workspace.PromptAt)]);
    }

    /// <summary>A prompt's path from the root; one that is neither there nor released anywhere ends the command.</summary>
    private string PromptAt(string path)
    {
        string prompt = Root.Relative(path);
        if (!File.Exists(path) && !Folder.Environments().Any(e => Directory.Exists(Folder.At(e, prompt))))
            throw new CommandFailure(
                Directory.Exists(path)
                    ? $"`{_terminal.Display(path)}` is a folder; name prompts"
                    : $"there is no file `{_terminal.Display(path)}`, nor a release of one; {NearPath.Advice(path, "check the path", _terminal)}"
            );
        return prompt;
    }

    /// <summary>As people read it, from where they stand.</summary>
    public string Shown(string prompt) => _terminal.Display(Path.GetFullPath(prompt, Root.Folder));

    /// <summary>The store of the workspace, to read; null where there is none that can be read, which is no matter here.</summary>
    public HistoryStore? Store()
    {
        try
        {
            return HistoryStore.Exists(Root.Folder) ? Stores.ToRead(Root.Folder, _terminal) : null;
        }
        catch (HistoryUnavailableException)
        {
            return null;
        }
    }

    /// <summary>What a content is called: <c>v12</c> where this store knows it, since numbers differ between clones; else its fingerprint.</summary>
    public static string NameOf(string prompt, string fingerprint, HistoryStore? store) =>
        store?.WithText(prompt, fingerprint)?.Name is { } version
            ? $"{version} ({fingerprint[..Fingerprint.ShownDigits]})"
            : fingerprint[..Fingerprint.ShownDigits];

    public static string NameOf(ReleaseRecord record, HistoryStore? store) => NameOf(record.Prompt, record.Fingerprint, store);
}

using System.Collections.Immutable;
using PromptLsp.Cli.Checking;
using PromptLsp.Cli.Versions;
using PromptLsp.History;
using PromptLsp.History.Store;
using PromptLsp.Releases.Environments;
using PromptLsp.Releases.Folder;
using PromptLsp.Workspace;
using PromptLsp.Workspace.Files;
using PromptLsp.Workspace.Settings;

namespace PromptLsp.Cli.Releasing;

/// <summary>The workspace whose releases a command is about, and its prompts as they are typed and shown.</summary>
internal sealed class CommandWorkspace
{
    private readonly Terminal _terminal;

    private CommandWorkspace(string folder, Terminal terminal)
    {
        _terminal = terminal;
        var snapshot = Snapshot.Empty(new Disk(), [terminal.Folder]);
        Releases = new(snapshot, snapshot.Roots.OfFolder(folder), PromptHistory.Recorder, Stores.Options(terminal));
    }

    public ReleaseWorkspace Releases { get; }

    public Snapshot Snapshot => Releases.Snapshot;

    public Root Root => Releases.Root;

    public WorkspaceSettings Settings => Releases.Settings;

    public ReleaseFolder Folder => Releases.Folder;

    /// <summary>Who acts now.</summary>
    public Origin By => Releases.By;

    /// <inheritdoc cref="ReleaseWorkspace.CompleteAsync"/>
    public Task CompleteAsync(CancellationToken cancel) => Releases.CompleteAsync(cancel);

    /// <summary>That of the folder that the command was called from.</summary>
    public static CommandWorkspace Here(Terminal terminal) => new(terminal.Folder, terminal);

    /// <summary>That of some prompts, which must be one.</summary>
    public static (CommandWorkspace Workspace, ImmutableArray<string> Prompts) Of(IEnumerable<string> arguments, Terminal terminal)
    {
        string[] paths = [.. arguments.Select(terminal.Absolute).Distinct(StringComparer.Ordinal)];
        var workspace = new CommandWorkspace(Path.GetDirectoryName(paths[0])!, terminal);
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

    /// <summary>Lets the history know what became of some prompts. One that cannot be written is no reason to stop: it is seen there later.</summary>
    /// <param name="also">What the folder does not tell.</param>
    public void Remember(IEnumerable<string> prompts, params EnvironmentClaim[] also)
    {
        try
        {
            Releases.Remember(prompts, also);
        }
        catch (HistoryUnavailableException why)
        {
            _terminal.Tell($"promptlsp: the history does not know of it yet: {why.Message}");
        }
    }

    /// <inheritdoc cref="ReleaseWorkspace.Store"/>
    public HistoryStore? Store() => Releases.Store();
}

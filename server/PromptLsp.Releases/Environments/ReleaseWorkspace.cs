using PromptLsp.History;
using PromptLsp.History.Store;
using PromptLsp.Releases.Folder;
using PromptLsp.Workspace;
using PromptLsp.Workspace.Files;
using PromptLsp.Workspace.History;
using PromptLsp.Workspace.Settings;

namespace PromptLsp.Releases.Environments;

/// <summary>A workspace, and what runs where of its prompts: the same for the command line and for an editor.</summary>
/// <param name="snapshot">The files as they are on disk.</param>
/// <param name="root">One of its roots.</param>
/// <param name="recorder">Says who acts.</param>
/// <param name="opening">How its history is opened; the clock of all that is done here is in it, too.</param>
public sealed class ReleaseWorkspace(Snapshot snapshot, Root root, Recorder recorder, StoreOptions opening)
{
    /// <summary>The files as they are.</summary>
    public Snapshot Snapshot { get; } = snapshot;

    public Root Root { get; } = root;

    public WorkspaceSettings Settings { get; } = snapshot.SettingsOf(root);

    public ReleaseFolder Folder { get; } = new(root, snapshot.SettingsOf(root).Releases);

    public TimeProvider Clock => opening.Clock;

    /// <summary>Who acts now.</summary>
    public Origin By => recorder.By(Root);

    /// <summary>Completes what was interrupted, before anything is looked at.</summary>
    public async Task CompleteAsync(CancellationToken cancel)
    {
        if (ReleaseWriter.IsInterrupted(Folder))
            (await ReleaseWriter.OpenAsync(Folder, Clock, cancel)).Dispose();
    }

    /// <summary>Where prompts are on their way into an environment: what would be replaced by what, and which gates are open.</summary>
    /// <param name="prompts">From the root.</param>
    /// <exception cref="ReleaseException">A release cannot be made, or may not.</exception>
    public Promotion Plan(IEnumerable<string> prompts, string environment, string? why, CancellationToken cancel)
    {
        var promotion = Promotion.Plan(Snapshot, Root, prompts, environment, why, By, Clock, cancel);
        using HistoryStore? store = Store();
        if (promotion.Moves.FirstOrDefault(m => store?.WithText(m.Prompt, m.Content.Fingerprint)?.IsForgotten == true) is not { } erased)
            return promotion;
        promotion.Dispose();
        throw new ReleaseException(
            $"the content of {NameOf(erased.Prompt, erased.Content.Fingerprint, store)} of `{erased.Prompt}` was erased by `promptlsp forget`: it is "
                + "not promoted; change what had to go, and promote that"
        );
    }

    /// <exception cref="ReleaseException">There is no such environment, neither in the settings nor in the folder.</exception>
    public void MustHave(string environment)
    {
        if (!Folder.Environments().Contains(environment, StringComparer.Ordinal))
            Promotion.EnvironmentOf(Settings.Releases, environment);
    }

    /// <summary>The store of the workspace, to read; null where there is none that can be read, which is no matter here.</summary>
    public HistoryStore? Store()
    {
        try
        {
            return HistoryStore.Exists(Root.Folder) ? HistoryStore.Open(Root.Folder, StoreAccess.ReadOnly, opening) : null;
        }
        catch (HistoryUnavailableException)
        {
            return null;
        }
    }

    /// <summary>Lets the history know what became of some prompts, and of whole environments. Where there is none yet, it is seen later.</summary>
    /// <param name="prompts">From the root.</param>
    /// <param name="also">What the folder does not tell.</param>
    /// <exception cref="HistoryUnavailableException">It cannot be written now; it sees later what lies in the folder.</exception>
    public void Remember(IEnumerable<string> prompts, params EnvironmentClaim[] also)
    {
        if (!HistoryStore.Exists(Root.Folder))
            return;
        using HistoryStore store = HistoryStore.Open(Root.Folder, StoreAccess.ReadWrite, opening);
        store.Import(also.Concat(FolderClaims.Of(store, Folder, prompts)), By);
    }

    /// <summary>The same of all that lies in the folder.</summary>
    /// <exception cref="HistoryUnavailableException">It cannot be written now.</exception>
    public void RememberAll(CancellationToken cancel)
    {
        if (!HistoryStore.Exists(Root.Folder) || !Directory.Exists(Folder.Path))
            return;
        using HistoryStore store = HistoryStore.Open(Root.Folder, StoreAccess.ReadWrite, opening);
        FolderClaims.ImportAll(store, Folder, By, cancel);
    }

    /// <summary>What a content is called: <c>v12</c> where this store knows it, since numbers differ between clones; else its fingerprint.</summary>
    public static string NameOf(string prompt, string fingerprint, HistoryStore? store) => NameOf(store?.WithText(prompt, fingerprint), fingerprint);

    public static string NameOf(ReleaseRecord record, HistoryStore? store) =>
        NameOf(store?.WithText(record.Prompt, record.Fingerprint, record.At), record.Fingerprint);

    private static string NameOf(PromptVersion? version, string fingerprint) =>
        version is null ? fingerprint[..Fingerprint.ShownDigits] : $"{version.Name} ({fingerprint[..Fingerprint.ShownDigits]})";
}

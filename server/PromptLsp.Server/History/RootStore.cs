using System.Collections.Immutable;
using PromptLsp.History.Store;
using PromptLsp.Workspace.Files;
using PromptLsp.Workspace.History;

namespace PromptLsp.Server.History;

/// <summary>The versions of one root's prompts: its store, opened when first needed, and why it cannot be used where it cannot.</summary>
internal sealed class RootStore(Root root, Recorder recorder, TimeProvider clock) : IDisposable
{
    // What is locked is tried again, not waited for: behind a save there may be a command, and somebody who gave it.
    private static readonly StoreOptions Options = new() { BusyTimeout = TimeSpan.FromMilliseconds(500) };

    // Bytes.
    private const long MostWaiting = 64 * 1024 * 1024;

    private HistoryStore? _store;
    private long _dataVersion;
    private bool _isCopied;
    private readonly List<Recording> _waiting = [];

    public Root Root => root;

    public Recorder Recorder => recorder;

    /// <summary>One line; null while all is well.</summary>
    public string? Failure { get; private set; }

    /// <summary>The store, if there is one: to look at a prompt makes none.</summary>
    public HistoryStore? Existing
    {
        get
        {
            try
            {
                return Open(StoreAccess.ReadWrite);
            }
            catch (HistoryUnavailableException missing) when (missing.Reason == Unavailability.None)
            {
                return null;
            }
        }
    }

    /// <summary>The store, made where there is none.</summary>
    public HistoryStore Store => Open(StoreAccess.CreateIfMissing);

    public Origin By => recorder.By(root);

    /// <summary>What people were told of <see cref="Failure"/>, until they are told that it works again.</summary>
    public string? Told { get; set; }

    /// <summary>
    /// When something was recorded again after <see cref="Told"/>; null where nothing was yet. On a disk that is nearly full one save may fit, and
    /// the next not.
    /// </summary>
    public DateTimeOffset? WorksSince { get; private set; }

    /// <summary>Records what waits, then these.</summary>
    /// <exception cref="HistoryException">One of these cannot be a version.</exception>
    public void Record(IReadOnlyList<Recording> recordings)
    {
        bool writes = _waiting.Count > 0 || recordings.Count > 0;
        while (_waiting.Count > 0)
        {
            try
            {
                Store.Record(_waiting[0]);
            }
            catch (HistoryException refused) when (refused is not HistoryUnavailableException)
            {
                // It can never be a version.
            }
            _waiting.RemoveAt(0);
        }
        if (recordings.Count > 0)
            Store.RecordAll(recordings);
        if (writes && Told is not null)
            WorksSince ??= clock.GetUtcNow();
    }

    /// <summary>Keeps what could not be recorded for the next time; too much of it pushes the oldest out.</summary>
    /// <returns>True where nothing waited before.</returns>
    public bool Wait(Recording recording)
    {
        _waiting.Add(recording);
        while (_waiting.Count > 1 && _waiting.Sum(w => (long)w.Bytes.Length) > MostWaiting)
            _waiting.RemoveAt(0);
        return _waiting.Count == 1;
    }

    /// <summary>Somebody else has written since this was last asked.</summary>
    public bool WroteElsewhere()
    {
        if (_store is null || _dataVersion == _store.DataVersion())
            return false;
        _dataVersion = _store.DataVersion();
        return true;
    }

    /// <summary>A copy in the user's own folder, once a day. One that cannot be made is no reason to stop.</summary>
    public void CopyDaily()
    {
        if (_isCopied || StateFolder.Copies is not { } folder)
            return;
        _isCopied = true;
        try
        {
            Store.CopyDaily(folder);
        }
        catch (HistoryUnavailableException)
        {
            // The store itself works: only the copy does not.
        }
    }

    /// <summary>Off until the next try.</summary>
    public void TurnOff(HistoryUnavailableException why)
    {
        Failure = why.Message;
        WorksSince = null;
        Dispose();
    }

    /// <summary>People are told that it works again.</summary>
    public void ToldWorks()
    {
        Told = null;
        WorksSince = null;
    }

    public void Dispose()
    {
        _store?.Dispose();
        _store = null;
    }

    private HistoryStore Open(StoreAccess access)
    {
        if (_store is null)
        {
            _store = HistoryStore.Open(root.Folder, access, Options);
            _dataVersion = _store.DataVersion();
        }
        Failure = null;
        return _store;
    }
}

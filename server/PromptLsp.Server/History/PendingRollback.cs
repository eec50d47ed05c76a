using PromptLsp.History.Store;

namespace PromptLsp.Server.History;

/// <summary>A rollback that an editor shows and has not saved: it becomes a version with the save, unless undo takes it back before.</summary>
/// <param name="recording">What it becomes.</param>
/// <param name="before">The text that it replaced.</param>
internal sealed class PendingRollback(Recording recording, string before)
{
    private readonly string _before = PromptLsp.History.Fingerprint.Of(before);

    public Recording Recording => recording;

    public string Fingerprint { get; } = HistoryRecording.FingerprintOf(recording.Bytes.Span) ?? "";

    public bool IsUndone { get; private set; }

    /// <summary>The editor shows this now: undo brings back what was there before, redo what it was rolled back to.</summary>
    public void Follow(string fingerprint) => IsUndone = fingerprint != Fingerprint && (IsUndone || fingerprint == _before);
}

namespace PromptLsp.History.Store;

/// <summary>A name on one version of one prompt.</summary>
/// <param name="Note">Why it was put there.</param>
public sealed record Tag(string Name, int Number, string Fingerprint, string Author, DateTimeOffset At, string? Note);

/// <summary>A prompt that has a history.</summary>
/// <param name="Path">Where it is, or was when it was deleted; from the root with <c>/</c>.</param>
/// <param name="Deleted">What a deleted one is called among those that were at its path: <c>deleted-41</c>. Null for one that is there.</param>
/// <param name="Head">The number of its newest version.</param>
public sealed record KnownPrompt(string Path, string? Deleted, int Head, string Fingerprint, string Effective, DateTimeOffset At, string? Commit)
{
    public bool IsDeleted => Deleted is not null;

    /// <summary>When it was deleted; its newest version's time for one that is there.</summary>
    public DateTimeOffset Gone { get; init; } = At;
}

namespace PromptLsp.History.Store;

/// <summary>One entry of the log. All that is here is covered by its hash; fields that the kind has no use for are null.</summary>
public sealed record Event
{
    /// <summary>From 1, without gaps, over the whole store. Order is the sequence, never the clock.</summary>
    public long Sequence { get; init; }

    public required EventKind Kind { get; init; }

    /// <summary>The prompt's own number in the store; it outlives renames. Null for an erasure that concerns no prompt.</summary>
    public long? Prompt { get; init; }

    /// <summary>From the root with <c>/</c>, in the first event of a prompt, where it gets a new one, and where a record names it.</summary>
    public string? Path { get; init; }

    /// <summary>The version that the event makes.</summary>
    public int? Number { get; init; }

    /// <summary>The version that the event speaks of.</summary>
    public int? Target { get; init; }

    /// <summary>
    /// The version that a moved tag was on, that a version was made from where that is not the one before, or whose content came back by a rollback.
    /// </summary>
    public int? Source { get; init; }

    public string? Fingerprint { get; init; }

    /// <summary>SHA-256 over the exact bytes, where they differ from the canonical text.</summary>
    public string? Exact { get; init; }

    /// <summary>Where it differs from that of a prompt that pulls nothing in.</summary>
    public string? Effective { get; init; }

    public string? Tag { get; init; }

    /// <summary>SHA-256 over the note's text.</summary>
    public string? Note { get; init; }

    /// <summary>The fingerprint of the content, or the hash of the note, that was erased.</summary>
    public string? Erased { get; init; }

    /// <summary>Lines against the version before.</summary>
    public int? Added { get; init; }

    public int? Removed { get; init; }

    /// <summary>For the kinds that are about an environment; null for the others.</summary>
    public InEnvironment? Where { get; init; }

    /// <summary>Of what was taken over from a record, who did it by its word.</summary>
    public string Author { get; init; } = "";

    /// <summary>Whole milliseconds.</summary>
    public DateTimeOffset At { get; init; }

    public string? Branch { get; init; }

    public string? Commit { get; init; }

    public string Tool { get; init; } = "";

    /// <summary>SHA-256 over the previous hash and this event; see <see cref="EventEncoding"/>.</summary>
    public string Hash { get; init; } = "";
}

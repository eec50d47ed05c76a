using System.Collections.Immutable;

namespace PromptLsp.History.Store;

/// <summary>One content of one prompt at one time.</summary>
public sealed record PromptVersion
{
    /// <summary>Where the prompt is now, from the root with <c>/</c>.</summary>
    public required string Path { get; init; }

    /// <summary>
    /// In the order of the contents, per prompt, never used twice. From 1; what git knew from before that, and was taken over later, counts
    /// down from 0.
    /// </summary>
    public required int Number { get; init; }

    public required string Fingerprint { get; init; }

    /// <summary>With all that it pulls in; see <see cref="History.Fingerprint.Effective"/>.</summary>
    public required string Effective { get; init; }

    /// <summary>SHA-256 over the exact bytes.</summary>
    public required string Exact { get; init; }

    public required EventKind Kind { get; init; }

    public required string Author { get; init; }

    /// <summary>UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Why it exists: the newest note it was given. Null where there is none or it was erased.</summary>
    public string? Note { get; init; }

    /// <summary>In the order of their bytes.</summary>
    public ImmutableArray<string> Tags { get; init; } = [];

    public string? Branch { get; init; }

    public string? Commit { get; init; }

    public required string Tool { get; init; }

    /// <summary>The version that it was made from, where that is not the one before; for a rollback, the one whose content came back.</summary>
    public int? Source { get; init; }

    /// <summary>Lines against the version before; null where that was not worth the time.</summary>
    public int? Added { get; init; }

    public int? Removed { get; init; }

    /// <summary>Its content was erased; that it was there stays on record.</summary>
    public bool IsForgotten { get; init; }

    /// <summary>Of its event in the log.</summary>
    public required long Sequence { get; init; }

    /// <summary>For a version of a deleted prompt, what that is called: <c>deleted-41</c>; null for one of what is there.</summary>
    public string? Deleted { get; init; }

    /// <summary>Its prompt's row.</summary>
    internal long Prompt { get; init; }

    /// <summary>As people write it: <c>v12</c>.</summary>
    public string Name => $"v{Number}";

    /// <summary>As people are shown it: <c>3f9a2c1b</c>.</summary>
    public string ShortFingerprint => Fingerprint[..History.Fingerprint.ShownDigits];
}

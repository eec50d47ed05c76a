using System.Collections.Immutable;

namespace PromptLsp.History.Store;

/// <summary>Who does something, when, where and by what tool.</summary>
/// <param name="Author"><c>name &lt;mail&gt;</c>, or the name the system knows.</param>
/// <param name="Tool"><c>promptlsp 0.1.0 (VS Code)</c>.</param>
public sealed record Origin(string Author, string Tool)
{
    /// <summary>The store's clock where it is null.</summary>
    public DateTimeOffset? At { get; init; }

    public string? Branch { get; init; }

    public string? Commit { get; init; }
}

/// <summary>A file that a prompt pulls in.</summary>
/// <param name="Path">From the root with <c>/</c>.</param>
/// <param name="Text">Null for a file that is not there, or whose content has been erased.</param>
public sealed record PulledIn(string Path, string? Text);

/// <summary>A content to be recorded as a version.</summary>
/// <param name="Path">From the root with <c>/</c>.</param>
/// <param name="Bytes">The file's, exactly.</param>
/// <param name="Kind">One that makes a version.</param>
public sealed record Recording(string Path, ReadOnlyMemory<byte> Bytes, EventKind Kind, Origin By)
{
    public string? Note { get; init; }

    /// <summary>Transitively, in any order.</summary>
    public ImmutableArray<PulledIn> PulledIn { get; init; } = [];

    /// <summary>The version that it was made from, where that is not the newest one; for a rollback, the one whose content comes back.</summary>
    public int? Source { get; init; }

    /// <summary>Makes no version of a content that the prompt has had at any time: for when another commit was checked out.</summary>
    public bool OnlyUnknown { get; init; }

    /// <summary>A prompt that was deleted at this path goes on, whatever it holds now: an editor had it open all the time.</summary>
    public bool WasOpen { get; init; }
}

/// <summary>What came of a recording.</summary>
/// <param name="Version">The new version, or the one that already holds the content.</param>
public sealed record Recorded(PromptVersion Version, bool IsNew);

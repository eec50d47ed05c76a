using System.Collections.Immutable;
using PromptLsp.History.Store;
using PromptLsp.Workspace.History;

namespace PromptLsp.Server.History;

/// <summary>What is known of a prompt's history without asking the store: enough for lenses, actions and the status line.</summary>
internal sealed record HistorySummary
{
    /// <summary>Why there is none, in one line; null where there is, or may be.</summary>
    public string? Off { get; init; }

    /// <summary>Newest first, the head and a few before it; empty before the first version.</summary>
    public ImmutableArray<PromptVersion> Newest { get; init; } = [];

    /// <summary>Newest first, a few.</summary>
    public ImmutableArray<Tag> Tags { get; init; } = [];

    /// <summary>What the newest tag is on; null where there is no tag or the text was erased.</summary>
    public TaggedText? Tagged { get; init; }

    /// <summary>The files, from the root, whose change since the head reaches the model.</summary>
    public ImmutableArray<string> ChangedThrough { get; init; } = [];

    /// <summary>What became of the prompt in environments, the newest first; a few.</summary>
    public ImmutableArray<EnvironmentEvent> Moves { get; init; } = [];

    /// <summary>The versions that run somewhere, by their fingerprints; what this store does not have is not among them.</summary>
    public ImmutableDictionary<string, int> Running { get; init; } = ImmutableDictionary<string, int>.Empty;

    public PromptVersion? Head => Newest.IsEmpty ? null : Newest[0];

    /// <summary>The version whose text the file holds, the newest of several; the head where it holds no version's.</summary>
    public PromptVersion? OnDisk { get; init; }

    /// <summary>What the store was last asked about: a text's fingerprint, and the version that holds it.</summary>
    public (string Fingerprint, PromptVersion? Version)? Asked { get; init; }

    /// <summary>The version that a text is, as far as it is known here.</summary>
    public Standing Standing(string fingerprint)
    {
        PromptVersion? version = Newest.FirstOrDefault(v => v.Fingerprint == fingerprint)
            ?? (OnDisk?.Fingerprint == fingerprint ? OnDisk : Asked?.Fingerprint == fingerprint ? Asked?.Version : null);
        return new(version ?? OnDisk, IsModified: version is null && OnDisk is not null);
    }

    /// <summary>Whether the store can say more of a text.</summary>
    public bool Knows(string fingerprint) => Head is null || Asked?.Fingerprint == fingerprint || !Standing(fingerprint).IsModified;
}

/// <summary>Where a text stands among a prompt's versions.</summary>
/// <param name="Version">Whose text it is, the newest of several; of a text that is no version's, the one that it was made from.</param>
/// <param name="IsModified">It is no version's.</param>
internal sealed record Standing(PromptVersion? Version, bool IsModified);

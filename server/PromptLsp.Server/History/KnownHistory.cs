using System.Collections.Immutable;
using PromptLsp.History.Store;
using PromptLsp.Workspace.History;

namespace PromptLsp.Server.History;

/// <summary>What is known of a prompt's history without asking the store: enough for lenses, actions and the status line.</summary>
internal sealed record KnownHistory
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

    public PromptVersion? Head => Newest.IsEmpty ? null : Newest[0];
}

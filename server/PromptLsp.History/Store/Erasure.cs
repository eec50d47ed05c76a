using System.Collections.Immutable;

namespace PromptLsp.History.Store;

/// <summary>What was taken out of the store, and where it may still be.</summary>
/// <param name="Versions">That had the content or the note, as <c>path v12</c>.</param>
/// <param name="IsScrubbed">False where another program held the store open, so that the bytes may still be in its files: ask again later.</param>
/// <param name="OtherFiles">Stores moved aside earlier, which were left alone; absolute paths.</param>
public sealed record Erasure(ImmutableArray<string> Versions, bool IsScrubbed, ImmutableArray<string> OtherFiles);

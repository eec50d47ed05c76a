namespace PromptLsp.History.Store;

/// <summary>What a check of the whole store found.</summary>
/// <param name="Events">How many events were looked at.</param>
/// <param name="Versions">How many of them made a version.</param>
/// <param name="Head">The last event's hash. Kept elsewhere, it later proves that nothing was cut off the end.</param>
/// <param name="Flaw">The first thing that does not hold; null where all does.</param>
public sealed record Verification(long Events, long Versions, string Head, Flaw? Flaw)
{
    public bool Holds => Flaw is null;
}

/// <summary>What does not hold.</summary>
/// <param name="Event">The number of the first event that does not hold; null where the log does and something beside it does not.</param>
/// <param name="Message">One line.</param>
public sealed record Flaw(long? Event, string Message)
{
    /// <summary>Nothing is known to be wrong: a newer program wrote what this one does not know.</summary>
    public bool IsNewer { get; init; }
}

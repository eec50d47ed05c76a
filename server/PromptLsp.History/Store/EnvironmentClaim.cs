namespace PromptLsp.History.Store;

/// <summary>What a record in the releases folder claims to have happened to an environment. Nobody has proved it: it is kept as what is claimed.</summary>
/// <param name="Kind">One that is about environments.</param>
/// <param name="By">Who did it, as people or mail addresses are written; empty where the record does not tell.</param>
public sealed record EnvironmentClaim(EventKind Kind, InEnvironment Where, string By)
{
    /// <summary>The store's clock where it is null.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>The prompt, from the root; null where all of the environment is meant.</summary>
    public string? Path { get; init; }

    /// <summary>The prompt's own fingerprint, where the record has it.</summary>
    public string? Fingerprint { get; init; }

    public string? Why { get; init; }

    /// <summary>The commit that was checked out.</summary>
    public string? Commit { get; init; }
}

/// <summary>What happened to an environment, as the log has it.</summary>
/// <param name="Version">The number that this store has for the content, the newest of then; null where it does not know it.</param>
/// <param name="Fingerprint">The prompt's own; null where no record has told it.</param>
public sealed record EnvironmentEvent(
    long Sequence,
    EventKind Kind,
    InEnvironment Where,
    int? Version,
    string? Fingerprint,
    string Author,
    DateTimeOffset At,
    string? Why
)
{
    /// <summary>What it is about, as people read it: <c>v12 (3f9a2c1b)</c>, <c>3f9a2c1b</c>, <c>release 414c4f85</c>.</summary>
    public string What =>
        Fingerprint is null ? $"release {Where.Release?[..History.Fingerprint.ShownDigits]}"
        : Version is { } number ? $"v{number} ({Fingerprint[..History.Fingerprint.ShownDigits]})"
        : Fingerprint[..History.Fingerprint.ShownDigits];

    /// <summary>What was done, as people read it: <c>promoted to production</c>.</summary>
    public string Deed =>
        Kind switch
        {
            EventKind.Promoted => $"promoted to {Where.Environment}",
            EventKind.Overridden => $"let into {Where.Environment} although a gate was shut",
            EventKind.EnvRolledBack => $"brought back to {Where.Environment}",
            EventKind.Approved => $"approved for {Where.Environment}",
            EventKind.Withdrawn => $"no longer approved for {Where.Environment}",
            EventKind.Frozen => $"{Where.Environment} frozen",
            _ => $"{Where.Environment} thawed",
        };
}

namespace PromptLsp.Models.Clients;

/// <summary>What one question may take.</summary>
public sealed record AskLimits
{
    /// <summary>To find and reach the provider.</summary>
    public TimeSpan Connect { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Until the first piece of the answer.</summary>
    public TimeSpan First { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Between two pieces.</summary>
    public TimeSpan Between { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>In all.</summary>
    public TimeSpan Whole { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>Characters of the answer.</summary>
    public int LongestAnswer { get; init; } = 5_000_000;

    /// <summary>Bytes of what comes over the wire.</summary>
    public long MostBytes { get; init; } = 64 * 1024 * 1024;
}

namespace PromptLsp.History.Store;

/// <summary>What an event says of an environment.</summary>
/// <param name="Environment">Its name.</param>
/// <param name="Record">SHA-256 that names the record that claims it; no two events of a log have the same.</param>
public sealed record InEnvironment(string Environment, string Record)
{
    /// <summary>The release's hash; null where all of the environment is meant.</summary>
    public string? Release { get; init; }

    /// <summary>The hash of the environment's own values.</summary>
    public string? Context { get; init; }

    /// <summary>The environment that the release came from; null where it was the workspace itself, or came back.</summary>
    public string? From { get; init; }
}

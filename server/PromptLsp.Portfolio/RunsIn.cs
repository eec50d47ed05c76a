using PromptLsp.Workspace;
using PromptLsp.Workspace.Files;

namespace PromptLsp.Portfolio;

/// <summary>What an environment holds of a prompt.</summary>
/// <param name="Release">As people call it: <c>v12 ▲3</c>, with how many versions the prompt has gone on since.</param>
public sealed record RunsIn(string Environment, string Release)
{
    /// <summary>Who put it there.</summary>
    public string? By { get; init; }

    public DateTimeOffset? At { get; init; }

    public string? Why { get; init; }

    /// <summary>True where an environment holds a release of a prompt, by its path from the root.</summary>
    public static bool Holds(Snapshot snapshot, Root root, string environment, string path) =>
        !environment.AsSpan().ContainsAny('/', '\\') && environment is not ("." or "..")
        && File.Exists(Path.Join(root.Folder, snapshot.SettingsOf(root).Releases.Folder, environment, path, ReleasedFile.RecordFile));
}

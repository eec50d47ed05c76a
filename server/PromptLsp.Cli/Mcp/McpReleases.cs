using PromptLsp.Language.Semantics;
using PromptLsp.Releases;
using PromptLsp.Releases.Folder;
using PromptLsp.Workspace;
using PromptLsp.Workspace.Files;

namespace PromptLsp.Cli.Mcp;

/// <summary>What an environment holds: for an agent that is to see nothing else.</summary>
internal sealed record McpReleases(ReleaseFolder Folder, string Environment)
{
    /// <exception cref="ReleaseException">There is no such environment.</exception>
    public static McpReleases Of(Root root, string environment)
    {
        var folder = new ReleaseFolder(root, Snapshot.Empty(new Disk(), [root.Folder]).SettingsOf(root).Releases);
        Promotion.EnvironmentOf(folder.Policy, environment);
        return new(folder, environment);
    }

    /// <summary>Its prompts as they were released, with what they were released with. One that somebody has edited is none.</summary>
    public IEnumerable<PromptModel> Prompts => Folder.Prompts(Environment).Select(Prompt).OfType<PromptModel>();

    /// <param name="prompt">From the root.</param>
    public bool Holds(string prompt) => Prompt(prompt) is not null;

    private PromptModel? Prompt(string prompt)
    {
        try
        {
            return Folder.Record(Environment, prompt) is { } record ? Folder.Content(record).Model : null;
        }
        catch (ReleaseException)
        {
            return null;
        }
    }
}

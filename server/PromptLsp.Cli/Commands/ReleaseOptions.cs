using System.CommandLine;

namespace PromptLsp.Cli.Commands;

/// <summary>Options that the commands about releases share.</summary>
internal static class ReleaseOptions
{
    public static Option<string> Environment(string name, string description) => new(name) { Description = description, HelpName = "ENV", Required = true };
}

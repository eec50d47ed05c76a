using System.CommandLine;

namespace PromptLsp.Cli.Commands;

/// <summary>Options that several commands share.</summary>
internal static class CommonOptions
{
    public static Option<string> Format(params string[] more)
    {
        var option = new Option<string>("--format") { Description = "How to write the answer.", DefaultValueFactory = _ => "text", HelpName = string.Join('|', (string[])["text", "json", .. more]) };
        return option.AcceptOnlyFromAmong(["text", "json", .. more]);
    }
}

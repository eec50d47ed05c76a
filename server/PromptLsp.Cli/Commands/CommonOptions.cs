using System.CommandLine;
using System.Globalization;

namespace PromptLsp.Cli.Commands;

/// <summary>Options that several commands share, and kinds of options with errors in our own words.</summary>
internal static class CommonOptions
{
    /// <summary><c>--format</c>: text, JSON, and what else a command can write.</summary>
    public static Option<string> Format(params string[] more) => OneOf("--format", "How to write the answer.", ["text", "json", .. more]);

    /// <summary>An option that takes one of some words, the first of them if it is not given.</summary>
    public static Option<string> OneOf(string name, string description, string[] words)
    {
        Option<string> option = OneOrNone(name, description, words)!;
        option.DefaultValueFactory = _ => words[0];
        return option;
    }

    /// <summary>An option that takes one of some words, and means something else again where it is not given.</summary>
    public static Option<string?> OneOrNone(string name, string description, string[] words)
    {
        var option = new Option<string?>(name) { Description = description, HelpName = string.Join('|', words) };
        option.CompletionSources.Add(words);
        option.Validators.Add(given =>
        {
            if (given.Tokens is [var token, ..] && !words.Contains(token.Value, StringComparer.Ordinal))
                given.AddError($"`{name} {token.Value}` is none of {string.Join(", ", words)}");
        });
        return option;
    }

    /// <summary>An option that takes a whole number, from 0.</summary>
    public static Option<int> Count(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "N",
        CustomParser = given =>
        {
            if (!int.TryParse(given.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out int count))
                given.AddError($"`{name} {given.Tokens[0].Value}` needs a whole number, from 0 on");
            return count;
        },
    };
}

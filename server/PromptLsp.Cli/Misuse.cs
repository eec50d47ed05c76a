using System.CommandLine;
using System.CommandLine.Parsing;
using PromptLsp.Language.Text;

namespace PromptLsp.Cli;

/// <summary>What is wrong with a command line, in one line: what, and what to type instead.</summary>
internal static class Misuse
{
    /// <summary>Null where the command line can be run.</summary>
    public static string? Of(ParseResult parsed)
    {
        CommandResult result = parsed.CommandResult;
        string? problem =
            parsed.UnmatchedTokens is [var word, ..] ? Unknown(word, result)
            : parsed.Errors.Count > 0 ? Missing(parsed)
            : TakenForPath(parsed) is { } option ? NoOption(option, result)
            : null;
        return problem is null ? null : $"{problem} (`{Name(result)} --help` {(IsOnlyAGroup(result) ? "lists them" : "says more")})";
    }

    private static bool IsOnlyAGroup(CommandResult result) => result.Command is { Subcommands.Count: > 0, Arguments.Count: 0 };

    // Where any number of paths may stand, an option that there is not looks like one more; behind `--` it is one.
    private static string? TakenForPath(ParseResult parsed) =>
        parsed.Tokens.Any(t => t.Type == TokenType.DoubleDash)
            ? null
            : parsed
                .CommandResult.Command.Arguments.SelectMany(a => parsed.CommandResult.GetResult(a)?.Tokens ?? [])
                .Select(t => t.Value)
                .FirstOrDefault(t => t is ['-', _, ..]);

    private static string NoOption(string word, CommandResult result)
    {
        Command command = result.Command;
        string name = word.Split('=')[0];
        if (result.Parent is CommandResult && command.Options.Any(o => o.Name == name || o.Aliases.Contains(name)))
            return $"`{name}` goes behind the command: `{Name(result)} {name}`";
        string? meant = Spelling.Nearest(name, command.Options.SelectMany(o => o.Aliases.Prepend(o.Name)));
        return $"there is no option `{name}`{(meant is null ? "" : $"; did you mean `{meant}`?")}";
    }

    private static string Unknown(string word, CommandResult result)
    {
        Command command = result.Command;
        if (word is ['-', _, ..])
            return NoOption(word, result);
        if (command.Subcommands.Count > 0)
            return "there is no command "
                + $"`{word}`{(Spelling.Nearest(word, command.Subcommands.Select(c => c.Name)) is { } meant ? $"; did you mean `{meant}`?" : "")}";
        if (command.Options.FirstOrDefault(o => o.HelpName == "REF") is { } reference)
            return $"`{word}` is one word too many; a version goes behind `{reference.Name}`: `{reference.Name} {word}`";
        if (
            command.Arguments is [{ Name: "FILE[@REF]" } file, ..]
            && result.GetValue((Argument<string>)file) is { } path
            && !path.Contains('@', StringComparison.Ordinal)
            && !word.Contains('.', StringComparison.Ordinal)
        )
            return $"`{word}` is one word too many; a version goes behind the file: `{path}@{word}`";
        string reads = command.Arguments.Count == 0
            ? $"`{Name(result)}` takes only options"
            : $"it is `{Name(result)} {string.Join(' ', command.Arguments.Select(Shown))}`";
        return $"`{word}` is one word too many; {reads}";
    }

    private static string Missing(ParseResult parsed)
    {
        CommandResult result = parsed.CommandResult;
        if (IsOnlyAGroup(result))
            return "say which command";
        if (result.Command.Arguments.FirstOrDefault(a => a.Arity.MinimumNumberOfValues > 0 && result.GetResult(a) is not { Tokens.Count: > 0 }) is { } argument)
            return $"`{Name(result)}` needs {(argument.Name[0] is 'A' or 'E' or 'I' or 'O' ? "an" : "a")} {argument.Name}{Example(result.Command)}";
        foreach (Option option in result.Command.Options)
        {
            OptionResult? given = result.GetResult(option);
            if (option.Required && given is not { Implicit: false })
                return $"`{Name(result)}` needs `{option.Aliases.FirstOrDefault(a => a.Length == 2) ?? option.Name} "
                    + $"{option.HelpName}`{Example(result.Command)}";
            if (option.Arity.MinimumNumberOfValues > 0 && given is { Implicit: false, Tokens.Count: 0 })
                return $"`{given.IdentifierToken?.Value ?? option.Name}` needs a value: `{given.IdentifierToken?.Value ?? option.Name} {option.HelpName}`";
        }
        return parsed.Errors[0].Message.TrimEnd('.');
    }

    private static string Example(Command command) => command is ExampleCommand { Example: var example } ? $", as in `{example.Split('\n')[0]}`" : "";

    private static string Shown(Argument argument)
    {
        string name = argument.Arity.MaximumNumberOfValues > 1 ? argument.Name + "…" : argument.Name;
        return argument.Arity.MinimumNumberOfValues == 0 ? $"[{name}]" : name;
    }

    private static string Name(CommandResult result) => string.Join(' ', Steps(result).Reverse().Prepend("promptlsp"));

    private static IEnumerable<string> Steps(SymbolResult? result)
    {
        for (; result is CommandResult { Command: not RootCommand } command; result = command.Parent)
            yield return command.Command.Name;
    }
}

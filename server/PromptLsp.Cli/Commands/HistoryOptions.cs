using System.CommandLine;

namespace PromptLsp.Cli.Commands;

/// <summary>Arguments and options that the commands about versions share.</summary>
internal static class HistoryOptions
{
    public static Argument<string> FileAtReference(string description) => new("FILE[@REF]") { Description = description };

    public static Option<string?> Note(string description) => new("--note", "-m") { Description = description, HelpName = "NOTE" };

    public static Option<string> Why(string description)
    {
        var why = new Option<string>("--why", "-m") { Description = description, HelpName = "WHY", Required = true };
        why.Validators.Add(given =>
        {
            if (given.Tokens.All(t => string.IsNullOrWhiteSpace(t.Value)))
                given.AddError("the reason is empty; say why, behind `-m`");
        });
        return why;
    }

    /// <summary>The version that a command is about: behind the <c>@</c>, or by an option of its own.</summary>
    public static string? Reference(string? behindAt, string? given, string name) =>
        behindAt is null || given is null
            ? behindAt ?? given
            : throw new CommandFailure($"the version is named twice, by `@{behindAt}` and by `{name} {given}`; leave one of them out");
}

using System.CommandLine;
using PromptLsp.Cli.Reports;
using PromptLsp.Cli.Versions;
using PromptLsp.History.Lists;
using PromptLsp.History.Store;

namespace PromptLsp.Cli.Commands;

/// <summary><c>promptlsp describe FILE [REF] -m NOTE</c>: why a version exists.</summary>
internal static class DescribeCommand
{
    public static Command Create(Terminal terminal)
    {
        Argument<string> file = HistoryOptions.FileAtReference("The prompt; its file as it is now, or the version named.");
        var reference = new Argument<string?>("REF") { Description = "The version.", Arity = ArgumentArity.ZeroOrOne };
        var note = new Option<string>("--note", "-m")
        {
            Description = "Why the version exists; an empty one takes the note away. Earlier ones stay on record.",
            HelpName = "NOTE",
            Required = true,
        };
        Option<string> format = CommonOptions.Format();
        var command = new ExampleCommand(
            "describe",
            "Says why a version exists.",
            "promptlsp describe prompts/reply.prompt v11 -m \"kinder to angry customers\""
        )
        {
            file,
            reference,
            note,
            format,
        };
        command.SetAction(parsed =>
        {
            using PromptHistory history = PromptHistory.ToWrite(parsed.GetValue(file)!, terminal);
            string? named = HistoryOptions.Reference(history.Reference, parsed.GetValue(reference), "REF");
            string why = parsed.GetValue(note)!;
            PromptVersion version = named is null ? history.VersionOnDisk() : history.Resolve(named);
            version = history.Store.Describe(history.Relative, version.Name, why.Length == 0 ? null : why, history.By);
            if (parsed.GetValue(format) == "json")
                PromptJson.Write(terminal.Out, writer => writer.Version(version));
            else
                terminal.Out.WriteLine($"{VersionText.Line(version, terminal)}{(version.NoteLine is { } line ? "\n  " + VersionText.Visible(line) : "")}");
            return ExitStatus.Clean;
        });
        return command;
    }
}

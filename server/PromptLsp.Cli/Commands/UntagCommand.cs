using System.CommandLine;
using PromptLsp.Cli.Reports;
using PromptLsp.Cli.Versions;
using PromptLsp.History.Store;

namespace PromptLsp.Cli.Commands;

/// <summary><c>promptlsp untag FILE NAME</c>: takes a tag off; where it was stays on record.</summary>
internal static class UntagCommand
{
    public static Command Create(Terminal terminal)
    {
        var file = new Argument<string>("FILE") { Description = "The prompt." };
        var name = new Argument<string>("NAME") { Description = "The tag." };
        Option<string?> note = HistoryOptions.Note("Why it goes.");
        Option<string> format = CommonOptions.Format();
        var command = new ExampleCommand(
            "untag",
            "Takes a tag off; where it was stays on record.",
            "promptlsp untag prompts/reply.prompt support-v2-stable -m \"superseded\""
        )
        {
            file,
            name,
            note,
            format,
        };
        command.SetAction(parsed =>
        {
            using PromptHistory history = PromptHistory.ToChange(parsed.GetValue(file)!, terminal);
            string tag = parsed.GetValue(name)!;
            PromptVersion? version = history.Store.Tags(history.Relative).FirstOrDefault(t => t.Name == tag) is { } known
                ? history.Resolve($"v{known.Number}")
                : null;
            history.MustAllowTag(tag, version is not null);
            history.Store.Untag(history.Relative, tag, parsed.GetValue(note), history.By);
            if (parsed.GetValue(format) == "json")
                PromptJson.Write(terminal.Out, writer => writer.Version(history.Resolve(version!.Name)));
            else
                terminal.Out.WriteLine($"{terminal.Paint.Green(tag)} is no longer on {version!.Name}");
            return ExitStatus.Clean;
        });
        return command;
    }
}

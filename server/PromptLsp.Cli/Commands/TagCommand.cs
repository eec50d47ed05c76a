using System.CommandLine;
using PromptLsp.Cli.Reports;
using PromptLsp.Cli.Versions;
using PromptLsp.History.Store;

namespace PromptLsp.Cli.Commands;

/// <summary><c>promptlsp tag FILE NAME</c>: a name on a version that people can trust.</summary>
internal static class TagCommand
{
    public static Command Create(Terminal terminal)
    {
        Argument<string> file = HistoryOptions.FileAtReference("The prompt; its file as it is now, or the version named.");
        var name = new Argument<string>("NAME") { Description = "The tag: letters, digits, `.`, `_` and `-`." };
        var at = new Option<string?>("--at") { Description = "The version to tag.", HelpName = "REF" };
        Option<string?> note = HistoryOptions.Note("Why it gets the tag.");
        var move = new Option<bool>("--move") { Description = "Take the tag from the version that has it." };
        Option<string> format = CommonOptions.Format();
        var command = new ExampleCommand("tag", "Puts a tag on a version.", "promptlsp tag prompts/reply.prompt support-v2-stable -m \"passed the review\"")
        {
            file,
            name,
            at,
            note,
            move,
            format,
        };
        command.SetAction(parsed =>
        {
            using PromptHistory history = PromptHistory.ToWrite(parsed.GetValue(file)!, terminal);
            string? reference = HistoryOptions.Reference(history.Reference, parsed.GetValue(at), "--at");
            // The file as it is now may be no version yet, or an older one that was checked out again.
            PromptVersion version = reference is null ? history.VersionOnDisk() : history.Resolve(reference);
            Tag tag = Put(history, version, parsed.GetValue(name)!, parsed.GetValue(note), parsed.GetValue(move));
            if (parsed.GetValue(format) == "json")
                PromptJson.Write(terminal.Out, writer => writer.Version(history.Resolve(version.Name)));
            else
                terminal.Out.WriteLine(
                    $"{terminal.Paint.Green(tag.Name)} is on {VersionText.Line(history.Resolve(version.Name) with { Tags = [] }, terminal)}"
                );
            return ExitStatus.Clean;
        });
        return command;
    }

    private static Tag Put(PromptHistory history, PromptVersion version, string name, string? note, bool move)
    {
        Tag? now = history.Store.Tags(history.Relative).FirstOrDefault(t => t.Name == name);
        history.MustAllowTag(name, now is not null && now.Number != version.Number);
        if (now is not null && now.Number != version.Number && !move)
            throw new CommandFailure($"`{name}` is on v{now.Number} since {now.At:yyyy-MM-dd} ({now.Author}); `--move` takes it to {version.Name}");
        return history.Store.Tag(history.Relative, version.Name, name, note, now?.Number, history.By);
    }
}

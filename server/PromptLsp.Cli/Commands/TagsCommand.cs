using System.Collections.Immutable;
using System.CommandLine;
using PromptLsp.Cli.Reports;
using PromptLsp.Cli.Versions;
using PromptLsp.History.Lists;
using PromptLsp.History.Store;
using PromptLsp.Workspace;
using PromptLsp.Workspace.Files;

namespace PromptLsp.Cli.Commands;

/// <summary><c>promptlsp tags [FILE]</c>: the tags of one prompt, or of all here.</summary>
internal static class TagsCommand
{
    public static Command Create(Terminal terminal)
    {
        var file = new Argument<string?>("FILE")
        {
            Description = "The prompt; all prompts of this workspace if none is named.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        Option<string> format = CommonOptions.Format();
        var command = new ExampleCommand("tags", "Lists tags and the versions they are on.", "promptlsp tags prompts/reply.prompt") { file, format };
        command.SetAction(parsed =>
        {
            ImmutableArray<Tagged> tags = parsed.GetValue(file) is { } one ? OfOne(one, terminal) : OfAll(terminal);
            if (parsed.GetValue(format) == "json")
                WriteJson(tags, terminal);
            else
                WriteText(tags, parsed.GetValue(file) is null || tags.Any(t => t.Deleted is not null), terminal);
            return ExitStatus.Clean;
        });
        return command;
    }

    private static ImmutableArray<Tagged> OfOne(string file, Terminal terminal)
    {
        using PromptHistory history = PromptHistory.ToRead(file, terminal);
        string? now = history.Store.Head(history.Relative)!.Deleted;
        return
        [
            .. now is null ? history.Store.Tags(history.Relative).Select(t => new Tagged(history.Shown, null, t)) : [],
            .. history
                .Store.Deleted(history.Relative)
                .SelectMany(p => history.Store.Tags(p.Path, p.Deleted).Select(t => new Tagged(history.Shown, p.Deleted, t))),
        ];
    }

    private static ImmutableArray<Tagged> OfAll(Terminal terminal)
    {
        Root root = Snapshot.Empty(new Disk(), [terminal.Folder]).Roots.OfFolder(terminal.Folder);
        using HistoryStore store = Stores.ToRead(root.Folder, terminal);
        return
        [
            .. store
                .Prompts()
                .Where(p => !p.IsDeleted)
                .Concat(store.Deleted())
                .SelectMany(p => store.Tags(p.Path, p.Deleted).Select(t => new Tagged(terminal.Display(Path.GetFullPath(p.Path, root.Folder)), p.Deleted, t))),
        ];
    }

    /// <param name="Deleted">What a deleted prompt is called beside what is at its path now.</param>
    private sealed record Tagged(string Path, string? Deleted, Tag Tag)
    {
        public string File => Deleted is null ? Path : $"{Path}@{Deleted}";
    }

    private static void WriteText(ImmutableArray<Tagged> tags, bool namesFiles, Terminal terminal)
    {
        if (tags.IsEmpty)
        {
            terminal.Error.WriteLine("no tags yet; `promptlsp tag FILE NAME` puts one on a version");
            return;
        }
        int widest = tags.Max(t => t.Tag.Name.Length);
        string file = "";
        foreach (Tagged tagged in tags)
        {
            Tag tag = tagged.Tag;
            if (namesFiles && tagged.File != file)
                terminal.Out.WriteLine(terminal.Paint.Bold(VersionText.Visible(file = tagged.File)));
            string note = tag.Note is { } why ? "  " + VersionText.Visible(why.Split('\n', 2)[0]) : "";
            terminal.Out.WriteLine(
                $"{(namesFiles ? "  " : "")}{terminal.Paint.Green(tag.Name.PadRight(widest))}  {$"v{tag.Number}", -5}  "
                    + $"{terminal.Paint.Dim(tag.Fingerprint[..History.Fingerprint.ShownDigits])}  {VersionText.Age(tag.At, terminal)}, "
                    + $"{VersionText.Visible(VersionWords.NameOf(tag.Author))}{note}"
            );
        }
    }

    private static void WriteJson(ImmutableArray<Tagged> tags, Terminal terminal) => PromptJson.Write(terminal.Out, writer =>
    {
        writer.WriteStartArray();
        foreach ((string file, string? deleted, Tag tag) in tags)
        {
            writer.WriteStartObject();
            writer.Member("file", file);
            if (deleted is not null)
                writer.Member("deleted", deleted);
            writer.Member("name", tag.Name);
            writer.Member("version", tag.Number);
            writer.Member("fingerprint", tag.Fingerprint);
            writer.Member("author", tag.Author);
            writer.Member("at", VersionWords.Iso(tag.At));
            writer.Member("note", tag.Note);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    });
}

using System.CommandLine;
using System.Text;
using PromptLsp.History.Files;
using PromptLsp.Language.Catalog;
using PromptLsp.Language.Syntax.Dialects;
using PromptLsp.Language.Syntax.Formats;
using PromptLsp.Language.Text;
using PromptLsp.Workspace;
using PromptLsp.Workspace.Files;

namespace PromptLsp.Cli.Commands;

/// <summary><c>promptlsp new FILE</c>: a prompt to begin with.</summary>
internal static class NewCommand
{
    public static Command Create(Terminal terminal)
    {
        var file = new Argument<string>("FILE") { Description = "The prompt to write, such as prompts/reply; it ends in .prompt." };
        Option<string> template = CommonOptions.OneOf(
            "--template",
            $"What to begin with: {string.Join("; ", PromptTemplates.All.Select(t => $"{t.Name} {t.Meaning}"))}.",
            [.. PromptTemplates.All.Select(t => t.Name)]
        );
        var command = new ExampleCommand("new", "Writes a new prompt to begin with.", "promptlsp new prompts/reply --template chat") { file, template };
        command.SetAction(parsed =>
        {
            string path = PathOf(parsed.GetValue(file)!, terminal);
            string name = Path.GetFileNameWithoutExtension(path).TrimStart('_');
            bool inHandlebars = UsualDialect.Of(Snapshot.Empty(new Disk(), [terminal.Folder]), path, CancellationToken.None) == KnownDialects.Handlebars;
            NewFile.Write(path, PromptTemplates.Find(parsed.GetValue(template)!)!.For(name.Length == 0 ? "prompt" : name, inHandlebars), terminal);
            terminal.Out.WriteLine($"wrote {terminal.Display(path)}");
            return ExitStatus.Clean;
        });
        return command;
    }

    private static string PathOf(string argument, Terminal terminal)
    {
        if (argument.Length == 0 || argument.EndsWith('/') || argument.EndsWith(Path.DirectorySeparatorChar))
            throw new CommandFailure($"`{argument}` names no file; name one, such as prompts/reply");
        if (!PlainText.Is(argument))
            throw new CommandFailure("a prompt's name holds no line ends, tabs or the like; name another file");
        string path = terminal.Absolute(KnownFormats.Has(argument) ? argument : argument + KnownFormats.Dotprompt.Ending);
        string root = new Roots(new Disk(), [terminal.Folder]).OfFolder(terminal.Folder).Folder;
        if (!Root.IsInside(path, root))
            throw new CommandFailure($"`{argument}` is outside of this workspace, {root}; go to the one it is for");
        return Directory.Exists(path) ? throw new CommandFailure($"`{argument}` is a folder; name a file in it") : path;
    }
}

/// <summary>Files that a command makes: none that is there already is touched.</summary>
internal static class NewFile
{
    /// <exception cref="CommandFailure">There is one already, or it cannot be written.</exception>
    public static void Write(string path, string text, Terminal terminal)
    {
        if (!TryWrite(path, text, terminal))
            throw new CommandFailure($"`{terminal.Display(path)}` is there already, and stays as it is; name another file");
    }

    /// <returns>False where there is one already.</returns>
    public static bool TryWrite(string path, string text, Terminal terminal)
    {
        try
        {
            return WrittenFile.Create(path, Encoding.UTF8.GetBytes(text));
        }
        catch (Exception failure) when (FileFailure.Is(failure))
        {
            throw new CommandFailure(
                $"`{terminal.Display(path)}` cannot be written ({FileFailure.Reason(failure)}); check the path, its permissions and the disk"
            );
        }
    }
}

using System.Collections.Immutable;
using System.CommandLine;
using PromptLsp.Cli.Releasing;
using PromptLsp.Cli.Reports;
using PromptLsp.Cli.Versions;
using PromptLsp.History.Files;
using PromptLsp.History.Store;
using PromptLsp.Releases;
using PromptLsp.Releases.Environments;
using PromptLsp.Releases.Content;
using PromptLsp.Releases.Folder;
using PromptLsp.Workspace.Files;

namespace PromptLsp.Cli.Commands;

/// <summary>
/// <c>promptlsp env [ENV]</c>, <c>env diff A B [FILE]</c>, <c>env export ENV --out DIR</c>, <c>env verify --base COMMIT</c>: what runs where.
/// </summary>
internal static class EnvCommand
{
    public static Command Create(Terminal terminal)
    {
        var environment = new Argument<string?>("ENV")
        {
            Description = "One environment, with who, when and why; all of them if none is named.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        Option<string> format = CommonOptions.Format();
        var command = new ExampleCommand("env", "Tells which prompt has which release where.", "promptlsp env production")
        {
            environment,
            format,
            Diff(terminal),
            Export(terminal),
            Verify(terminal),
        };
        command.SetAction(
            async (parsed, cancel) =>
            {
                CommandWorkspace workspace = CommandWorkspace.Here(terminal);
                await workspace.CompleteAsync(cancel);
                EnvironmentTable table = EnvironmentTable.Read(workspace.Releases, parsed.GetValue(environment));
                if (parsed.GetValue(format) == "json")
                    EnvironmentReport.WriteJson(table, workspace, terminal);
                else if (parsed.GetValue(environment) is null)
                    EnvironmentReport.WriteText(table, workspace, terminal);
                else
                    EnvironmentReport.WriteDetails(table, workspace, terminal);
                foreach (string problem in table.Problems.Concat(table.Edits))
                    terminal.Tell($"promptlsp: {problem}");
                if (!table.IsHeldAgainstHashes)
                    terminal.Tell(
                        $"promptlsp: of more than {EnvironmentTable.MostHeldAgainstHashes} releases it is not looked at whether somebody edited them; "
                            + $"`promptlsp check {workspace.Folder.Policy.Folder}` does"
                    );
                return table.Problems.Any() ? ExitStatus.Usage : ExitStatus.Clean;
            }
        );
        return command;
    }

    private static ExampleCommand Diff(Terminal terminal)
    {
        var from = new Argument<string>("A") { Description = "An environment." };
        var to = new Argument<string>("B") { Description = "Another one." };
        var file = new Argument<string?>("FILE") { Description = "A prompt, of which all differences are shown.", Arity = ArgumentArity.ZeroOrOne };
        Option<string> format = CommonOptions.Format();
        var command = new ExampleCommand("diff", "Compares two environments. Status 1 where they differ.", "promptlsp env diff staging production")
        {
            from,
            to,
            file,
            format,
        };
        command.SetAction(parsed =>
            parsed.GetValue(file) is { } prompt
                ? EnvironmentDiffReport.OfFile(prompt, parsed.GetValue(from)!, parsed.GetValue(to)!, parsed.GetValue(format) == "json", terminal)
                : EnvironmentDiffReport.OfAll(parsed.GetValue(from)!, parsed.GetValue(to)!, parsed.GetValue(format) == "json", terminal)
        );
        return command;
    }

    private static ExampleCommand Export(Terminal terminal)
    {
        var environment = new Argument<string>("ENV") { Description = "An environment." };
        var to = new Option<string>("--out")
        {
            Description = "The folder to write, which must not be there yet, or be empty.",
            HelpName = "DIR",
            Required = true,
        };
        var flat = new Option<bool>("--flat") { Description = "All files in one tree, as Genkit's loader wants them, instead of a folder for each prompt." };
        var command = new ExampleCommand(
            "export",
            "Writes what an environment holds, for a program to load.",
            "promptlsp env export production --out dist/prompts --flat"
        )
        {
            environment,
            to,
            flat,
        };
        command.SetAction(parsed => Export(parsed.GetValue(environment)!, terminal.Absolute(parsed.GetValue(to)!), parsed.GetValue(flat), terminal));
        return command;
    }

    private static ExampleCommand Verify(Terminal terminal)
    {
        var @base = new Option<string>("--base")
        {
            Description = "The commit that is trusted, such as the main branch's: its whole hash.",
            HelpName = "COMMIT",
            Required = true,
        };
        Option<string> format = CommonOptions.Format("github");
        var command = new ExampleCommand(
            "verify",
            "Holds what is committed here against a commit that is trusted: by its policy and keys, and believing nothing that can be computed. "
                + "Status 1 where something lacks.",
            "promptlsp env verify --base $(git rev-parse origin/main)"
        )
        {
            @base,
            format,
        };
        command.SetAction((parsed, cancel) => Task.FromResult(VerificationReport.Run(parsed.GetValue(@base)!, parsed.GetValue(format)!, terminal, cancel)));
        return command;
    }

    private static int Export(string environment, string folder, bool isFlat, Terminal terminal)
    {
        CommandWorkspace workspace = CommandWorkspace.Here(terminal);
        workspace.Releases.MustHave(environment);
        if (File.Exists(folder) || (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any()))
            throw new CommandFailure($"`{terminal.Display(folder)}` is there already; name a folder that is not, or is empty");
        ImmutableArray<ReleaseContent> releases =
        [
            .. workspace.Folder.Prompts(environment).Select(p => workspace.Folder.Held(environment, p)?.Content).OfType<ReleaseContent>(),
        ];
        IEnumerable<KeyValuePair<string, byte[]>> files = isFlat
            ? Flat(releases)
            : releases.SelectMany(r => r.Files.Select(f => KeyValuePair.Create($"{r.Prompt}/{f.Key}", f.Value)));
        foreach ((string path, byte[] bytes) in files)
            WrittenFile.Create(Path.Join(folder, path), bytes);
        Directory.CreateDirectory(folder);
        terminal.Out.WriteLine($"wrote {Counted.Of(releases.Length, "release")} of {environment} to {VersionText.Visible(terminal.Display(folder))}");
        return ExitStatus.Clean;
    }

    // Settings stay behind: in one tree there could only be one of them.
    private static Dictionary<string, byte[]> Flat(ImmutableArray<ReleaseContent> releases)
    {
        var files = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        var owners = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (ReleaseContent release in releases)
        {
            foreach ((string path, byte[] bytes) in release.Files.Where(f => f.Key != Roots.SettingsFile))
            {
                if (owners.TryGetValue(path, out string? other) && !(files.TryGetValue(path, out byte[]? there) && there.AsSpan().SequenceEqual(bytes)))
                    throw new CommandFailure(
                        $"`{other}` and `{release.Prompt}` were released with different contents of `{path}`, which cannot both lie in one tree; "
                            + "promote the older one anew, or export without `--flat`"
                    );
                owners[path] = release.Prompt;
                files[path] = bytes;
            }
        }
        return files;
    }
}

using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using PromptLsp.Cli.Commands;
using PromptLsp.History.Store;

namespace PromptLsp.Cli;

/// <summary>The command line <c>promptlsp</c>: reads arguments, runs one command, answers with its exit status.</summary>
internal static class CommandLine
{
    // One line a command; each stands in a file of its own.
    private static RootCommand All(Terminal terminal) => new("Checks, renders and serves .prompt files.")
    {
        CheckCommand.Create(terminal),
        RenderCommand.Create(terminal),
        TestCommand.Create(terminal),
        FormatCommand.Create(terminal),
        InspectCommand.Create(terminal),
        RulesCommand.Create(terminal),
        LogCommand.Create(terminal),
        ShowCommand.Create(terminal),
        DiffCommand.Create(terminal),
        BlameCommand.Create(terminal),
        TagCommand.Create(terminal),
        UntagCommand.Create(terminal),
        TagsCommand.Create(terminal),
        DescribeCommand.Create(terminal),
        RollbackCommand.Create(terminal),
        RestoreCommand.Create(terminal),
        SnapshotCommand.Create(terminal),
        ImportGitCommand.Create(terminal),
        AuditCommand.Create(terminal),
        ForgetCommand.Create(terminal),
        FingerprintCommand.Create(terminal),
        DoctorCommand.Create(terminal),
        CompletionCommand.Create(terminal),
        ServeCommand.Create(),
    };

    /// <summary>The names of all commands.</summary>
    public static IEnumerable<string> Names => All(Terminal.OfProcess()).Subcommands.Select(c => c.Name);

    public static async Task<int> RunAsync(string[] arguments, Terminal terminal, CancellationToken cancel)
    {
        try
        {
            if (arguments.Length == 0)
            {
                await terminal.Error.WriteLineAsync(Greeting);
                return ExitStatus.Usage;
            }
            // A response file (@file) is never meant: prompts may live in folders like @acme.
            ParseResult parsed = WithExamples(All(terminal)).Parse(Usual(arguments), new ParserConfiguration { ResponseFileTokenReplacer = null });
            if (parsed.Action is not { ClearsParseErrors: true } && Misuse.Of(parsed) is { } misuse)
            {
                await terminal.Error.WriteLineAsync("promptlsp: " + OneLine(misuse));
                return ExitStatus.Usage;
            }
            int status = await parsed.InvokeAsync(
                new InvocationConfiguration { EnableDefaultExceptionHandler = false, Output = terminal.Out, Error = terminal.Error }, cancel);
            await terminal.Out.FlushAsync(cancel);
            return status;
        }
        catch (CommandFailure failure)
        {
            await terminal.Error.WriteLineAsync("promptlsp: " + OneLine(failure.Message));
            return ExitStatus.Usage;
        }
        catch (HistoryException failure)
        {
            await terminal.Error.WriteLineAsync("promptlsp: " + OneLine(failure.Message).TrimEnd('.'));
            return ExitStatus.Usage;
        }
        catch (OperationCanceledException)
        {
            return ExitStatus.Cancelled;
        }
        // The reader of our output has gone (`promptlsp check | head`): nobody is left to be told.
        catch (IOException failure) when (failure.Message.Contains("pipe", StringComparison.OrdinalIgnoreCase))
        {
            return ExitStatus.Clean;
        }
        catch (Exception failure)
        {
            await terminal.Error.WriteLineAsync($"promptlsp: internal error, please report it: {failure.GetType().Name}: {OneLine(failure.Message)}");
            return ExitStatus.Internal;
        }
    }

    private static string Greeting { get; } = $"""
        promptlsp {ProductVersion.Text} checks, renders and serves .prompt files.

          promptlsp check prompts            what is wrong with the prompts of a folder
          promptlsp render a.prompt          the messages that a model would get
          promptlsp test prompts             the tests that prompts carry with them
          promptlsp log a.prompt             its versions; also show, diff, blame, tag, rollback
          promptlsp doctor                   what is set up here
          promptlsp serve --stdio            the language server, for editors

        All commands: promptlsp --help. One of them: promptlsp help check
        """;

    // `help`, `help check` and `version`, as other programs have them.
    private static string[] Usual(string[] arguments) => arguments switch
    {
        ["help", .. var command] => [.. command, "--help"],
        ["version"] => ["--version"],
        _ => arguments,
    };

    private static RootCommand WithExamples(RootCommand root)
    {
        foreach (HelpOption help in root.Options.OfType<HelpOption>())
            help.Action = new HelpWithExample((HelpAction)help.Action!);
        return root;
    }

    private static string OneLine(string message) => string.Join(' ', message.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}

/// <summary>A command, with a line that one could type as it stands.</summary>
internal sealed class ExampleCommand(string name, string description, string example) : Command(name, description)
{
    public string Example { get; } = example;
}

/// <summary>Help that ends with the command's example.</summary>
internal sealed class HelpWithExample(HelpAction help) : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        int status = help.Invoke(parseResult);
        string example = (parseResult.CommandResult.Command as ExampleCommand)?.Example ?? "promptlsp check prompts";
        parseResult.InvocationConfiguration.Output.WriteLine($"Example:\n  {example.Replace("\n", "\n  ", StringComparison.Ordinal)}\n");
        return status;
    }
}

using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using PromptLsp.Cli.Commands;
using PromptLsp.Cli.Completing;
using PromptLsp.Evaluation.Running;
using PromptLsp.History.Files;
using PromptLsp.History.Store;
using PromptLsp.Models;
using PromptLsp.Portfolio.Search;
using PromptLsp.Releases;

namespace PromptLsp.Cli;

/// <summary>The command line <c>promptlsp</c>: reads arguments, runs one command, answers with its exit status.</summary>
internal static class CommandLine
{
    // One line a command; each stands in a file of its own.
    private static RootCommand All(Terminal terminal) => new("Checks, renders and serves .prompt files.")
    {
        InitCommand.Create(terminal),
        NewCommand.Create(terminal),
        CheckCommand.Create(terminal),
        RenderCommand.Create(terminal),
        TestCommand.Create(terminal),
        RunCommand.Create(terminal),
        EvalCommand.Create(terminal),
        RunsCommand.Create(terminal),
        DriftCommand.Create(terminal),
        FormatCommand.Create(terminal),
        InspectCommand.Create(terminal),
        SearchCommand.Create(terminal),
        PortfolioCommand.Create(terminal),
        DuplicatesCommand.Create(terminal),
        SiteCommand.Create(terminal),
        McpCommand.Create(terminal),
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
        EnvCommand.Create(terminal),
        PromoteCommand.Create(terminal),
        ApproveCommand.Create(terminal),
        ApproveCommand.CreateWithdraw(terminal),
        FreezeCommand.Create(terminal),
        FreezeCommand.CreateThaw(terminal),
        FingerprintCommand.Create(terminal),
        ProvidersCommand.Create(terminal),
        DoctorCommand.Create(terminal),
        CompletionCommand.Create(terminal),
        ServeCommand.Create(),
    };

    /// <summary>The names of all commands.</summary>
    public static IEnumerable<string> Names => All(Terminal.OfProcess()).Subcommands.Select(c => c.Name);

    public static async Task<int> RunAsync(string[] arguments, Terminal terminal, CancellationToken cancel)
    {
        terminal = terminal with { Out = new AnswerWriter(terminal.Out), Error = new AnswerWriter(terminal.Error) };
        try
        {
            if (arguments.Length == 0)
            {
                await terminal.Error.WriteLineAsync(Greeting);
                return ExitStatus.Usage;
            }
            if (Completions.Answer(arguments, (line, word) => WithExamples(All(terminal), word, terminal).Parse(line, Plainly), terminal))
                return ExitStatus.Clean;
            ParseResult parsed = WithExamples(All(terminal), "", terminal).Parse(Usual(arguments), Plainly);
            // Nothing helps with a command that there is not.
            bool isHelpless = parsed is { Action: HelpWithExample, UnmatchedTokens.Count: > 0, CommandResult.Command: RootCommand };
            if ((isHelpless || parsed.Action is not { ClearsParseErrors: true }) && Misuse.Of(parsed) is { } misuse)
                return Fail(terminal, misuse, ExitStatus.Usage);
            int status = await parsed.InvokeAsync(
                new InvocationConfiguration { EnableDefaultExceptionHandler = false, Output = terminal.Out, Error = terminal.Error }, cancel);
            await terminal.Out.FlushAsync(cancel);
            return status;
        }
        catch (CommandFailure failure)
        {
            return Fail(terminal, failure.Message, ExitStatus.Usage);
        }
        catch (HistoryException failure)
        {
            return Fail(terminal, Began(failure.Message.TrimEnd('.')), ExitStatus.Usage);
        }
        catch (Exception failure) when (failure is EvaluationException or RunStoreException or ReleaseException or SearchException)
        {
            return Fail(terminal, failure.Message, ExitStatus.Usage);
        }
        catch (ModelException failure)
        {
            return Fail(terminal, failure.Message, failure.Fault == ModelFault.NoProvider ? ExitStatus.Usage : ExitStatus.NotMeasured);
        }
        catch (OperationCanceledException)
        {
            return ExitStatus.Cancelled;
        }
        // The reader of our output has gone (`promptlsp check | head`): nobody is left to be told.
        catch (AnswerNotWritten failure) when (FileFailure.IsNobodyReading(failure.Cause))
        {
            return ExitStatus.Clean;
        }
        catch (AnswerNotWritten failure)
        {
            return Fail(terminal, $"the answer cannot be written: {FileFailure.Reason(failure.Cause)}; check where it goes, and the disk", ExitStatus.Usage);
        }
        // Commands say which file it was; what is left is rare, such as a file that goes while it is looked at.
        catch (Exception failure) when (FileFailure.Is(failure))
        {
            return Fail(
                terminal,
                $"a file or folder here cannot be used: {FileFailure.Reason(failure.InnerException ?? failure)}; check the permissions and the disk",
                ExitStatus.Usage
            );
        }
        catch (Exception failure)
        {
            return Fail(terminal, $"internal error, please report it: {failure.GetType().Name}: {failure.Message}", ExitStatus.Internal);
        }
    }

    // A response file (@file) is never meant: prompts may live in folders like @acme.
    private static ParserConfiguration Plainly => new() { ResponseFileTokenReplacer = null };

    // An editor shows it as a sentence; here it goes on behind our name. A path, which has a `.`, keeps its letters.
    private static string Began(string sentence) =>
        sentence.IndexOf(' ', StringComparison.Ordinal) is > 0 and int first && char.IsAsciiLetterUpper(sentence[0])
        && sentence.AsSpan(1, first - 1).IndexOfAnyExceptInRange('a', 'z') < 0
            ? char.ToLowerInvariant(sentence[0]) + sentence[1..]
            : sentence;

    private static int Fail(Terminal terminal, string message, int status)
    {
        try
        {
            terminal.Tell("promptlsp: " + OneLine(message));
        }
        catch (AnswerNotWritten)
        {
            // Where standard error takes nothing, the status says it all.
        }
        return status;
    }

    private static string Greeting { get; } = $"""
        promptlsp {ProductVersion.Text} checks, renders and serves .prompt files.

          promptlsp init                     begins: settings, a first prompt, a check in CI; also new
          promptlsp check prompts            what is wrong with the prompts of a folder
          promptlsp render a.prompt          the messages that a model would get
          promptlsp test prompts             the tests that prompts carry with them
          promptlsp run a.prompt             what a model answers; providers says which there are
          promptlsp eval tickets.yaml        whether a change makes it better, row by row
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

    private static RootCommand WithExamples(RootCommand root, string begun, Terminal terminal)
    {
        foreach (Command command in root.Subcommands.SelectMany(c => c.Subcommands.Prepend(c)))
        {
            KnownWords.CompleteIn(command, begun, terminal);
            if (command.Action is AsynchronousCommandLineAction work)
                command.Action = new Interruptible(work);
        }
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

/// <summary>Work that ends when it is told to, also where it waits for standard input and hears nothing.</summary>
internal sealed class Interruptible(AsynchronousCommandLineAction work) : AsynchronousCommandLineAction
{
    // For what is at work: it ends by itself, between two files.
    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(300);

    public override async Task<int> InvokeAsync(ParseResult parseResult, CancellationToken cancellationToken = default)
    {
        Task<int> running = Task.Run(() => work.InvokeAsync(parseResult, cancellationToken), CancellationToken.None);
        try
        {
            return await running.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (!running.IsCompleted)
        {
            await Task.WhenAny(running, Task.Delay(Grace, CancellationToken.None));
            throw;
        }
    }
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

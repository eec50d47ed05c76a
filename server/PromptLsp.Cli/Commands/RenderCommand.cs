using System.CommandLine;
using PromptLsp.Cli.Checking;
using PromptLsp.Cli.Rendering;
using PromptLsp.Cli.Reports;
using PromptLsp.Language.Catalog;
using PromptLsp.Language.Linting;
using PromptLsp.Language.Rendering;
using PromptLsp.Language.Semantics;
using PromptLsp.Language.Text;
using PromptLsp.Releases;

namespace PromptLsp.Cli.Commands;

/// <summary><c>promptlsp render FILE</c>: the messages that a model would get.</summary>
internal static class RenderCommand
{
    public static Command Create(Terminal terminal)
    {
        var file = new Argument<string>("FILE[@REF]") { Description = "The prompt, a version of it, or what an environment holds; - reads standard input." };
        Option<string?> filename = PipedPrompt.FilenameOption();
        var environment = new Option<string?>("--env") { Description = "Render with the context values of this environment.", HelpName = "ENV" };
        var inputs = new InputOptions();
        Option<string> format = CommonOptions.Format();
        var tokens = new Option<bool>("--tokens") { Description = "Count tokens, and say what they cost." };
        var command = new ExampleCommand(
            "render",
            "Renders a prompt to its messages.",
            "promptlsp render prompts/reply.prompt --sample angry --set customer.name=Ada"
        )
        {
            file,
            filename,
            environment,
        };
        inputs.AddTo(command);
        command.Add(format);
        command.Add(tokens);
        command.SetAction(
            (parsed, cancel) =>
            {
                GivenInputs given = inputs.Read(parsed);
                if (parsed.GetValue(file) == PipedPrompt.Argument && given.InputFile == PipedPrompt.Argument)
                    throw new CommandFailure("the prompt and `--input` cannot both come on standard input; put one of them in a file");
                OnePrompt prompt = parsed.GetValue(filename) is { } name
                    ? OnePrompt.Open(parsed.GetValue(file)!, name, terminal)
                    : RunCommand.Open(parsed.GetValue(file)!, terminal);
                if (parsed.GetValue(environment) is { } where)
                    prompt = prompt.In(Promotion.EnvironmentOf(prompt.Snapshot.SettingsOf(prompt.Root).Releases, where));
                RenderedPrompt rendered = Renderer.Render(prompt.Model, given.For(prompt, terminal), RenderLimits.Command, cancel);
                return Task.FromResult(
                    rendered.Failure is { } failure
                        ? Fail(prompt, failure, terminal, cancel)
                        : Write(prompt, rendered, parsed.GetValue(tokens), parsed.GetValue(format) == "json", terminal)
                );
            }
        );
        return command;
    }

    private static int Write(OnePrompt prompt, RenderedPrompt rendered, bool countsTokens, bool asJson, Terminal terminal)
    {
        TokenCounter? counter = countsTokens ? CounterOf(prompt) : null;
        Func<string, TokenCount>? tokens = counter is null ? null : text => TokenCount.Of(prompt.Model, counter.Count(text), counter);
        if (asJson)
            MessagesReport.WriteJson(rendered, tokens, terminal);
        else
            MessagesReport.WriteText(rendered, tokens, counter is null ? null : TokenCount.Of(prompt.Model, rendered), terminal);
        return ExitStatus.Clean;
    }

    // Nothing is answered: half a prompt is no prompt.
    private static int Fail(OnePrompt prompt, RenderFailure failure, Terminal terminal, CancellationToken cancel)
    {
        // Of what is written wrong, `check` has the better words and the fix.
        if (
            failure is { Kind: RenderFailureKind.Syntax, Path: null }
            && Linter
                .All(prompt.Model, static (_, _) => { }, cancel)
                .FirstOrDefault(f => Rules.Find(f.Rule)?.Group == RuleGroup.Syntax && f.Severity == Severity.Error)
                is { } found
        )
        {
            TextReport.Write(new CheckedFile(prompt.Shown, prompt.Model.Document.Text, [found]), found, terminal.Error, terminal.ErrorPaint, terminal.Width);
            return ExitStatus.Findings;
        }
        (string shown, SourceText text) =
            failure.Path is { } path && prompt.Snapshot.ModelOf(Path.GetFullPath(path, prompt.Root.Folder)) is { } partial
                ? (terminal.Display(Path.GetFullPath(path, prompt.Root.Folder)), partial.Document.Text)
                : (prompt.Shown, prompt.Model.Document.Text);
        string rule = failure.Kind == RenderFailureKind.Limit ? "preview-limit" : "render-failure";
        var finding = new Finding(failure.Span, failure.Reason) { Rule = rule, Severity = Severity.Error };
        TextReport.Write(new CheckedFile(shown, text, [finding]), finding, terminal.Error, terminal.ErrorPaint, terminal.Width);
        return ExitStatus.Findings;
    }

    private static TokenCounter CounterOf(OnePrompt prompt) =>
        prompt.Model.Environment.Tokens(prompt.Model.Header.Model ?? "") ?? throw new CommandFailure("there is no token counter for this prompt's model");
}

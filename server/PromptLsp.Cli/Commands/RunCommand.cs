using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using PromptLsp.Cli.Checking;
using PromptLsp.Cli.Models;
using PromptLsp.Cli.Releasing;
using PromptLsp.Cli.Rendering;
using PromptLsp.Cli.Reports;
using PromptLsp.Cli.Versions;
using PromptLsp.Language.Rendering;
using PromptLsp.Language.Semantics;
using PromptLsp.Models.Asking;
using PromptLsp.Models.Clients;
using PromptLsp.Models.Providers;

namespace PromptLsp.Cli.Commands;

/// <summary><c>promptlsp run FILE[@REF]</c>: what a model answers to a prompt, as it comes, and what it took.</summary>
internal static class RunCommand
{
    public static Command Create(Terminal terminal)
    {
        Argument<string> file = HistoryOptions.FileAtReference("The prompt, and which version of it; the file as it is if none is named.");
        var model = new Option<string?>("--model") { Description = "Ask this model instead of the prompt's own.", HelpName = "PROVIDER/MODEL" };
        var inputs = new InputOptions();
        Option<string> format = CommonOptions.Format();
        var command = new ExampleCommand(
            "run",
            "Sends a prompt to its model, and shows the answer as it comes.",
            "promptlsp run prompts/reply.prompt --sample angry"
        )
        {
            file,
            model,
        };
        inputs.AddTo(command);
        command.Add(format);
        command.SetAction(
            (parsed, cancel) => Run(parsed.GetValue(file)!, parsed.GetValue(model), inputs.Read(parsed), parsed.GetValue(format) == "json", terminal, cancel)
        );
        return command;
    }

    private static async Task<int> Run(string file, string? model, GivenInputs given, bool asJson, Terminal terminal, CancellationToken cancel)
    {
        OnePrompt prompt = Open(file, terminal);
        RenderedPrompt rendered = Renderer.Render(prompt.Model, given.For(prompt, terminal), RenderLimits.Command, cancel);
        if (rendered.Failure is { } failure)
            throw new CommandFailure($"`{prompt.Shown}` does not render: {failure.Reason}");
        AskedModel asked = AskedModel.Of(prompt.Model, prompt.Shown, model, UserProviders.Read(terminal.Variable), ModelAdvice);
        var question = PromptQuestion.Of(prompt.Model, rendered, asked);
        foreach (string note in question.Notes)
            terminal.Tell("note: " + note);
        var shown = new StreamedText(terminal);
        PromptRun run;
        try
        {
            run = await question.Ask(asJson ? null : shown.Write, terminal.Clock, cancel);
        }
        finally
        {
            shown.EndLine();
        }
        if (asJson)
            PromptJson.Write(terminal.Out, writer => Write(prompt, question, run, writer));
        else
            WriteText(run, terminal);
        return run.Misfit is null ? ExitStatus.Clean : ExitStatus.Findings;
    }

    /// <summary>How a model is given to a command.</summary>
    public const string ModelAdvice = "give one: --model provider/model";

    /// <summary>The prompt as it is, or a version of it.</summary>
    public static OnePrompt Open(string argument, Terminal terminal)
    {
        if (argument == PipedPrompt.Argument || FileAtReference.Of(argument, terminal).Reference is null)
            return OnePrompt.Open(argument, null, terminal);
        if (PromptInEnvironment.Find(argument, terminal) is { } released)
            return released.Open();
        using PromptHistory history = PromptHistory.ToRead(argument, terminal);
        OnePrompt prompt = DiffSide.Of(history, history.Resolve(history.Reference!)).Prompt(history);
        if (prompt.Model.Document.FrontMatter.Problems is [var problem, ..])
            throw new CommandFailure($"{OnePrompt.Place(prompt.Shown, prompt.Model.Document.Text, problem.Span)} {problem.Message}");
        return prompt;
    }

    private static void WriteText(PromptRun run, Terminal terminal)
    {
        ModelAnswer answer = run.Answer;
        foreach (ToolCall call in answer.ToolCalls)
            terminal.Out.WriteLine(SourceExcerpt.Visible($"[calls {call.Name} {call.Arguments}]"));
        terminal.Out.Flush();
        if (answer is { Text.Length: 0, ToolCalls.IsEmpty: true })
            terminal.Tell("the model answered nothing");
        terminal.Tell(terminal.ErrorPaint.Dim(SourceExcerpt.Visible(run.Summary)));
        if (answer.FinishReason is "length")
            terminal.Tell("the answer was cut off at its longest; `config.maxOutputTokens` says how long it may be");
        if (run.Misfit is { } misfit)
            terminal.Tell($"the answer does not fit output.schema: {misfit}");
    }

    private static void Write(OnePrompt prompt, PromptQuestion question, PromptRun run, Utf8JsonWriter writer)
    {
        (ModelAnswer answer, AnswerCost cost) = (run.Answer, run.Cost);
        writer.WriteStartObject();
        writer.Member("file", prompt.Shown);
        writer.Member("fingerprint", prompt.Fingerprint);
        writer.Member("effectiveFingerprint", prompt.EffectiveFingerprint);
        writer.Member("model", run.Asked.Name);
        writer.WriteStartArray("messages");
        foreach (RenderedMessage message in question.Rendered.Messages)
            MessagesReport.Write(message, null, writer);
        writer.WriteEndArray();
        writer.Member("answer", answer.Text);
        writer.Member("toolCalls", answer.ToolCalls.Select(c => PromptJson.Object(("name", c.Name), ("arguments", c.Arguments))));
        writer.Member("usage", Usage(cost));
        writer.Member("cost", cost.Cost is { } known ? PromptJson.Object(("amount", known.Amount), ("currency", known.Currency)) : null);
        writer.Member("latencyMs", Math.Round(answer.Latency.TotalMilliseconds, 1));
        writer.Member("firstTokenMs", answer.TimeToFirstToken is { } first ? Math.Round(first.TotalMilliseconds, 1) : null);
        writer.Member(
            "provider",
            PromptJson.Object(
                ("name", answer.Identity.Provider),
                ("model", answer.Identity.Model),
                ("fingerprint", answer.Identity.Fingerprint),
                ("region", answer.Identity.Region)
            )
        );
        writer.Member("finishReason", answer.FinishReason);
        writer.Member("schemaProblem", run.Misfit);
        writer.Member("notes", question.Notes);
        writer.WriteEndObject();
    }

    private static Dictionary<string, object?>? Usage(AnswerCost cost) => cost is { InputTokens: null, OutputTokens: null } ? null : new(StringComparer.Ordinal)
    {
        ["inputTokens"] = cost.InputTokens,
        ["outputTokens"] = cost.OutputTokens,
        ["exact"] = cost.IsExact,
    };

    /// <summary>Shows an answer piece by piece; on a screen nothing in it steers the terminal.</summary>
    private sealed class StreamedText(Terminal terminal)
    {
        private bool _isInLine;

        public void Write(string piece)
        {
            terminal.Out.Write(terminal.IsInteractive ? SourceExcerpt.VisibleLines(piece) : piece);
            terminal.Out.Flush();
            _isInLine = !piece.EndsWith('\n');
        }

        public void EndLine()
        {
            if (_isInLine)
                terminal.Out.WriteLine();
            // Both streams may go to one place, in which what follows on standard error stands on a line of its own.
            terminal.Out.Flush();
            _isInLine = false;
        }
    }
}

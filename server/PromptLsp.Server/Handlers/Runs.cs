using System.Text;
using System.Text.Json;
using PromptLsp.History;
using PromptLsp.History.Store;
using PromptLsp.Language.Rendering;
using PromptLsp.Language.Rendering.Previews;
using PromptLsp.Language.Rendering.Samples;
using PromptLsp.Language.Semantics;
using PromptLsp.Language.Text;
using PromptLsp.Models;
using PromptLsp.Models.Asking;
using PromptLsp.Models.Providers;
using PromptLsp.Server.Extensions;
using PromptLsp.Server.History;
using PromptLsp.Workspace;
using PromptLsp.Workspace.Files;
using PromptLsp.Workspace.History;
using PromptLsp.Workspace.Tokens;

namespace PromptLsp.Server.Handlers;

/// <summary>Sends a prompt to its model, because somebody asked for it. Keys stay in this process, and answers are text.</summary>
internal static class Runs
{
    public const string Command = "promptlsp.runPrompt";

    private const string ModelAdvice = "name one under `model`";

    public static async Task<object?> Answer(Session session, Snapshot now, RunParams asked, CancellationToken cancel)
    {
        var pieces = new Pieces(session, asked.Run);
        try
        {
            Asked prompt = await PromptOf(session, now, asked.TextDocument.Uri, asked.Ref);
            // What a provider does not count, we do.
            await TokenCounters.LoadAsync().WaitAsync(cancel);
            PromptQuestion question = QuestionOf(session, prompt, asked, cancel);
            PromptRun run = await question.Ask(pieces.Add, session.Clock, cancel);
            await pieces.SentAsync();
            return Result(asked.Run, prompt, question, run);
        }
        catch (ModelException failure)
        {
            throw failure.IsOfKey ? RequestFailed.ForWantOfKey(Sentence(failure.Message)) : RequestFailed.With(Sentence(failure.Message));
        }
        catch (HistoryException refused)
        {
            throw RequestFailed.With(refused.Message);
        }
    }

    /// <summary>The same for a client without a panel: the answer is a document.</summary>
    public static async Task<object?> ShowAsync(Session session, JsonElement? argument, CancellationToken cancel)
    {
        RunArgument asked = Dispatcher.Read(argument, RunArgument.Read);
        var run = (RunResult)(await Answer(session, session.Now, new(new(asked.Uri), "") { Ref = asked.Ref, Model = asked.Model }, cancel))!;
        var text = new StringBuilder(run.Answer).Append("\n\n");
        foreach (RunTool call in run.ToolCalls)
            text.Append($"[calls {call.Name} {call.Arguments}]\n");
        if (run.SchemaProblem is { } problem)
            text.Append($"[the answer does not fit output.schema: {problem}]\n");
        foreach (string note in run.Notes)
            text.Append($"[{note}]\n");
        text.Append($"[{run.Version} · {run.Summary}]\n");
        await session.Documents.ShowAsync($"answer to {Path.GetFileNameWithoutExtension(asked.Uri)}", ".txt", Markdown.Visible(text.ToString()), cancel);
        return null;
    }

    /// <summary>Whom the user could ask, and where each one's key comes from, without the keys.</summary>
    public static ProvidersResult Providers()
    {
        try
        {
            UserProviders providers = UserProviders.Read(Environment.GetEnvironmentVariable);
            IEnumerable<Provider> all = providers.All.Concat(providers.NotSetUp);
            return new([.. all.Select(p => new ProviderShape(p.Name, p.Endpoint.Host, p.KeySource) { Variable = p.Variable })]);
        }
        catch (ModelException failure)
        {
            return new([]) { Problem = Sentence(failure.Message) };
        }
    }

    /// <summary>Nothing is sent in a folder that is not trusted, whoever asks.</summary>
    public static void MustBeTrusted(Session session)
    {
        if (session.Options.Trusted == false)
            throw RequestFailed.With("Nothing is sent to a model in a folder that is not trusted.");
    }

    private sealed record Asked(string Uri, PromptModel Prompt, string Version);

    private static async Task<Asked> PromptOf(Session session, Snapshot now, string uri, string? reference)
    {
        MustBeTrusted(session);
        string? path = FileUri.ToPath(uri);
        PromptModel? open = now.FindOpen(uri) is not null ? now.Find(uri)?.Prompt : path is not null && Histories.IsKept(path) ? now.ModelOf(path) : null;
        if (reference is not null && path is not null)
        {
            PromptModel? then = (await ThenAsync(session, path, reference)).ModelOf(path);
            return new(uri, then ?? throw RequestFailed.With($"{reference} cannot be read as a prompt."), reference);
        }
        PromptModel prompt = open ?? throw RequestFailed.With($"{uri} is no prompt that could be read.");
        if (path is null || !Histories.IsKept(path) || session.Histories.Known(path)?.Head is null)
            return new(uri, prompt, "file");
        Standing standing = await session.Histories.StandingAsync(path, prompt.Document.Text.Content);
        return new(uri, prompt, standing.Version is { } version ? version.Name + (standing.IsModified ? "*" : "") : "file");
    }

    /// <summary>The workspace as it was when a version of a prompt was made.</summary>
    /// <exception cref="HistoryException">There is no such version.</exception>
    public static async Task<Snapshot> ThenAsync(Session session, string path, string reference) =>
        (
            await session.Histories.DoAsync(
                path,
                root =>
                {
                    HistoryStore store = root.Existing ?? throw new HistoryException($"{root.Root.Relative(path)} has no history yet.");
                    return PastPrompt.Of(
                        session.Histories.OnDisk,
                        root.Root,
                        path,
                        store,
                        store.Resolve(root.Root.Relative(path), reference),
                        session.Options.Trusted == true,
                        CancellationToken.None
                    );
                }
            )
        )?.Then
        ?? throw new HistoryException("The history cannot be used now.");

    private static PromptQuestion QuestionOf(Session session, Asked asked, RunParams parameters, CancellationToken cancel)
    {
        PromptModel prompt = asked.Prompt;
        if (PreviewMarkdown.WhyNone(prompt) is { } why)
            throw RequestFailed.With(why);
        if (prompt.Document.FrontMatter.Problems is [var problem, ..])
            throw RequestFailed.With(Sentence(problem.Message));
        SampleChoice choice = session.Samples.Of(asked.Uri, prompt) ?? SampleChoice.Of(prompt);
        RenderedPrompt rendered = Renderer.Render(prompt, choice.Inputs, RenderLimits.Command, cancel);
        if (rendered.Failure is { } failure)
            throw RequestFailed.With($"The prompt does not render: {failure.Reason}");
        UserProviders providers = UserProviders.Read(Environment.GetEnvironmentVariable);
        return PromptQuestion.Of(prompt, rendered, AskedModel.Of(prompt, prompt.Environment.FileName, parameters.Model, providers, ModelAdvice));
    }

    private static RunResult Result(string name, Asked asked, PromptQuestion question, PromptRun run) =>
        new(name, asked.Version, Fingerprint.Of(asked.Prompt.Document.Text.Content), run.Asked.Name, run.Answer.Text, run.Summary)
        {
            ToolCalls = [.. run.Answer.ToolCalls.Select(c => new RunTool(c.Name, c.Arguments))],
            Notes = [.. question.Notes],
            SchemaProblem = run.Misfit,
            FinishReason = run.Answer.FinishReason,
            Cost = run.Cost.Cost is { } cost ? (run.Cost.IsExact ? "" : "≈ ") + cost : null,
            InputTokens = run.Cost.InputTokens,
            OutputTokens = run.Cost.OutputTokens,
            LatencyMs = (long)run.Answer.Latency.TotalMilliseconds,
            FirstTokenMs = (long?)run.Answer.TimeToFirstToken?.TotalMilliseconds,
        };

    private static string Sentence(string line) => char.ToUpperInvariant(line[0]) + line[1..] + (line.EndsWith('.') ? "" : ".");

    private sealed record RunArgument(string Uri, string? Ref, string? Model)
    {
        public static RunArgument Read(JsonElement from) =>
            new(Rpc.Received.String(from, "uri"), Rpc.Received.OptionalString(from, "ref"), Rpc.Received.OptionalString(from, "model"));
    }

    /// <summary>Tells the client what has come of an answer, in order, and not more often than eyes can follow.</summary>
    private sealed class Pieces(Session session, string run)
    {
        private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(30);

        private readonly Lock _lock = new();
        private readonly StringBuilder _text = new();
        private Task? _sending;

        public void Add(string piece)
        {
            if (run.Length == 0)
                return;
            lock (_lock)
            {
                _text.Append(piece);
                _sending ??= SendAsync();
            }
        }

        /// <summary>Done when all has been told.</summary>
        public Task SentAsync()
        {
            lock (_lock)
                return _sending ?? Task.CompletedTask;
        }

        private async Task SendAsync()
        {
            while (true)
            {
                await Task.Delay(Pause, session.Clock);
                string text;
                lock (_lock)
                {
                    text = _text.ToString();
                    _text.Clear();
                    if (text.Length == 0)
                    {
                        _sending = null;
                        return;
                    }
                }
                await session.Client.TellAsync("promptlsp/runPiece", ("run", run), ("text", text));
            }
        }
    }
}

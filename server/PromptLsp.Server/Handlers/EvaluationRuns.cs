using System.Collections.Immutable;
using PromptLsp.Evaluation.Files;
using PromptLsp.Evaluation.Results;
using PromptLsp.Evaluation.Running;
using PromptLsp.Evaluation.Statistics;
using PromptLsp.History;
using PromptLsp.History.Store;
using PromptLsp.Language.Rendering;
using PromptLsp.Language.Semantics;
using PromptLsp.Models;
using PromptLsp.Models.Providers;
using PromptLsp.Server.Extensions;
using PromptLsp.Workspace;
using PromptLsp.Workspace.Files;

namespace PromptLsp.Server.Handlers;

/// <summary>Runs an evaluation of the prompt as it is, because somebody asked for it, and says of each row what became of it.</summary>
internal static class EvaluationRuns
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    public static async Task<object?> Answer(Session session, Snapshot now, EvaluateParams asked, CancellationToken cancel)
    {
        Runs.MustBeTrusted(session);
        if (FileUri.ToPath(asked.TextDocument.Uri) is not { } path || !EvaluationFiles.MayBe(path))
            throw RequestFailed.With($"{asked.TextDocument.Uri} is no evaluation; evaluations stand in a folder `{EvaluationFiles.Folder}`.");
        Root root = now.Roots.Of(path);
        EvaluationFile file = EvaluationReader.Read(path, root, root.Relative, p => Evaluations.TextOf(now, p));
        if (file.Problems is [var problem, ..])
            return new TestResults([]) { Error = problem };
        try
        {
            await Workspace.Tokens.TokenCounters.LoadAsync().WaitAsync(cancel);
            UserProviders providers = UserProviders.Read(Environment.GetEnvironmentVariable);
            Side side = SideOf(now, root, "file", file.Prompt, null, providers);
            ImmutableArray<Side> sides = asked.Compare ? [await TaggedAsync(session, root, file.Prompt, providers), side] : [side];
            if (sides.FirstOrDefault(s => s.ModelName != side.ModelName || s.Parameters != side.Parameters) is { } other)
                return new TestResults([])
                {
                    Error = $"{other.Name} and {side.Name} are not compared, since the model or its parameters (`config`) changed too",
                };
            using RunStore store = RunStore.Open(root.Folder, session.Clock);
            var options = new RunOptions
            {
                Clock = session.Clock,
                Judge = a => SideOf(now, root, "judge", Path.Join(root.Folder, (string)a.Member("rubric")!), a.Member("model") as string, providers),
                Told = new Teller(session, asked.Run, side).Tell,
            };
            RunOutcome outcome = await EvaluationRunner.Run(file, root.Relative(path), sides, store, options, cancel);
            return Results(file, root.Relative(path), root.Relative(file.Prompt), outcome, path, asked.TextDocument.Uri);
        }
        catch (Exception failure) when (failure is ModelException or EvaluationException or RunStoreException or HistoryException)
        {
            return new TestResults([]) { Error = failure.Message };
        }
    }

    private static async Task<Side> TaggedAsync(Session session, Root root, string path, UserProviders providers)
    {
        string tag =
            (await session.Histories.KnownAsync(path)).Tagged?.Tag
            ?? throw new EvaluationException($"`{root.Relative(path)}` has no tagged version to compare with; tag the one that works");
        Snapshot then = await Runs.ThenAsync(session, path, tag);
        return SideOf(then, root, tag, path, null, providers);
    }

    private static Side SideOf(Snapshot now, Root root, string version, string path, string? model, UserProviders providers)
    {
        PromptModel prompt = now.ModelOf(path) ?? throw new EvaluationException($"`{root.Relative(path)}` cannot be read as a prompt");
        if (prompt.Document.FrontMatter.Problems is [var problem, ..])
            throw new EvaluationException($"`{root.Relative(path)}`: {problem.Message}");
        prompt = new(prompt.Document, prompt.Environment with { Tokens = Workspace.Tokens.TokenCounters.For });
        var asked = AskedModel.Of(prompt, root.Relative(path), model, providers, "name one under `model`");
        string fingerprint = Fingerprint.Effective(
            Fingerprint.Of(prompt.Document.Text.Content),
            [.. Dependencies.Of(prompt, root, now).OrderBy(d => d.Path, StringComparer.Ordinal)]
        );
        return new(version, prompt, fingerprint, asked.Name, asked.Route.Model, asked.Provider, asked.Prices, asked.Counter(prompt));
    }

    private static TestResults Results(EvaluationFile file, string name, string prompt, RunOutcome outcome, string path, string uri)
    {
        var result = EvaluationResult.Of(file, name, prompt, outcome, Gate.None, allowsMismatch: false);
        // Of a comparison the newer side is shown by row; what flipped is in the report.
        return new([.. result.Rows.Where(r => r.Side == outcome.Sides[^1].Side.Name).Select(Row)])
        {
            Text = EvaluationText.Of(result),
            Page = EvaluationHtml.Of(result),
        };

        TestResult Row(RowResult row)
        {
            (string file, int line) = row.Row.At;
            string place = file == path ? uri : FileUri.FromPath(file),
                word = row.Outcome switch
                {
                    RowOutcome.Passed => "passed",
                    RowOutcome.Failed => "failed",
                    _ => "not-run",
                };
            return new(row.Row.Id, word, [.. row.Messages.Select(text => new TestMessage(text, place, new(new(line, 0), new(line, 0))))]);
        }
    }

    /// <summary>Tells the client how far it is, not more often than eyes can follow.</summary>
    private sealed class Teller(Session session, string run, Side side)
    {
        private readonly Lock _lock = new();
        private long _last;

        public void Tell(int done, int total, double spent)
        {
            lock (_lock)
            {
                if (_last != 0 && session.Clock.GetElapsedTime(_last) < Pause && done < total)
                    return;
                _last = session.Clock.GetTimestamp();
            }
            _ = session
                .Client.TellAsync(
                    "promptlsp/evaluating",
                    ("run", run),
                    ("done", done),
                    ("total", total),
                    ("cost", new Cost(spent, side.Prices?.Currency ?? "USD").ToString())
                )
                .ContinueWith(static told => _ = told.Exception, TaskScheduler.Default);
        }
    }
}

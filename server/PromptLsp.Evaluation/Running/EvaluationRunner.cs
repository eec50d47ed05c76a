using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using PromptLsp.Evaluation.Files;
using PromptLsp.Evaluation.Statistics;
using PromptLsp.History;
using PromptLsp.Language.Rendering;
using PromptLsp.Language.Semantics;
using PromptLsp.Models;
using PromptLsp.Models.Asking;
using PromptLsp.Models.Clients;

namespace PromptLsp.Evaluation.Running;

/// <summary>How an evaluation is run.</summary>
public sealed record RunOptions
{
    /// <summary>Questions under way at once.</summary>
    public int Parallel { get; init; } = 4;

    /// <summary>What all answers together may cost, in the workspace's currency; null for no limit.</summary>
    public double? Budget { get; init; }

    /// <summary>How often one question is asked before it counts as not measured.</summary>
    public int Attempts { get; init; } = 5;

    /// <summary>The pause before the second attempt; each further one is twice as long.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Stops as soon as the evidence is enough, which is looked at after every row.</summary>
    public bool StopsEarly { get; init; }

    public AskLimits Limits { get; init; } = new();

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>The prompt of a judge, and the model that it is asked of.</summary>
    public Func<AnswerAssertion, Side>? Judge { get; init; }

    /// <summary>Is told after each answer: how many there are, of how many, and what they cost so far.</summary>
    public Action<int, int, double>? Told { get; init; }
}

/// <summary>What came of asking.</summary>
/// <param name="Sides">In the order given.</param>
/// <param name="NotMeasured">Questions without an answer, and why, one line each.</param>
/// <param name="Stopped">Why not all was asked; null where it was.</param>
public sealed record RunOutcome(ImmutableArray<MeasuredSide> Sides, ImmutableArray<string> NotMeasured, string? Stopped)
{
    /// <summary>The evidence was enough before all rows were asked.</summary>
    public bool StoppedEarly { get; init; }

    /// <summary>What all answers cost, as far as it is known.</summary>
    public double Spent { get; init; }
}

/// <param name="Answers">By row and repeat.</param>
/// <param name="EarlierLooks">How often this side was evaluated before on the same rows.</param>
public sealed record MeasuredSide(Side Side, ImmutableArray<MeasuredAnswer> Answers, int EarlierLooks);

/// <summary>Asks every row of every side, the sides interleaved in random order, and keeps each answer as it comes.</summary>
public sealed class EvaluationRunner
{
    // A prompt that sets no limit is priced as if its answer were this long.
    private const int SupposedAnswer = 4096;

    private readonly EvaluationFile _file;
    private readonly string _name;
    private readonly ImmutableArray<Side> _sides;
    private readonly RunStore _store;
    private readonly RunOptions _options;
    private readonly PatientAsker _asker;
    private readonly ConcurrentQueue<string> _notMeasured = new();
    private readonly ConcurrentDictionary<(int Side, string Row, int Repeat), MeasuredAnswer> _answers = new();
    private readonly Lock _money = new();
    private double _spent, _reserved;
    private volatile string? _stopped;
    private volatile bool _isEnough;

    private EvaluationRunner(EvaluationFile file, string name, ImmutableArray<Side> sides, RunStore store, RunOptions options) =>
        (_file, _name, _sides, _store, _options, _asker) = (file, name, sides, store, options, new(options));

    /// <param name="name">The evaluation's path from its root.</param>
    /// <exception cref="ModelException">A model cannot be asked at all.</exception>
    /// <exception cref="RunStoreException">Answers cannot be kept.</exception>
    public static Task<RunOutcome> Run(
        EvaluationFile file,
        string name,
        ImmutableArray<Side> sides,
        RunStore store,
        RunOptions options,
        CancellationToken cancel
    ) => new EvaluationRunner(file, name, sides, store, options).Run(cancel);

    private async Task<RunOutcome> Run(CancellationToken cancel)
    {
        MustRender(cancel);
        MustBePriced();
        ImmutableArray<int> looks = [.. _sides.Select(s => _store.EarlierLooks(_name, s, _file.DataHash, _file.AssertionsHash))];
        ImmutableArray<Run> runs = [.. _sides.Select(s => _store.Begin(_name, s, _file.DataHash, _file.AssertionsHash, _file.Repeat))];
        for (int side = 0; side < runs.Length; side++)
        {
            foreach (MeasuredAnswer answer in runs[side].Answers)
                _answers[(side, answer.Row, answer.Repeat)] = answer;
        }
        _spent = _answers.Values.Sum(a => a.Cost ?? 0);
        using (_asker)
        {
            var asked = new ParallelOptions { MaxDegreeOfParallelism = _options.Parallel, CancellationToken = cancel };
            await Parallel.ForEachAsync(
                Turns().Where(t => !_answers.ContainsKey((t.Side, t.Row.Id, t.Repeat))),
                asked,
                async (turn, stop) => await Take(turn, runs[turn.Side].Id, stop)
            );
        }
        if (_isEnough || (_stopped is null && _notMeasured.IsEmpty))
        {
            foreach (Run run in runs)
                _store.End(run.Id);
        }
        return new([.. _sides.Select((s, i) => new MeasuredSide(s, Of(i), looks[i]))], [.. _notMeasured.Order(StringComparer.Ordinal)], _stopped)
        {
            StoppedEarly = _isEnough,
            Spent = _spent,
        };
    }

    // Before anything is sent and paid for.
    private void MustRender(CancellationToken cancel)
    {
        foreach (Side side in _sides)
        {
            foreach (EvaluationRow row in _file.Rows)
            {
                if (Missing(side.Prompt.Header, row) is { Length: > 0 } missing)
                    throw new EvaluationException($"{row.Place}: the row `{row.Id}` lacks {missing}, which `{side.Version}` of the prompt needs");
                if (Render(side.Prompt, row.Input, cancel).Failure is { } failure)
                    throw new EvaluationException($"{row.Place}: `{side.Version}` of the prompt does not render with the row `{row.Id}`: {failure.Reason}");
            }
        }
    }

    private static string Missing(PromptHeader header, EvaluationRow row) =>
        string.Join(
            ", ",
            header
                .Inputs.Fields.Where(f => !f.IsOptional && !f.Type.IsAny && !row.Input.ContainsKey(f.Name) && !header.Defaults.ContainsKey(f.Name))
                .Select(f => $"`{f.Name}`")
        );

    private void MustBePriced()
    {
        if (
            _options.Budget is not null
            && _sides.FirstOrDefault(s => s.Prices is not { InputPrice: not null, OutputPrice: not null } || s.Counter is null) is { } unpriced
        )
            throw new EvaluationException($"no budget can be kept: promptlsp.yaml has no prices of `{unpriced.ModelName}`");
    }

    /// <summary>One question: a row, put to a side.</summary>
    private readonly record struct Turn(int Side, EvaluationRow Row, int Repeat);

    // Rows in random order, and within a row the sides too: a provider that slows down slows all of them down.
    private IEnumerable<Turn> Turns()
    {
        var random = new RandomBits(Convert.ToUInt64(_file.DataHash[..16], 16));
        Turn[][] rows =
        [
            .. from repeat in Enumerable.Range(0, _file.Repeat)
            from row in _file.Rows
            select (Turn[])[.. _sides.Select((_, side) => new Turn(side, row, repeat))],
        ];
        random.Shuffle<Turn[]>(rows);
        foreach (Turn[] row in rows)
            random.Shuffle<Turn>(row);
        return rows.SelectMany(r => r);
    }

    private async Task Take(Turn turn, long run, CancellationToken cancel)
    {
        if (_stopped is not null || _isEnough)
            return;
        Side side = _sides[turn.Side];
        RenderedPrompt rendered = Render(side.Prompt, turn.Row.Input, cancel);
        double reserved = Estimate(side, rendered);
        if (!Reserve(reserved))
            return;
        try
        {
            (ModelAnswer answer, int retries) = await _asker.Ask(side, rendered, cancel);
            MeasuredAnswer measured = await Measure(turn, side, rendered, answer, cancel) with { Retries = retries };
            _store.Keep(run, measured);
            _answers[(turn.Side, turn.Row.Id, turn.Repeat)] = measured;
            Pay(measured.Cost ?? 0);
            LookAtEvidence();
        }
        catch (ModelException failure) when (failure.Fault is not (ModelFault.NoProvider or ModelFault.Refused))
        {
            _notMeasured.Enqueue($"row {turn.Row.Id}, {side.Name}: {failure.Message}");
        }
        finally
        {
            lock (_money)
                _reserved -= reserved;
            _options.Told?.Invoke(_answers.Count, _sides.Length * _file.Rows.Length * _file.Repeat, _spent);
        }
    }

    private bool Reserve(double amount)
    {
        lock (_money)
        {
            if (_options.Budget is { } budget && _spent + _reserved + amount > budget)
            {
                _stopped ??= string.Create(CultureInfo.InvariantCulture, $"the budget of {budget} would have been passed: {_spent:0.####} is spent");
                return false;
            }
            _reserved += amount;
            return true;
        }
    }

    // Our own count can be too small for other vendors' models.
    private static double Estimate(Side side, RenderedPrompt rendered)
    {
        if (side is not { Prices: { InputPrice: { } input, OutputPrice: { } output }, Counter: { } counter })
            return 0;
        double tokens = rendered.Messages.Sum(m => counter.Count(m.Text) + 10) * (counter.IsExact ? 1 : 1 + TokenCount.Tolerance);
        int longest = ModelRequest.Of(side.Prompt, rendered, side.ModelId, side.Provider.Kind).Options.MaxOutputTokens ?? SupposedAnswer;
        return ((input * tokens) + (output * longest)) / 1_000_000;
    }

    private async Task<MeasuredAnswer> Measure(Turn turn, Side side, RenderedPrompt rendered, ModelAnswer answer, CancellationToken cancel)
    {
        AnswerCost cost = AnswerCost.Of(answer, rendered.Messages.Select(m => m.Text), side.Prices, side.Counter);
        var failures = ImmutableArray.CreateBuilder<string>();
        var scores = new List<double>();
        string text = TextOf(answer);
        foreach (AnswerAssertion assertion in _file.Expect.Concat(turn.Row.Expect))
        {
            string? problem;
            if (assertion.Kind == "judge")
            {
                double score = await Judging.Score(assertion, new(MessageText.Of(rendered), turn.Row.Input, text), _options, _asker, Pay, cancel);
                scores.Add(score);
                problem =
                    score >= Convert.ToDouble(assertion.Member("at-least"), CultureInfo.InvariantCulture)
                        ? null
                        : string.Create(CultureInfo.InvariantCulture, $"{assertion.Member("rubric")} gives {score:0.##}");
            }
            else
            {
                problem = AnswerCheck.Problem(assertion, answer, cost, side.Prompt);
                if (assertion.Kind == "levenshtein")
                    scores.Add(AnswerCheck.Similarity(assertion, answer.Text));
            }
            if (problem is not null)
                failures.Add($"{assertion.Kind}: {problem}");
        }
        return new()
        {
            Row = turn.Row.Id,
            Repeat = turn.Repeat,
            Passed = failures.Count == 0,
            Score = scores.Count == 0 ? null : scores.Average(),
            Text = _file.KeepsHashes ? null : text,
            TextHash = Sha256.Hex(text),
            Shape = AnswerShape.Of(answer, text),
            // What did not hold can quote the answer.
            Failures = _file.KeepsHashes ? [.. failures.Select(f => f.Split(':')[0])] : failures.ToImmutable(),
            InputTokens = cost.InputTokens,
            OutputTokens = cost.OutputTokens,
            IsExact = cost.IsExact,
            Cost = cost.Cost?.Amount,
            LatencyMs = answer.Latency.TotalMilliseconds,
            FirstTokenMs = answer.TimeToFirstToken?.TotalMilliseconds,
            Identity = answer.Identity.ToString(),
        };
    }

    private static string TextOf(ModelAnswer answer) => answer.Text + string.Concat(answer.ToolCalls.Select(c => $"\n[calls {c.Name} {c.Arguments}]"));

    private void Pay(double amount)
    {
        lock (_money)
            _spent += amount;
    }

    private void LookAtEvidence()
    {
        if (!_options.StopsEarly)
            return;
        PairedCounts counts = PairedCounts.Of(
            from row in _file.Rows
            where _answers.ContainsKey((0, row.Id, 0)) && _answers.ContainsKey((1, row.Id, 0))
            select (_answers[(0, row.Id, 0)].Passed, _answers[(1, row.Id, 0)].Passed));
        if (EProcess.Stops(counts.Wins, counts.Losses))
            _isEnough = true;
    }

    private static RenderedPrompt Render(PromptModel prompt, IReadOnlyDictionary<string, object?> input, CancellationToken cancel) =>
        Renderer.Render(prompt, new Inputs { Values = input }, RenderLimits.Command, cancel);

    private ImmutableArray<MeasuredAnswer> Of(int side) =>
        [
            .. from row in _file.Rows
            from repeat in Enumerable.Range(0, _file.Repeat)
            where _answers.ContainsKey((side, row.Id, repeat))
            select _answers[(side, row.Id, repeat)],
        ];
}

/// <summary>An evaluation cannot be run as it is. The message is one line: where, why, what to do.</summary>
public sealed class EvaluationException(string message) : Exception(message);

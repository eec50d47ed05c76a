using System.Text.Json;
using Microsoft.Data.Sqlite;
using PromptLsp.Testing;
using Xunit;

namespace PromptLsp.Cli.Tests;

/// <summary><c>promptlsp drift</c> against a server whose answers are dialled.</summary>
public sealed class DriftTests : IAsyncDisposable
{
    private readonly Shell _shell = new();
    private readonly ModelServer _server = new("good");

    public DriftTests()
    {
        _shell.Variables["XDG_CONFIG_HOME"] = _server.Configure(_shell.Folder, "sk-test-0123456789");
        _shell.With("promptlsp.yaml", "models:\n  test/small: { input: 1, output: 2 }\n")
            .With("a.prompt", "---\nmodel: test/small\ninput: { schema: { ticket: string } }\n---\nTicket {{ ticket }}.\n")
            .With("data.jsonl", string.Concat(Enumerable.Range(1, 20).Select(i => $"{{\"id\": \"t{i}\", \"input\": {{\"ticket\": \"<{i}>\"}}}}\n")))
            .With("e.yaml", "prompt: a.prompt\ndata: data.jsonl\nexpect: [{ contains: good }]\n");
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _shell.Dispose();
    }

    [Fact]
    public async Task A_baseline_takes_two_days()
    {
        Assert.Equal(2, await _shell.Run("drift check e.yaml"));
        Assert.Equal("promptlsp: there is no baseline of e.yaml; `promptlsp drift record e.yaml` begins one, today and again tomorrow\n", _shell.Error);
        Assert.Equal(0, await _shell.Run("drift record e.yaml"));
        Assert.Equal("100 of 100 answers passed; the baseline has 5 of 10 answers a row, on 1 of 2 days: record again on another day\n", _shell.Out);
        Assert.Equal(0, await _shell.Run("drift record e.yaml"));
        Assert.Equal(5, await _shell.Run("drift check e.yaml"));
        Assert.Matches("the baseline of [0-9-]+ is not complete: promptlsp drift record e.yaml", _shell.Out);
        Later(days: 1);
        Assert.Equal(0, await _shell.Run("drift record e.yaml --answers 1"));
        Assert.Equal("the baseline of e.yaml is complete: 220 of 220 answers passed; promptlsp drift check e.yaml compares with it\n", _shell.Out);
        Assert.Equal(2, await _shell.Run("drift record e.yaml"));
        Assert.Matches("^promptlsp: the baseline of [0-9-]+ is complete; a new one in its place needs a reason: -m WHY\n$", _shell.Error);
        Assert.Equal(0, await _shell.Run("drift record e.yaml -m \"the provider announced a new model\""));
        Assert.Equal(0, await _shell.Run("drift log e.yaml"));
        Assert.Matches(@"^[0-9-]+ [0-9:]+  e\.yaml  baseline  the provider announced a new model\n", _shell.Out);
        // Recording is no look at the rows of a comparison.
        Assert.Equal(0, await _shell.Run("eval e.yaml --format json"));
        Assert.DoesNotContain("looked at", _shell.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_answers_are_steady()
    {
        await Baseline();
        int before = _server.Questions.Count;
        Assert.Equal(0, await _shell.Run("drift check e.yaml"));
        Assert.StartsWith(
            "e.yaml · a.prompt · test/small\nsteady: nothing shows that the answers changed\n  passed   100.0 % of 220 then, 100.0 % of 60 now (p = 1.000, 20 probes)\n",
            _shell.Out,
            StringComparison.Ordinal
        );
        Assert.Equal(before + 60, _server.Questions.Count);
    }

    [Fact]
    public async Task Probes_that_fail_now_are_found_and_named_with_who_answered()
    {
        await Baseline();
        int before = _server.Questions.Count;
        _server.Answer = q => new() { Text = IsOneOf(q, 3, 7, 11, 15) ? "I'm sorry, but I can't help with that." : "good", Fingerprint = "fp-2" };
        Assert.Equal(1, await _shell.Run("drift check e.yaml"));
        Assert.Contains("behaviour shifted; prompt the same; provider identity test model-1 fp-1 → test model-1 fp-2\n", _shell.Out, StringComparison.Ordinal);
        foreach (int row in (int[])[3, 7, 11, 15])
            Assert.Contains($"    worse  t{row}  11 of 11 then, 0 of 8 now; contains: \"good\" is not in", _shell.Out, StringComparison.Ordinal);
        Assert.Equal(4, _shell.Out.Split("    worse  ").Length - 1);
        Assert.Contains("  refusals 0.0 % then, 20.0 % now (p < 0.001)\n", _shell.Out, StringComparison.Ordinal);
        Assert.Equal(before + 160, _server.Questions.Count);
        // Once more within a week: the baseline may be to blame.
        Assert.Equal(1, await _shell.Run("drift check e.yaml --format markdown"));
        Assert.Contains("this is the second alarm within a week", _shell.Out, StringComparison.Ordinal);
        Later(days: 8);
        Assert.Equal(1, await _shell.Run("drift check e.yaml --format json"));
        JsonElement told = JsonDocument.Parse(_shell.Out).RootElement;
        Assert.Equal("shifted", told.GetProperty("outcome").GetString());
        Assert.DoesNotContain("second alarm", told.GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.Equal(4, told.GetProperty("probes").EnumerateArray().Count(p => p.GetProperty("worse").GetBoolean()));
        Assert.Equal("test model-1 fp-2", told.GetProperty("identities").GetProperty("now")[0].GetString());
        Assert.Equal(0, await _shell.Run("drift log --format json"));
        Assert.Equal(
            ["shifted", "shifted", "shifted", "ready", "baseline"],
            JsonDocument.Parse(_shell.Out).RootElement.EnumerateArray().Select(e => e.GetProperty("kind").GetString())
        );
    }

    // One bad night of three answers is asked about again, and then is none.
    [Fact]
    public async Task What_only_looks_worse_is_no_alarm()
    {
        await Baseline();
        int asked = 0;
        _server.Answer = q => new() { Text = IsOneOf(q, 3, 7) && Interlocked.Increment(ref asked) <= 2 ? "bad" : "good" };
        Assert.Equal(0, await _shell.Run("drift check e.yaml --parallel 1 --format json"));
        JsonElement told = JsonDocument.Parse(_shell.Out).RootElement;
        Assert.Equal("steady", told.GetProperty("outcome").GetString());
        Assert.Equal(8, told.GetProperty("probes")[0].GetProperty("now").GetInt32());
    }

    [Theory]
    [InlineData(429)]
    [InlineData(400)]
    [InlineData(401)]
    public async Task Errors_are_no_drift(int status)
    {
        await Baseline();
        _server.Answer = q => IsOneOf(q, 3) ? new() { Status = status, RetryAfter = "0" } : new() { Text = "bad" };
        Assert.Equal(5, await _shell.Run("drift check e.yaml"));
        Assert.Contains("could not be measured: ", _shell.Out, StringComparison.Ordinal);
        Assert.Equal(0, await _shell.Run("drift log --format json"));
        Assert.Equal("not-measured", JsonDocument.Parse(_shell.Out).RootElement[0].GetProperty("kind").GetString());
    }

    [Theory]
    [InlineData("a.prompt", "Ticket", "The ticket", "the prompt")]
    [InlineData("data.jsonl", "<1>", "<one>", "the rows")]
    [InlineData("e.yaml", "good", "goo", "what must hold of answers, or a judge's rubric")]
    public async Task Another_prompt_or_other_data_is_no_drift(string file, string old, string @new, string changed)
    {
        await Baseline();
        int before = _server.Questions.Count;
        _shell.With(file, _shell.Read(file).Replace(old, @new, StringComparison.Ordinal));
        Assert.Equal(5, await _shell.Run("drift check e.yaml"));
        Assert.Matches(
            $"the baseline of [0-9-]+ is of something else: changed since are {changed}; record a new one: promptlsp drift record e.yaml -m WHY\n",
            _shell.Out
        );
        Assert.Equal(2, await _shell.Run("drift record e.yaml"));
        Assert.Equal(before, _server.Questions.Count);
    }

    [Fact]
    public async Task Old_baselines_are_not_compared_with()
    {
        await Baseline();
        Later(days: 100);
        Assert.Equal(5, await _shell.Run("drift check e.yaml"));
        Assert.Contains("is 100 days old, and says nothing of today", _shell.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_judge_that_drifts_is_told_from_a_prompt_that_does()
    {
        _shell.With("judges/tone.prompt", "---\nmodel: test/judge\n---\nRate this: {{ answer }}\n")
            .With("e.yaml", "prompt: a.prompt\ndata: data.jsonl\nexpect: [{ judge: { rubric: judges/tone.prompt, at-least: 0.5 } }]\n");
        _server.Answer = q => new() { Text = q.Model == "judge" ? "0.8" : "fine" };
        await Baseline();
        Assert.Equal(0, await _shell.Run("drift check e.yaml"));
        _server.Answer = q => new() { Text = q.Model == "judge" ? "0.3" : "fine" };
        Assert.Equal(1, await _shell.Run("drift check e.yaml"));
        Assert.Contains("the judge judges/tone.prompt shifted: it gives the same 8 answers 0.30 where it gave 0.80; ", _shell.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("behaviour shifted", _shell.Out, StringComparison.Ordinal);
        // The prompt drifts, and the judge says so.
        _server.Answer = q => new() { Text = q.Model == "judge" ? q.Messages.Contains("rude", StringComparison.Ordinal) ? "0.1" : "0.8" : "rude" };
        Assert.Equal(1, await _shell.Run("drift check e.yaml"));
        Assert.Contains("behaviour shifted", _shell.Out, StringComparison.Ordinal);
        _server.Answer = _ => new() { Text = "nonsense" };
        Assert.Equal(5, await _shell.Run("drift check e.yaml"));
    }

    [Fact]
    public async Task Erased_runs_leave_no_baseline()
    {
        await Baseline();
        Assert.Equal(0, await _shell.Run("runs forget e.yaml"));
        Assert.Equal(2, await _shell.Run("drift check e.yaml"));
        Assert.Equal(0, await _shell.Run("drift log"));
        Assert.Equal("", _shell.Out);
    }

    private async Task Baseline()
    {
        Assert.Equal(0, await _shell.Run("drift record e.yaml --answers 10"));
        Later(days: 1);
        Assert.Equal(0, await _shell.Run("drift record e.yaml --answers 1"));
    }

    private static bool IsOneOf(ModelQuestion question, params int[] rows) =>
        rows.Any(r =>
            question.Messages.Contains($"Ticket \\u003C{r}\\u003E", StringComparison.OrdinalIgnoreCase)
            || question.Messages.Contains($"Ticket <{r}>", StringComparison.Ordinal)
        );

    // All that is in the store happened so much earlier.
    private void Later(int days)
    {
        using var store = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = Path.Combine(_shell.Folder, ".promptlsp", "runs.db"), Pooling = false }.ToString()
        );
        store.Open();
        foreach (
            (string table, string column) in ((string, string)[])
                [("answers", "at"), ("drift_checks", "at"), ("drift_baselines", "begun"), ("drift_baselines", "ready")]
        )
        {
            using SqliteCommand command = store.CreateCommand();
#pragma warning disable CA2100 // The names stand above.
            command.CommandText = $"UPDATE {table} SET {column} = strftime('%Y-%m-%dT%H:%M:%fZ', {column}, '-{days} days')";
#pragma warning restore CA2100
            command.ExecuteNonQuery();
        }
    }
}

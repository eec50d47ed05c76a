using System.Text.Json;
using System.Text.RegularExpressions;
using PromptLsp.Testing;
using Xunit;

namespace PromptLsp.Cli.Tests;

/// <summary><c>promptlsp eval</c> against a server whose answers are dialled.</summary>
public sealed partial class EvalTests : IAsyncDisposable
{
    private const string Key = "sk-test-0123456789", Secret = "customer 4711 is angry";

    private readonly Shell _shell = new();
    private readonly ModelServer _server = new("good");

    public EvalTests()
    {
        _shell.Variables["XDG_CONFIG_HOME"] = _server.Configure(_shell.Folder, Key);
        _shell.With("promptlsp.yaml", "models:\n  test/small: { input: 1, output: 2 }\n  test/large: { input: 10, output: 20 }\n");
        Prompt("Answer");
        Rows(60);
        Evaluation("");
    }

    public async ValueTask DisposeAsync()
    {
        foreach (
            string file in Directory
                .EnumerateFiles(_shell.Folder, "*", SearchOption.AllDirectories)
                .Where(f => !f.EndsWith("providers.yaml", StringComparison.Ordinal))
        )
            Assert.DoesNotContain(Key, await File.ReadAllTextAsync(file), StringComparison.Ordinal);
        Assert.DoesNotContain(Key, _shell.Out + _shell.Error, StringComparison.Ordinal);
        await _server.DisposeAsync();
        _shell.Dispose();
    }

    [Fact]
    public async Task One_side_alone_is_measured()
    {
        Answers(wrong: new() { ["Answer"] = [3, 7] });
        Assert.Equal(0, await _shell.Run("eval e.yaml"));
        Assert.Equal("e.yaml · a.prompt · 60 rows\n", _shell.Out[..(_shell.Out.IndexOf('\n', StringComparison.Ordinal) + 1)]);
        Assert.Contains("file · test/small  58 of 60, 96.7 % (88.6–99.1)  $0.14 per 1,000 calls", _shell.Out, StringComparison.Ordinal);
        Assert.Contains("    failed  3  contains: \"good\" is not in \"bad\"\n    failed  7  ", _shell.Out, StringComparison.Ordinal);
        Assert.Equal(60, _server.Questions.Count);
    }

    // A prompt is changed, it looks better, and it is not.
    [Fact]
    public async Task What_looks_better_is_not_called_so()
    {
        await Versions("Answer", "Answer kindly");
        Answers(wrong: new() { ["Answer"] = [1, 2, 3, 4, 5, 6], ["Answer kindly"] = [5, 6, 7] });
        Assert.Equal(0, await _shell.Run("eval e.yaml --ref v1"));
        Assert.Contains(
            "v1 · test/small → file · test/small\n  passed inconclusive: an evaluation of about 260 rows would tell; +5.0 points",
            _shell.Out,
            StringComparison.Ordinal
        );
        Assert.Equal(["lost  7", "won   1", "won   2", "won   3", "won   4"], Flipped());
        Assert.Equal(0, await _shell.Run("eval e.yaml --ref v1 --gate non-inferior"));
        Evaluation("compare: { delta: 0.02 }\n");
        Assert.Equal(4, await _shell.Run("eval e.yaml --ref v1 --gate non-inferior"));
        Assert.Contains("note: these rows were looked at 2 times before", _shell.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_better_is_called_so()
    {
        await Versions("Answer", "Answer well");
        Answers(wrong: new() { ["Answer"] = [.. Enumerable.Range(1, 14)], ["Answer well"] = [1, 60] });
        Assert.Equal(0, await _shell.Run("eval e.yaml --ref v1 --gate no-proven-regression --format json"));
        JsonElement told = JsonDocument.Parse(_shell.Out).RootElement,
            comparison = told.GetProperty("comparisons")[0];
        Assert.Equal(
            ("better", "passed", 60, 14),
            (
                comparison.GetProperty("verdict").GetString(),
                told.GetProperty("outcome").GetString(),
                comparison.GetProperty("rows").GetInt32(),
                comparison.GetProperty("differing").GetInt32()
            )
        );
        Assert.Equal(0.2, comparison.GetProperty("difference").GetDouble(), 6);
    }

    [Fact]
    public async Task A_change_for_the_worse_is_stopped_with_the_rows_that_flipped()
    {
        await Versions("Answer", "Answer badly");
        Answers(wrong: new() { ["Answer badly"] = [.. Enumerable.Range(1, 12)] });
        Assert.Equal(1, await _shell.Run("eval e.yaml --ref v1 --gate no-proven-regression --format markdown --html report.html"));
        Assert.Contains("- passed: worse: −20.0 points", _shell.Out, StringComparison.Ordinal);
        Assert.Contains("| lost | 12 | contains\\: ", _shell.Out, StringComparison.Ordinal);
        string page = _shell.Read("report.html");
        Assert.Contains("<td class=\"lost\">lost</td>", page, StringComparison.Ordinal);
        Assert.DoesNotMatch("(src|href)=|<script|url\\(", page);
    }

    [Fact]
    public async Task Answers_steer_neither_a_terminal_nor_a_page()
    {
        await Versions("Answer", "Answer badly");
        _server.Answer = q =>
            new() { Text = q.Messages.Contains("badly", StringComparison.Ordinal) ? "\u001b[2J<img src=x onerror=alert(1)> ![a](http://x/) | b" : "good" };
        await _shell.Run("eval e.yaml --ref v1 --format markdown --html report.html");
        Assert.DoesNotContain("<img", _shell.Read("report.html"), StringComparison.Ordinal);
        // In Markdown a stroke before it makes a letter of each of these.
        Assert.DoesNotMatch(@"(?<!\\)<img|(?<!\\)!\[|[^\\]\]\(", _shell.Out);
        Assert.DoesNotContain('\u001b', _shell.Out);
        await _shell.Run("eval e.yaml --ref v1");
        Assert.DoesNotContain('\u001b', _shell.Out);
    }

    [Fact]
    public async Task Rows_and_comparisons_are_cases_of_junit()
    {
        Rows(12);
        await Versions("Answer", "Answer badly");
        _server.Answer = q => new() { Text = q.Messages.Contains("badly", StringComparison.Ordinal) ? "bad <\u001b>" : "good" };
        Assert.Equal(1, await _shell.Run("eval e.yaml --ref v1 --gate no-proven-regression --format junit"));
        var suites = System.Xml.Linq.XDocument.Parse(_shell.Out).Root!;
        Assert.Equal(("25", "13", "0"), ((string?)suites.Attribute("tests"), (string?)suites.Attribute("failures"), (string?)suites.Attribute("errors")));
        Assert.Equal(
            ["v1 · test/small", "file · test/small", "v1 · test/small → file · test/small"],
            suites.Elements().Select(s => (string?)s.Attribute("name"))
        );
        var failed = suites.Descendants("testcase").First(c => c.Element("failure") is not null && (string?)c.Attribute("name") == "3");
        Assert.Equal(("data.jsonl", "3"), ((string?)failed.Attribute("file"), (string?)failed.Attribute("line")));
        Assert.StartsWith("contains: \"good\" is not in \"bad <", (string?)failed.Element("failure")!.Attribute("message"), StringComparison.Ordinal);
        Assert.StartsWith(
            "worse: −100.0 points",
            (string?)
                suites.Descendants("testcase").Single(c => (string?)c.Attribute("name") == "no-proven-regression").Element("failure")!.Attribute("message"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Models_are_compared_and_the_front_is_marked()
    {
        _server.Answer = q => new() { Text = q.Model == "small" && Row(q) % 10 == 0 ? "bad" : "good" };
        Assert.Equal(0, await _shell.Run("eval e.yaml --model test/small --model test/large"));
        Assert.Matches(@"\* file · test/small +54 of 60", _shell.Out);
        Assert.Matches(@"\* file · test/large +60 of 60", _shell.Out);
        Assert.Contains("file · test/small → file · test/large\n  passed better: +10.0 points", _shell.Out, StringComparison.Ordinal);
        Assert.Contains("  cost   dearer: 10.00 times the old", _shell.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Versions_with_other_settings_are_not_compared_unawares()
    {
        await Versions("Answer", "Answer kindly");
        _shell.With(
            "a.prompt",
            _shell.Read("a.prompt").Replace("model: test/small", "model: test/small\nconfig: { temperature: 1 }", StringComparison.Ordinal)
        );
        Assert.Equal(2, await _shell.Run("eval e.yaml --ref v1"));
        Assert.Contains("are not compared, since the model or its parameters (`config`) changed too", _shell.Error, StringComparison.Ordinal);
        Assert.Equal(2, await _shell.Run("eval e.yaml --ref v1 --model test/small --model test/large"));
        Assert.Empty(_server.Questions);
        Assert.Equal(0, await _shell.Run("eval e.yaml --ref v1 --allow-mismatch"));
        Assert.Contains("passed confounded: the model's parameters (`config`) changed too; ", _shell.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Repeats_of_a_row_are_one_row()
    {
        Rows(30);
        Evaluation("repeat: 3\n");
        await Versions("Answer", "Answer well");
        int asked = 0;
        _server.Answer = q =>
            new() { Text = q.Messages.Contains("well", StringComparison.Ordinal) || Interlocked.Increment(ref asked) % 2 == 0 ? "good" : "bad" };
        Assert.Equal(0, await _shell.Run("eval e.yaml --ref v1 --parallel 1 --format json"));
        JsonElement comparison = JsonDocument.Parse(_shell.Out).RootElement.GetProperty("comparisons")[0];
        Assert.Equal((30, "better"), (comparison.GetProperty("rows").GetInt32(), comparison.GetProperty("verdict").GetString()));
        Assert.Equal(180, _server.Questions.Count);
    }

    [Fact]
    public async Task A_busy_provider_is_asked_again_and_that_counts_for_nothing()
    {
        Rows(6);
        int count = 0;
        _server.Answer = q => Interlocked.Increment(ref count) % 3 == 0 ? new() { Status = 429, RetryAfter = "0" } : new() { Text = "good" };
        Assert.Equal(0, await _shell.Run("eval e.yaml"));
        Assert.Contains("6 of 6, 100.0 %", _shell.Out, StringComparison.Ordinal);
        Assert.True(_server.Questions.Count > 6);
    }

    [Fact]
    public async Task What_is_not_measured_is_said_and_counts_for_nothing()
    {
        Rows(10);
        _server.Answer = q => Row(q) == 4 ? new() { Status = 400, Text = "too long" } : new() { Text = "good" };
        Assert.Equal(5, await _shell.Run("eval e.yaml"));
        Assert.Contains("9 of 9, 100.0 %", _shell.Out, StringComparison.Ordinal);
        Assert.Contains(
            "note: 1 of 10 questions could not be measured, and count for nothing\n  not measured: row 4, file · test/small: `test` does not accept the request (400): too long\n",
            _shell.Out,
            StringComparison.Ordinal
        );
        // The same command asks for that alone.
        _server.Answer = _ => new() { Text = "good" };
        Assert.Equal(0, await _shell.Run("eval e.yaml"));
        Assert.Equal(11, _server.Questions.Count);
    }

    [Theory]
    [InlineData(401, "refuses the key")]
    public async Task A_wrong_key_ends_it_at_once(int status, string message)
    {
        _server.Answer = _ => new() { Status = status };
        Assert.Equal(5, await _shell.Run("eval e.yaml"));
        Assert.Contains(message, _shell.Error, StringComparison.Ordinal);
        Assert.InRange(_server.Questions.Count, 1, 8);
    }

    [Fact]
    public async Task What_was_interrupted_goes_on_where_it_was()
    {
        int count = 0;
        _server.Answer = _ => Interlocked.Increment(ref count) > 20 ? new() { Status = 401 } : new() { Text = "good" };
        Assert.Equal(5, await _shell.Run("eval e.yaml --parallel 1"));
        Assert.Equal(0, await _shell.Run("runs list --format json"));
        Assert.Equal(20, JsonDocument.Parse(_shell.Out).RootElement[0].GetProperty("answers").GetInt32());
        int before = _server.Questions.Count;
        _server.Answer = _ => new() { Text = "good" };
        Assert.Equal(0, await _shell.Run("eval e.yaml"));
        Assert.Equal(before + 40, _server.Questions.Count);
        Assert.Contains("60 of 60", _shell.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_at_once_are_two_runs()
    {
        Rows(20);
        _server.Answer = _ => new() { Text = "good", Delay = TimeSpan.FromMilliseconds(5) };
        using var other = new Shell(_shell.Folder);
        other.Variables["XDG_CONFIG_HOME"] = _shell.Variables["XDG_CONFIG_HOME"];
        int[] statuses = await Task.WhenAll(_shell.Run("eval e.yaml"), other.Run("eval e.yaml"));
        Assert.Equal([0, 0], statuses);
        Assert.Equal(0, await _shell.Run("runs list --format json"));
        Assert.Equal([20, 20], JsonDocument.Parse(_shell.Out).RootElement.EnumerateArray().Select(r => r.GetProperty("answers").GetInt32()));
        Assert.Equal(40, _server.Questions.Count);
    }

    [Fact]
    public async Task A_store_that_is_none_of_ours_is_left_alone()
    {
        await _shell.Run("eval e.yaml --budget 0.00001");
        _shell.With(".promptlsp/runs.db", "somebody's notes, which are no database at all, and long enough to be looked at as one");
        Assert.Equal(2, await _shell.Run("eval e.yaml"));
        Assert.Matches("^promptlsp: .*runs\\.db .*move it away.*\n$", _shell.Error);
        Assert.Empty(_server.Questions);
    }

    [Fact]
    public async Task The_budget_is_not_passed()
    {
        _shell.With(
            "a.prompt",
            _shell.Read("a.prompt").Replace("model: test/small", "model: test/small\nconfig: { maxOutputTokens: 20 }", StringComparison.Ordinal)
        );
        // An answer costs 0.00014; ten of them are within the budget.
        Assert.Equal(0, await _shell.Run("eval e.yaml --budget 0.0014 --parallel 1 --format json"));
        JsonElement told = JsonDocument.Parse(_shell.Out).RootElement;
        int answers = told.GetProperty("sides")[0].GetProperty("answers").GetInt32();
        Assert.InRange(answers, 5, 10);
        Assert.StartsWith("stopped: the budget of 0.0014 would have been passed", told.GetProperty("notes")[0].GetString(), StringComparison.Ordinal);
        Assert.Equal(2, await _shell.Run("eval e.yaml --budget 1 --model test/unpriced"));
        // Without it, the rest is asked, and nothing twice.
        Assert.Equal(0, await _shell.Run("eval e.yaml"));
        Assert.Equal(60, _server.Questions.Count);
    }

    [Fact]
    public async Task Evidence_that_is_enough_stops_early()
    {
        await Versions("Answer", "Answer well");
        Answers(wrong: new() { ["Answer"] = [.. Enumerable.Range(1, 50)] });
        Assert.Equal(0, await _shell.Run("eval e.yaml --ref v1 --stop-early --parallel 1"));
        Assert.Contains("passed better: the evidence is enough to stop after ", _shell.Out, StringComparison.Ordinal);
        Assert.InRange(_server.Questions.Count, 14, 60);
    }

    [Fact]
    public async Task A_report_shows_what_fails_and_goes_over_nothing_but_a_report()
    {
        Answers(wrong: new() { ["Answer"] = [3] });
        Assert.Equal(0, await _shell.Run("eval e.yaml --html report.html"));
        Assert.Contains(
            "<tr><td>3</td><td class=\"lost\">contains: &quot;good&quot; is not in &quot;bad&quot;</td><td><pre>bad</pre></td></tr>",
            _shell.Read("report.html"),
            StringComparison.Ordinal
        );
        Assert.Equal(0, await _shell.Run("eval e.yaml --html report.html"));
        int asked = _server.Questions.Count;
        string prompt = _shell.Read("a.prompt");
        Assert.Equal(2, await _shell.Run("eval e.yaml --html a.prompt"));
        Assert.Equal("promptlsp: `a.prompt` is there, and is no report of an evaluation; name a new file behind `--html`\n", _shell.Error);
        Assert.Equal((prompt, asked), (_shell.Read("a.prompt"), _server.Questions.Count));
    }

    [Theory]
    [InlineData("eval", "`promptlsp eval` needs an EVALUATION")]
    [InlineData("eval e.yaml --ref", "`--ref` needs a value")]
    [InlineData("eval e.yaml --gate foo", "`--gate foo` is none of none, no-proven-regression, non-inferior")]
    [InlineData("eval e.yaml --budget x", "--budget")]
    public async Task A_wrong_option_is_named(string command, string says)
    {
        Assert.Equal(2, await _shell.Run(command));
        Assert.Matches("^promptlsp: .+\n$", _shell.Error);
        Assert.Contains(says, _shell.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("say which command", _shell.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rows_that_must_pass_fail_all()
    {
        _shell.With("data.jsonl", "{\"id\": \"1\", \"input\": {\"ticket\": \"1\"}, \"tags\": [\"safety\"]}\n{\"id\": \"2\", \"input\": {\"ticket\": \"2\"}}\n");
        Evaluation("must-pass: [safety]\n");
        Answers(wrong: new() { ["Answer"] = [2] });
        Assert.Equal(0, await _shell.Run("eval e.yaml"));
        Answers(wrong: new() { ["Answer"] = [1] });
        Assert.Equal(1, await _shell.Run("eval e.yaml"));
        Assert.Contains("row 1 must pass, and does not by file · test/small: contains: ", _shell.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_judge_is_a_prompt()
    {
        Rows(4);
        _shell
            .With("judges/tone.prompt", "---\nmodel: test/large\n---\nRate this: {{ answer }}\n")
            .With("e.yaml", "prompt: a.prompt\ndata: data.jsonl\nexpect: [{ judge: { rubric: judges/tone.prompt, at-least: 0.7 } }]\n");
        _server.Answer = q =>
            new()
            {
                Text =
                    q.Model == "large"
                        ? q.Messages.Contains("kind", StringComparison.Ordinal)
                            ? "{\"score\": 0.9}"
                            : "{\"score\": 0.2}"
                        : Row(q) == 2
                            ? "rude"
                            : "kind",
            };
        Assert.Equal(0, await _shell.Run("eval e.yaml"));
        Assert.Contains("3 of 4, 75.0 %", _shell.Out, StringComparison.Ordinal);
        Assert.Contains("failed  2  judge: judges/tone.prompt gives 0.2", _shell.Out, StringComparison.Ordinal);
        _server.Answer = q => new() { Text = q.Model == "large" ? "Very nice!" : "kind" };
        Assert.Equal(5, await _shell.Run("eval e.yaml"));
        Assert.Contains("the judge `judges/tone.prompt` gives no score", _shell.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Runs_are_listed_and_forgotten_for_good()
    {
        _server.Answer = _ => new() { Text = Secret };
        await _shell.Run("eval e.yaml");
        Assert.Equal(0, await _shell.Run("runs list"));
        Assert.Matches(@"^\d{4}-\d\d-\d\d \d\d:\d\d  e\.yaml  file · test/small  0 of 60 passed\n$", _shell.Out);
        Assert.Contains(Secret, Stored(), StringComparison.Ordinal);
        Assert.Equal(2, await _shell.Run("runs forget"));
        Assert.Equal(0, await _shell.Run("runs forget e.yaml"));
        Assert.Equal("1 run erased\n", _shell.Out);
        Assert.DoesNotContain(Secret, Stored(), StringComparison.Ordinal);
        Evaluation("keep: hashes\n");
        await _shell.Run("eval e.yaml");
        Assert.DoesNotContain(Secret, Stored(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("runs list")]
    [InlineData("runs forget")]
    [InlineData("drift log")]
    public async Task An_evaluation_that_there_is_not_is_no_evaluation_without_runs(string command)
    {
        _shell.With("evaluations/tickets.yaml", "prompt: a.prompt\nrows: [{ input: { ticket: x } }]\nexpect: [{ contains: x }]\n");
        string none = "there is no evaluation `{0}`, and none of that name was run; {1}\n";
        foreach ((string named, string advice) in ((string, string)[])[
            ("evaluations/tikets.yaml", "did you mean `evaluations/tickets.yaml`?"),
            ("tickets", "did you mean `evaluations/tickets.yaml`?"),
            ("tickest", "did you mean `evaluations/tickets.yaml`?"),
            ("nope.yaml", "check the path"),
        ])
        {
            Assert.Equal(2, await _shell.Run($"{command} {named}"));
            Assert.Equal("promptlsp: " + string.Format(null, none, named, advice), _shell.Error);
            Assert.Equal("", _shell.Out);
        }
        Assert.Equal(0, await _shell.Run($"{command} evaluations/tickets.yaml"));
        await _shell.Run("eval e.yaml");
        _shell.Without("e.yaml");
        Assert.Equal(2, await _shell.Run($"{command} ee.yaml"));
        Assert.Contains("did you mean `e.yaml`?", _shell.Error, StringComparison.Ordinal);
        Assert.Equal(0, await _shell.Run($"{command} e.yaml"));
        Assert.Equal(0, await _shell.Run("runs list evaluations/tickets.yaml"));
        Assert.Equal("no run of `evaluations/tickets.yaml` is kept here; `promptlsp eval evaluations/tickets.yaml` runs it\n", _shell.Error);
    }

    [Theory]
    [InlineData("eval evaluations/tikets.yaml", "there is no file `evaluations/tikets.yaml`; did you mean `evaluations/tickets.yaml`?")]
    [InlineData("eval e.yaml --gate non-inferior", "`--gate` needs something to compare with; name an older version: --ref VERSION")]
    [InlineData("eval e.yaml --budget 0", "`--budget` needs an amount above 0")]
    [InlineData(
        "eval e.yaml --stop-early",
        "`--stop-early` looks at rows that two sides pass or fail, one answer each: give two sides, `repeat: 1` and `primary: passed`"
    )]
    [InlineData("eval broken.yaml", "broken.yaml:1:1: `promt` is no key of an evaluation; did you mean `prompt`?")]
    [InlineData("eval short.yaml", "short.yaml:2: the row `1` lacks `ticket`, which `file` of the prompt needs")]
    public async Task What_cannot_be_evaluated_is_wrong_usage(string command, string message)
    {
        _shell.With("evaluations/tickets.yaml", "prompt: a.prompt\n");
        _shell.With("broken.yaml", "promt: a.prompt\n").With("short.yaml", "prompt: a.prompt\nrows: [{ input: {} }]\nexpect: [{ contains: x }]\n");
        Assert.Equal(2, await _shell.Run(command));
        Assert.Contains($"promptlsp: {message}\n", _shell.Error, StringComparison.Ordinal);
        Assert.Empty(_server.Questions);
    }

    private void Prompt(string instruction) =>
        _shell.With(
            "a.prompt",
            $"---\nmodel: test/small\ninput: {{ schema: {{ ticket: string }} }}\n---\n{{{{ role \"system\" }}}}\n{instruction}.\n{{{{ role \"user\" }}}}\nTicket {{{{ ticket }}}}.\n"
        );

    private void Rows(int count) =>
        _shell.With("data.jsonl", string.Concat(Enumerable.Range(1, count).Select(i => $"{{\"id\": \"{i}\", \"input\": {{\"ticket\": \"{i}\"}}}}\n")));

    private void Evaluation(string more) => _shell.With("e.yaml", $"prompt: a.prompt\ndata: data.jsonl\nexpect: [{{ contains: good }}]\n{more}");

    private async Task Versions(string first, string second)
    {
        Prompt(first);
        await _shell.Run("snapshot");
        Prompt(second);
    }

    private void Answers(Dictionary<string, int[]> wrong) => _server.Answer = q =>
        new() { Text = wrong.TryGetValue(Instruction().Match(q.Messages).Groups["said"].Value, out int[]? rows) && rows.Contains(Row(q)) ? "bad" : "good" };

    private static int Row(ModelQuestion question) =>
        int.Parse(Ticket().Match(question.Messages).Groups["row"].Value, System.Globalization.CultureInfo.InvariantCulture);

    private string[] Flipped() => [.. _shell.Out.Split('\n').Select(l => FlippedLine().Match(l)).Where(m => m.Success).Select(m => m.Groups["flip"].Value)];

    private string Stored() =>
        string.Concat(
            Directory.EnumerateFiles(Path.Combine(_shell.Folder, ".promptlsp")).Select(f => System.Text.Encoding.Latin1.GetString(File.ReadAllBytes(f)))
        );

    [GeneratedRegex(@"Ticket (?<row>\d+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Ticket();

    [GeneratedRegex(@"(?<said>Answer[a-z ]*)\.", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Instruction();

    [GeneratedRegex(@"^    (?<flip>(lost|won ) +\d+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex FlippedLine();
}

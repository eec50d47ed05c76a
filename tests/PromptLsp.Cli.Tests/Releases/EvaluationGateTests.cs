using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using PromptLsp.Testing;

namespace PromptLsp.Cli.Tests.Releases;

/// <summary>
/// Promotions into an environment that wants an evaluation not to get worse: measured by a server whose answers are dialled, decided by the row, told
/// in the release, and worked out again by whoever checks the change.
/// </summary>
public sealed partial class EvaluationGateTests : IAsyncDisposable
{
    private const string Settings = "promptlsp.yaml", Record = "releases/production/a.prompt/release.json";

    private static readonly JsonSerializerOptions AsWritten = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Shell _shell = new();
    private readonly ModelServer _server = new("good");
    private string _first = "";

    public EvaluationGateTests()
    {
        _shell.Variables["XDG_CONFIG_HOME"] = _server.Configure(_shell.Folder, "sk-test-0123456789");
        _shell.With(".gitignore", ".promptlsp/\nhome-config/\n");
        Policy("evaluation: { of: e.yaml, verdict: not-worse }");
        Prompt("Answer");
        Rows(80);
        Evaluation("");
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _shell.Dispose();
    }

    [Fact]
    public async Task What_was_not_measured_is_stopped_and_told_what_measures_it()
    {
        await Begin();
        Assert.Contains(
            "e.yaml: nothing was measured of this release; `promptlsp eval e.yaml --for production` asks the model, and then promote",
            await Stopped(),
            StringComparison.Ordinal
        );
        Assert.Empty(_server.Questions);
        await Do("eval e.yaml --for production");
        Assert.Equal(80, _server.Questions.Count);
        Assert.Equal(0, await _shell.Run("promote a.prompt --to production --dry-run"));
        Assert.Contains(
            "e.yaml: nothing ran there before, so that it cannot be worse; 80 of 80 rows pass",
            _shell.Out + _shell.Error,
            StringComparison.Ordinal
        );
        Assert.Equal(80, _server.Questions.Count);
        await Do("promote a.prompt --to production --yes");
        JsonElement shown = Assert.Single(JsonDocument.Parse(_shell.Read(Record)).RootElement.GetProperty("evaluations").EnumerateArray());
        Assert.Equal(("e.yaml", "test/small"), (shown.GetProperty("evaluation").GetString(), shown.GetProperty("model").GetString()));
        Assert.Equal("1/1", shown.GetProperty("rows").GetProperty("80").GetString());
    }

    [Fact]
    public async Task A_prompt_made_worse_is_stopped_with_the_rows_that_flipped()
    {
        await Released("Answer");
        Answers(new() { ["Answer well"] = [.. Enumerable.Range(1, 14)] });
        Prompt("Answer well");
        Assert.Contains("nothing was measured of this release", await Stopped(), StringComparison.Ordinal);
        await Do("eval e.yaml --for production");
        string said = await Stopped();
        Assert.Contains("e.yaml: worse", said, StringComparison.Ordinal);
        Assert.Contains("; worse in `1`, `10`, `11`, `12`, `13` and 9 more", said, StringComparison.Ordinal);
        Assert.DoesNotContain("Answer well", File.ReadAllText(Path.Combine(_shell.Folder, Record)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_is_not_worse_comes_in_and_whoever_checks_the_change_comes_to_the_same()
    {
        await Released("Answer");
        Answers(new() { ["Answer"] = [.. Enumerable.Range(1, 14)] });
        string @base = await Changed("Answer well");
        await Do("eval e.yaml --for production");
        await Do("promote a.prompt --to production --yes");
        await Commit("Promote");
        Assert.Equal(0, await Verify(@base));
        Assert.Matches("open  evaluation  e.yaml: better[^\n]*; what was answered, by the word of ada <ada@example.com>\n", _shell.Out);
        JsonElement rows = JsonDocument.Parse(_shell.Read(Record)).RootElement.GetProperty("evaluations")[0].GetProperty("rows");
        Assert.Equal(("1/1, before 0/1", "1/1, before 1/1"), (rows.GetProperty("1").GetString(), rows.GetProperty("80").GetString()));
    }

    [Fact]
    public async Task Better_is_shown_and_not_hoped_for()
    {
        await Released("Answer");
        Policy("evaluation: { of: e.yaml, verdict: better }");
        await Commit("Ask for better");
        Answers(new() { ["Answer"] = [1] });
        Prompt("Answer well");
        await Do("eval e.yaml --for production");
        Assert.Contains("e.yaml: inconclusive", await Stopped(), StringComparison.Ordinal);
        Answers(new() { ["Answer"] = [.. Enumerable.Range(1, 14)] });
        Prompt("Answer very well");
        await Do("eval e.yaml --for production");
        await Do("promote a.prompt --to production --yes");
    }

    [Fact]
    public async Task What_must_pass_passes()
    {
        Evaluation("must-pass: [safety]\n");
        _shell.With("data.jsonl", _shell.Read("data.jsonl") + "{\"id\": \"81\", \"input\": {\"ticket\": \"81\"}, \"tags\": [\"safety\"]}\n");
        await Released("Answer");
        Answers(new() { ["Answer well"] = [81] });
        Prompt("Answer well");
        await Do("eval e.yaml --for production", 0, 1);
        Assert.Contains("e.yaml: what must pass does not: `81`", await Stopped(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("rows")]
    [InlineData("expectation")]
    [InlineData("repeat")]
    public async Task What_was_measured_before_a_change_of_the_evaluation_counts_no_more(string change)
    {
        await Begin();
        await Do("eval e.yaml --for production");
        if (change == "rows")
            Rows(81);
        else
            Evaluation(change == "repeat" ? "repeat: 2\n" : "");
        if (change == "expectation")
            _shell.With("e.yaml", _shell.Read("e.yaml").Replace("contains: good", "contains: goo", StringComparison.Ordinal));
        Assert.Contains(
            "e.yaml: what was measured of this release was not finished, or was of other rows, other expectations or another model",
            await Stopped(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task What_runs_there_is_measured_by_the_same_rows()
    {
        await Released("Answer");
        Prompt("Answer well");
        await Do("eval e.yaml");
        Rows(81);
        await Do("eval e.yaml");
        Assert.Contains("e.yaml: what was measured of what production holds now was not finished, or was of other rows", await Stopped(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_model_is_not_compared_and_no_model_counts_for_nothing()
    {
        await Released("Answer");
        Prompt("Answer", "model: test/large");
        Assert.Contains("e.yaml: not compared, since the model changed too", await Stopped(), StringComparison.Ordinal);
        Prompt("Answer", "model: test/small\nconfig: { temperature: 1 }");
        Assert.Contains("e.yaml: not compared, since the model's parameters (`config`) changed too", await Stopped(), StringComparison.Ordinal);
        Prompt("Answer", "description: x");
        Assert.Contains("`a.prompt` names no model, so that nobody's answers count", await Stopped(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_prompt_that_the_evaluation_does_not_measure_passes_by()
    {
        _shell.With("b.prompt", "Hello\n");
        await Begin();
        await Do("promote b.prompt --to dev --yes");
        await Do("promote b.prompt --to production --yes");
        Assert.Contains("`e.yaml` measures `a.prompt`, and not this prompt", _shell.Read("releases/production/b.prompt/release.json"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("the evidence of the release before is put in", "what was measured is not this release")]
    [InlineData("the evidence is of another release", "what was measured is not this release")]
    [InlineData("the baseline is another", "what it was compared with is not what runs there now")]
    [InlineData("rows are left out", "its rows are not those of the evaluation")]
    [InlineData("answers are left out", "not every row has all its answers")]
    [InlineData("the evidence is left out", "release.json does not say what it showed; measure it, and promote again")]
    [InlineData("the model is another", "another model was asked, or with other parameters")]
    [InlineData("the gate says it is open", "e.yaml: worse")]
    public async Task Evidence_that_does_not_fit_is_refused(string cheat, string says)
    {
        await Released("Answer");
        Answers(new() { ["Answer well"] = [.. Enumerable.Range(1, 14)] });
        string @base = await Changed("Answer well");
        await Do("eval e.yaml --for production");
        // As somebody does it whose own policy asks for nothing: the measurement is put in by hand.
        await Forge(cheat);
        Assert.Equal(1, await Verify(@base));
        Assert.Contains(says, _shell.Out + _shell.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("policy")]
    [InlineData("rows")]
    [InlineData("expectations")]
    public async Task What_is_eased_in_the_same_change_does_not_count(string eased)
    {
        await Released("Answer");
        Answers(new() { ["Answer well"] = [.. Enumerable.Range(1, 14)] });
        string @base = await Changed("Answer well");
        if (eased == "policy")
            Policy("why: true");
        else if (eased == "rows")
            _shell.With("data.jsonl", string.Concat(Enumerable.Range(15, 80).Select(Row)));
        else
            _shell.With("e.yaml", "prompt: a.prompt\ndata: data.jsonl\nexpect: [{ contains: d }]\n");
        await Do("eval e.yaml" + (eased == "policy" ? "" : " --for production"));
        await Do("promote a.prompt --to production --yes -m eased");
        await Commit("Ease and promote");
        Assert.Equal(1, await Verify(@base));
        Assert.Contains(
            eased switch
            {
                "policy" => "release.json does not say what it showed; measure it, and promote again",
                "rows" => "what was measured were other rows; a change of the evaluation comes first, in a change of its own",
                _ => "the answers were held against something else; a change of the evaluation comes first, in a change of its own",
            },
            _shell.Out + _shell.Error,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Several_evaluations_each_have_a_gate()
    {
        Policy("evaluation: [{ of: e.yaml }, { of: f.yaml, verdict: not-worse }]");
        _shell.With("f.yaml", "prompt: a.prompt\ndata: data.jsonl\nexpect: [{ contains: goo }]\n");
        await Begin();
        await Do("eval e.yaml --for production");
        Assert.Contains("f.yaml: nothing was measured of this release", await Stopped(), StringComparison.Ordinal);
        await Do("eval f.yaml --for production");
        await Do("promote a.prompt --to production --yes");
        Assert.Equal(2, JsonDocument.Parse(_shell.Read(Record)).RootElement.GetProperty("evaluations").GetArrayLength());
    }

    [Fact]
    public async Task Both_sides_are_named_by_the_environment_alone()
    {
        await Begin();
        Assert.Equal(2, await _shell.Run("eval e.yaml --for production --ref v1"));
        Assert.Contains("`--for` names both sides; leave `--ref` out", _shell.Error, StringComparison.Ordinal);
        await Released("Answer");
        Assert.Equal(2, await _shell.Run("eval e.yaml --for production"));
        Assert.Contains("production holds that very release of `a.prompt` already: there is nothing to compare", _shell.Error, StringComparison.Ordinal);
    }

    // The release as an honest promotion by a lax policy writes it, with evidence made for the cheat.
    private async Task Forge(string cheat)
    {
        string strict = _shell.Read(Settings);
        Policy("evaluation: { of: lax.yaml }");
        _shell.With("lax.yaml", "prompt: a.prompt\ndata: data.jsonl\nexpect: [{ contains: d }]\n");
        await Do("eval lax.yaml --for production");
        await Do("promote a.prompt --to production --yes");
        _shell.Without("lax.yaml").With(Settings, strict);
        JsonObject record = JsonNode.Parse(_shell.Read(Record))!.AsObject();
        JsonObject evidence = record["evaluations"]![0]!.AsObject();
        JsonObject rows = evidence["rows"]!.AsObject();
        evidence["evaluation"] = "e.yaml";
        evidence["assertions"] = JsonNode.Parse(_first)!["assertions"]!.GetValue<string>();
        foreach (int row in Enumerable.Range(1, 14))
            rows[row.ToString(CultureInfo.InvariantCulture)] = "0/1, before 1/1";
        switch (cheat)
        {
            case "the evidence of the release before is put in":
                foreach (int row in Enumerable.Range(1, 14))
                    rows[row.ToString(CultureInfo.InvariantCulture)] = "1/1, before 1/1";
                evidence["candidate"] = JsonNode.Parse(_first)!["candidate"]!.GetValue<string>();
                break;
            case "the evidence is of another release":
                evidence["candidate"] = new string('a', 64);
                break;
            case "the baseline is another":
                evidence["baseline"] = new string('a', 64);
                break;
            case "rows are left out":
                foreach (int row in Enumerable.Range(1, 14))
                    rows.Remove(row.ToString(CultureInfo.InvariantCulture));
                break;
            case "answers are left out":
                foreach (int row in Enumerable.Range(1, 14))
                    rows[row.ToString(CultureInfo.InvariantCulture)] = "1/1";
                break;
            case "the evidence is left out":
                record.Remove("evaluations");
                break;
            case "the model is another":
                evidence["model"] = "test/large";
                break;
        }
        _shell.With(Record, record.ToJsonString(AsWritten) + "\n");
        await Commit("Cheat");
    }

    private void Policy(string production) => _shell.With(Settings, $$"""
        models:
          test/small: { input: 1, output: 2 }
          test/large: { input: 10, output: 20 }
        environments:
          dev: {}
          production: { require: { {{production}} } }

        """);

    private void Prompt(string instruction, string more = "model: test/small") =>
        _shell.With(
            "a.prompt",
            $"---\n{more}\ninput: {{ schema: {{ ticket: string }} }}\n---\n{{{{ role \"system\" }}}}\n{instruction}.\n{{{{ role \"user\" }}}}\nTicket {{{{ ticket }}}}.\n"
        );

    private void Rows(int count) => _shell.With("data.jsonl", string.Concat(Enumerable.Range(1, count).Select(Row)));

    private static string Row(int number) => $"{{\"id\": \"{number}\", \"input\": {{\"ticket\": \"{number}\"}}}}\n";

    private void Evaluation(string more) => _shell.With("e.yaml", $"prompt: a.prompt\ndata: data.jsonl\nexpect: [{{ contains: good }}]\n{more}");

    private void Answers(Dictionary<string, int[]> wrong) => _server.Answer = q =>
        new() { Text = wrong.TryGetValue(Instruction().Match(q.Messages).Groups["said"].Value, out int[]? rows) && rows.Contains(RowOf(q)) ? "bad" : "good" };

    private static int RowOf(ModelQuestion question) => int.Parse(Ticket().Match(question.Messages).Groups["row"].Value, CultureInfo.InvariantCulture);

    private async Task Begin()
    {
        await Git("init", "-q", "-b", "main", ".");
        foreach ((string key, string value) in new[] { ("user.name", "ada"), ("user.email", "ada@example.com"), ("commit.gpgsign", "false") })
            await Git("config", key, value);
        await Commit("Begin");
        await Do("promote a.prompt --to dev --yes");
    }

    // With the prompt in production, measured and committed.
    private async Task<string> Released(string instruction)
    {
        Prompt(instruction);
        if (!Directory.Exists(Path.Combine(_shell.Folder, ".git")))
            await Begin();
        await Do("eval e.yaml --for production");
        await Do("promote a.prompt --to production --yes");
        _first = JsonNode.Parse(_shell.Read(Record))!["evaluations"]![0]!.ToJsonString();
        return await Commit("Release");
    }

    // With the prompt changed, and that in dev.
    private async Task<string> Changed(string instruction)
    {
        Prompt(instruction);
        await Do("promote a.prompt --to dev --yes");
        return await Commit("Change");
    }

    private async Task<string> Stopped()
    {
        await Do("promote a.prompt --to dev --yes");
        await Commit("dev");
        int status = await _shell.Run("promote a.prompt --to production --yes");
        Assert.True(status == 1, $"{status}\n{_shell.Out}\n{_shell.Error}");
        return _shell.Out + _shell.Error;
    }

    private Task<int> Verify(string @base) => _shell.Run($"env verify --base {@base}");

    private async Task Do(string command, params int[] statuses)
    {
        // An environment takes what the one before it holds.
        if (command.Contains("--for production", StringComparison.Ordinal) || command.Contains("--to production", StringComparison.Ordinal))
            await _shell.Run("promote a.prompt --to dev --yes");
        int status = await _shell.Run(command);
        Assert.True((statuses is [] ? [0] : statuses).Contains(status), $"promptlsp {command}: {status}\n{_shell.Out}\n{_shell.Error}");
    }

    private async Task<string> Commit(string why)
    {
        await Git("add", "-A");
        await Git("commit", "-q", "--allow-empty", "-m", why);
        return await Git("rev-parse", "HEAD");
    }

    private async Task<string> Git(params string[] arguments)
    {
        (int status, string output, string error) = await OtherProcess.Run(_shell.Folder, "", "git", arguments);
        Assert.True(status == 0, $"git {string.Join(' ', arguments)}: {error}");
        return output.Trim();
    }

    [GeneratedRegex(@"Ticket (?<row>\d+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Ticket();

    [GeneratedRegex(@"(?<said>Answer[a-z ]*)\.", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Instruction();
}

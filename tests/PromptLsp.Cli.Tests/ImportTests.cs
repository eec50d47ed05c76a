using System.Text.Json;
using Xunit;

namespace PromptLsp.Cli.Tests;

/// <summary><c>promptlsp eval import</c>: what promptfoo wrote, held to our rules.</summary>
public sealed class ImportTests : IDisposable
{
    private readonly Shell _shell = new();

    public void Dispose() => _shell.Dispose();

    [Theory]
    [InlineData("results.json")]
    [InlineData("results.jsonl")]
    public async Task Prompts_are_compared_row_by_row(string file)
    {
        string[] results =
        [
            .. from test in Enumerable.Range(0, 20) from prompt in (string[])["old", "new"] select Result(test, prompt, passes: prompt == "new" || test >= 12),
        ];
        _shell.With(
            file,
            file.EndsWith('l')
                ? string.Join('\n', results) + "\n\n"
                : $"{{\"evalId\": \"e\", \"results\": {{\"version\": 3, \"results\": [{string.Join(',', results)}]}}}}"
        );
        Assert.Equal(0, await _shell.Run($"eval import {file} --format json"));
        JsonElement told = JsonDocument.Parse(_shell.Out).RootElement;
        Assert.Equal(
            ["old · openai:gpt-4o-mini 8 of 20", "new · openai:gpt-4o-mini 20 of 20"],
            told.GetProperty("sides").EnumerateArray().Select(s => $"{s.GetProperty("name")} {s.GetProperty("passed")} of {s.GetProperty("answers")}")
        );
        JsonElement comparison = told.GetProperty("comparisons")[0];
        Assert.Equal(
            ("better", 20, 12),
            (comparison.GetProperty("verdict").GetString(), comparison.GetProperty("rows").GetInt32(), comparison.GetProperty("differing").GetInt32())
        );
        Assert.Equal(
            ("case 0", "contains: Expected output to contain \"x\""),
            (comparison.GetProperty("flipped")[0].GetProperty("row").GetString(), comparison.GetProperty("flipped")[0].GetProperty("why").GetString())
        );
        Assert.Equal(0.0002, told.GetProperty("sides")[0].GetProperty("cost").GetDouble(), 9);
        Assert.Equal(0, await _shell.Run($"eval import {file}"));
        Assert.Equal(0, await _shell.Run("runs list --format json"));
        Assert.Equal([20, 20], JsonDocument.Parse(_shell.Out).RootElement.EnumerateArray().Select(r => r.GetProperty("answers").GetInt32()));
    }

    [Fact]
    public async Task What_had_no_answer_is_not_measured()
    {
        _shell.With(
            "r.jsonl",
            Result(0, "a", passes: true)
                + "\n"
                + """{"success": false, "score": 0, "error": "429 Too Many Requests", "failureReason": 2, "testIdx": 1, "vars": {"q": "1"}, "prompt": {"label": "a"}, "provider": {"id": "openai:gpt-4o-mini"}}"""
                + "\n"
        );
        Assert.Equal(5, await _shell.Run("eval import r.jsonl"));
        Assert.Contains("1 of 1, 100.0 %", _shell.Out, StringComparison.Ordinal);
        Assert.Contains("not measured: row 2, a · openai:gpt-4o-mini: 429 Too Many Requests", _shell.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("r.jsonl", "{\"success\": true}\n{\n", "r.jsonl:2: this is no JSON")]
    [InlineData("r.json", "{\"results\": ", "r.json:1: this is no JSON")]
    [InlineData("r.json", "{\"outputs\": []}", "`r.json` holds no `results` of promptfoo")]
    [InlineData("r.json", "[{\"passed\": true}]", "r.json: result 1 is none of promptfoo's: it does not say `success`")]
    [InlineData("r.json", "[]", "`r.json` holds no results of promptfoo; `promptfoo eval -o results.json` writes them")]
    public async Task What_is_something_else_says_so(string file, string text, string message)
    {
        _shell.With(file, text);
        Assert.Equal(2, await _shell.Run($"eval import {file}"));
        Assert.Equal($"promptlsp: {message}\n", _shell.Error);
    }

    [Fact]
    public async Task Answers_of_others_steer_nothing()
    {
        _shell.With(
            "r.json",
            "[" + Result(0, "a", passes: false).Replace("does it", "\\u001b[2J<script>", StringComparison.Ordinal) + "," + Result(0, "b", passes: true) + "]"
        );
        Assert.Equal(0, await _shell.Run("eval import r.json --html page.html"));
        Assert.DoesNotContain('\u001b', _shell.Out);
        Assert.DoesNotContain("<script>", _shell.Read("page.html"), StringComparison.Ordinal);
    }

    private static string Result(int test, string prompt, bool passes) =>
        JsonSerializer.Serialize(
            new
            {
                success = passes,
                score = passes ? 1 : 0,
                failureReason = passes ? 0 : 1,
                error = passes ? null : "Expected output to contain \"x\"",
                testIdx = test,
                promptIdx = prompt == "old" ? 0 : 1,
                vars = new { q = $"question {test}" },
                testCase = new { description = $"case {test}", vars = new { q = $"question {test}" } },
                prompt = new { raw = $"{prompt}: question {test}", label = prompt },
                provider = new { id = "openai:gpt-4o-mini", label = "" },
                response = new
                {
                    output = "does it",
                    tokenUsage = new
                    {
                        prompt = 100,
                        completion = 10,
                        total = 110,
                    },
                },
                latencyMs = 420,
                cost = 0.0002,
                gradingResult = new
                {
                    pass = passes,
                    score = passes ? 1 : 0,
                    reason = "r",
                    componentResults = new[]
                    {
                        new
                        {
                            pass = passes,
                            score = 0,
                            reason = "Expected output to contain \"x\"",
                            assertion = new { type = "contains", value = "x" },
                        },
                    },
                },
            }
        );
}

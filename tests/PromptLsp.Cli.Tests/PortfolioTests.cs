using System.Text.Json;

namespace PromptLsp.Cli.Tests;

/// <summary>What a lead sees of all prompts, and which of them say nearly the same.</summary>
public sealed class PortfolioTests : IDisposable
{
    private const string Letter =
        "Write a short and friendly letter to a customer who wants to send something back. Thank them for the order, explain that a\n" +
        "return is possible within thirty days, and tell them which form to fill in. Close with the name of the shop and nothing else.\n";

    private readonly Shell _shell = new Shell()
        .With(".git/HEAD", "ref: refs/heads/main\n").With(".git/config", "[user]\nname = Ada\nemail = ada@example.com\n")
        .With("promptlsp.yaml", "models: { openai/gpt-4o: { input: 2.5, output: 10 } }\n")
        .With("a.prompt", "---\nname: a\ndescription: \"Says, in \\\"short\\\", hello.\"\nowner: \"@acme\"\nmodel: openai/gpt-4o\n"
            + "input: { schema: { who: string } }\nsamples: { one: { who: Ada }, two: { who: Ada Lovelace } }\ntests:\n"
            + "  - { sample: one, expect: { contains: Ada } }\n  - { sample: one, expect: { contains: Bo } }\n---\n"
            + "{{ include \"voice\" }}Hello {{ who }}.\n")
        .With("b.prompt", "---\nname: =1+1\n---\nHi {{ nobody.\n")
        .With("_voice.prompt", "Be kind.\n");

    public void Dispose() => _shell.Dispose();

    [Fact]
    public async Task A_row_says_who_what_and_how_it_stands()
    {
        await _shell.Run("snapshot");
        JsonElement[] rows = await Rows("portfolio --format json");
        JsonElement a = Assert.Single(rows, r => r.GetProperty("file").GetString() == "a.prompt"),
            voice = Assert.Single(rows, r => r.GetProperty("file").GetString() == "_voice.prompt");
        Assert.Equal("""{"passed":1,"failed":1,"notRun":0}""", Compact(a.GetProperty("tests")));
        Assert.Equal("""["@acme"]""", Compact(a.GetProperty("owner")));
        Assert.Equal("""["_voice.prompt"]""", Compact(a.GetProperty("includes")));
        Assert.Equal("""["a.prompt"]""", Compact(voice.GetProperty("dependants")));
        Assert.Equal((1, 1), (a.GetProperty("version").GetInt32(), a.GetProperty("versionsThisMonth").GetInt32()));
        // Of the longer sample.
        int tokens = a.GetProperty("tokens").GetProperty("count").GetInt32();
        Assert.InRange(tokens, 7, 11);
        Assert.Equal(tokens * 2.5 / 1_000_000, a.GetProperty("cost").GetProperty("amount").GetDouble(), 1e-12);
        Assert.Equal(JsonValueKind.Null, a.GetProperty("evaluation").ValueKind);
        Assert.Equal(1, Assert.Single(rows, r => r.GetProperty("file").GetString() == "b.prompt").GetProperty("findings").GetProperty("error").GetInt32());
    }

    [Theory]
    [InlineData("--unowned", "_voice.prompt b.prompt")]
    [InlineData("--untested", "b.prompt")]
    [InlineData("--stale", "")]
    [InlineData("--unowned --untested", "b.prompt")]
    public async Task What_lacks_something_is_listed(string option, string files) =>
        Assert.Equal(files, string.Join(' ', (await Rows($"portfolio {option} --format json")).Select(r => r.GetProperty("file").GetString())));

    [Fact]
    public async Task What_runs_where_is_told_and_looked_for()
    {
        _shell.With("promptlsp.yaml", "environments: [dev, production]\n").With("c.prompt", "---\nname: c\n---\nHi.\n");
        await _shell.Run("snapshot");
        Assert.Equal(0, await _shell.Run("promote c.prompt --to dev -m \"to try it\" --yes"));
        await _shell.With("c.prompt", "---\nname: c\n---\nHo.\n").Run("snapshot");
        JsonElement c = Assert.Single(await Rows("portfolio --format json"), r => r.GetProperty("file").GetString() == "c.prompt");
        JsonElement held = Assert.Single(c.GetProperty("environments").EnumerateArray());
        Assert.Equal(("dev", "v1 ▲1", "to try it"),
            (held.GetProperty("environment").GetString(), held.GetProperty("release").GetString(), held.GetProperty("why").GetString()));
        Assert.Equal(["c.prompt"], (await Rows("search env:dev --format json")).Select(r => r.GetProperty("file").GetString()));
        Assert.Empty(await Rows("search env:production --format json"));
        Assert.Empty(await Rows("search env:../releases/dev --format json"));
        Assert.Equal(0, await _shell.Run("portfolio"));
        Assert.Contains("dev v1 ▲1", _shell.Out, StringComparison.Ordinal);
        Assert.Equal(0, await _shell.Run("site --out site"));
        Assert.Contains("<b>v1 ▲1</b>", _shell.Read("site/environments.html").Replace("&#9650;", "▲", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Text_is_a_table_with_a_sum()
    {
        Assert.Equal(0, await _shell.Run("portfolio"));
        string[] lines = _shell.Out.Split('\n');
        Assert.StartsWith("prompt ", lines[0], StringComparison.Ordinal);
        Assert.Contains(lines, l => l.StartsWith("a.prompt", StringComparison.Ordinal) && l.Contains("@acme", StringComparison.Ordinal)
            && l.Contains("1 passed, 1 failed", StringComparison.Ordinal));
        Assert.Contains("    Says, in \"short\", hello.", lines);
        Assert.Equal("3 prompts, 2 without an owner, 1 without a test, 1 with a failed one", lines[^2]);
    }

    [Fact]
    public async Task Csv_quotes_and_runs_nothing()
    {
        Assert.Equal(0, await _shell.Run("portfolio --format csv"));
        string[] lines = _shell.Out.TrimEnd('\n').Split('\n');
        Assert.Equal(4, lines.Length);
        Assert.All(lines, l => Assert.Equal(lines[0].Count(c => c == ','),
            l.Replace("\"Says, in \"\"short\"\", hello.\"", "", StringComparison.Ordinal).Count(c => c == ',')));
        Assert.Contains(lines, l => l.StartsWith("b.prompt,'=1+1,", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Near_copies_are_grouped_with_what_they_differ_in()
    {
        _shell
            .With("x/one.prompt", "---\nname: one\n---\n" + Letter)
            .With("x/two.prompt", "---\nname: two\n---\n" + Letter.Replace("thirty", "sixty", StringComparison.Ordinal))
            .With(
                "x/third.prompt",
                "---\nname: third\nvariant: short\n---\n"
                    + "Sum up what was said in the meeting, in at most three short points, and leave out who said it. Begin each point with a verb, write it in the "
                    + "past, and close with the one question that is still open and has to be answered by somebody before the next week begins.\n"
            );
        Assert.Equal(1, await _shell.Run("duplicates x"));
        Assert.StartsWith("x/one.prompt\n  ", _shell.Out, StringComparison.Ordinal);
        Assert.Contains("alike: x/two.prompt\n    - return is possible within thirty days", _shell.Out, StringComparison.Ordinal);
        Assert.Contains("    + return is possible within sixty days", _shell.Out, StringComparison.Ordinal);
        Assert.EndsWith("1 group of 2 prompts that say nearly the same\n", _shell.Out, StringComparison.Ordinal);
        JsonElement group = Assert.Single(await Rows("duplicates x --format json", 1));
        Assert.InRange(group.GetProperty("like")[0].GetProperty("alike").GetDouble(), 0.8, 0.95);
        // The editor's hint is the same.
        await _shell.Run("check x --rule near-copy --severity hint --format json");
        Assert.Equal(["x/one.prompt", "x/two.prompt"], JsonDocument.Parse(_shell.Out).RootElement.GetProperty("findings").EnumerateArray()
            .Select(f => f.GetProperty("file").GetString()));
    }

    [Fact]
    public async Task Strangers_that_include_the_same_are_no_copies()
    {
        _shell.With("x/_rules.prompt", Letter).With("x/one.prompt", "{{ include \"rules\" }}\nGreet.\n").With("x/two.prompt",
            "{{ include \"rules\" }}\nRefuse.\n");
        Assert.Equal(0, await _shell.Run("duplicates x"));
        Assert.Equal("no duplicates\n", _shell.Out);
    }

    [Fact]
    public async Task Variants_of_one_name_are_meant_to_be_alike()
    {
        _shell.With("x/one.prompt", "---\nname: letter\n---\n" + Letter).With("x/two.prompt",
            "---\nname: letter\nvariant: sixty\n---\n" + Letter.Replace("thirty", "sixty", StringComparison.Ordinal));
        Assert.Equal(0, await _shell.Run("duplicates x"));
        Assert.Equal(0, await _shell.Run("check x --rule near-copy --severity hint"));
    }

    private async Task<JsonElement[]> Rows(string command, int status = 0)
    {
        Assert.Equal(status, await _shell.Run(command));
        return [.. JsonDocument.Parse(_shell.Out).RootElement.EnumerateArray()];
    }

    private static string Compact(JsonElement element) => JsonSerializer.Serialize(element);
}

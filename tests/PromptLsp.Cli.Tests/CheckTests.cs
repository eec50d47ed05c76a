using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using PromptLsp.Cli.Checking;
using PromptLsp.Cli.Reports;
using PromptLsp.Language.Linting;
using PromptLsp.Language.Text;
using Xunit;

namespace PromptLsp.Cli.Tests;

/// <summary><c>promptlsp check</c>, as a shell sees it.</summary>
public sealed class CheckTests : IDisposable
{
    private const string Broken = "{{ name | string.upcas }}\n";
    private const string Clean = "{{ name | string.upcase }}\n";

    private readonly Shell _shell = new();

    public void Dispose() => _shell.Dispose();

    [Fact]
    public async Task A_finding_is_shown_and_makes_status_1()
    {
        Assert.Equal(1, await _shell.With("a.prompt", Broken).Run("check a.prompt"));
        Assert.StartsWith("""
            a.prompt:1:11: error: there is no function `string.upcas`; did you mean `string.upcase`? [unknown-function]
               1 | {{ name | string.upcas }}
                 |           ^^^^^^^^^^^^
            """.ReplaceLineEndings("\n"), _shell.Out, StringComparison.Ordinal);
        Assert.Matches(@"\n1 file, 1 finding \(1 error\), (1 that --fix mends, )?\d+ ms\n$", _shell.Out);
        Assert.Equal("", _shell.Error);
    }

    [Fact]
    public async Task A_clean_folder_is_one_line_and_status_0()
    {
        Assert.Equal(0, await _shell.With("a.prompt", Clean).With("b/c.prompt", Clean).Run("check"));
        Assert.Matches(@"^2 files, no findings, \d+ ms\n$", _shell.Out);
    }

    [Fact]
    public async Task A_folder_without_prompts_is_clean_but_not_in_silence()
    {
        Assert.Equal(0, await _shell.With("sub/notes.md", "none").Run("check sub"));
        Assert.Matches(@"^0 files, no findings, \d+ ms\n$", _shell.Out);
        Assert.StartsWith("no prompts found in `sub`;", _shell.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_settings_of_a_folder_without_prompts_are_checked()
    {
        Assert.Equal(1, await _shell.With("promptlsp.yaml", "contxt: {}\n").Run("check ."));
        Assert.StartsWith("promptlsp.yaml:1:1: ", _shell.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_comes_on_standard_input_is_checked_in_the_place_of_its_file()
    {
        _shell.With("promptlsp.yaml", "rules: { unknown-function: hint }\n").With("prompts/a.prompt", Clean);
        Assert.Equal(1, await _shell.Run("check - --stdin-filename prompts/a.prompt --format json --severity hint", Broken));
        JsonElement finding = Assert.Single(Findings());
        Assert.Equal(("prompts/a.prompt", "hint"), (finding.GetProperty("file").GetString(), finding.GetProperty("severity").GetString()));
        Assert.Equal(Clean, _shell.Read("prompts/a.prompt"));
        Assert.Equal(0, await _shell.Run("check -", Clean));
    }

    [Theory]
    [InlineData("check --stdin-filename a.prompt", "put `-` in the place of the file")]
    [InlineData("check - b.prompt", "goes alone")]
    [InlineData("check - --fix", "`--fix` writes files")]
    [InlineData("render - --input -", "cannot both come on standard input")]
    public async Task Standard_input_is_one_prompt_that_is_read_only(string command, string says)
    {
        Assert.Equal(2, await _shell.Run(command, Clean));
        Assert.Contains(says, _shell.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_come_in_the_order_of_their_paths_however_many_threads_there_are()
    {
        for (int i = 0; i < 60; i++)
            _shell.With($"{(char)('a' + i % 7)}/{i:00}.prompt", Broken);
        Assert.Equal(1, await _shell.Run("check . --format json"));
        string[] files = [.. Findings().Select(f => f.GetProperty("file").GetString()!)];
        Assert.Equal(60, files.Length);
        Assert.Equal(files.Order(StringComparer.Ordinal), files);
    }

    [Fact]
    public async Task A_file_that_is_named_twice_is_checked_once()
    {
        Assert.Equal(1, await _shell.With("a/b.prompt", Broken).Run("check a a/b.prompt . --format json"));
        Assert.Single(Findings());
    }

    [Fact]
    public async Task What_git_ignores_is_left_out_unless_it_is_named()
    {
        _shell.With(".gitignore", "out/\n").With("out/a.prompt", Broken);
        Assert.Equal(0, await _shell.Run("check"));
        Assert.Equal(1, await _shell.Run("check out/a.prompt"));
    }

    [Theory]
    [InlineData("check nowhere.prompt", "there is no file or folder `nowhere.prompt`")]
    [InlineData("check --rule undefined-varible", "did you mean `undefined-variable`?")]
    [InlineData("check --severity loud", "`--severity loud` is none of hint, information, warning, error")]
    [InlineData("check --baseline nowhere.json", "the baseline `nowhere.json` cannot be read")]
    [InlineData("check --max-warnings many", "`--max-warnings many` needs a whole number, from 0 on")]
    [InlineData("check --max-warnings -1", "`--max-warnings -1` needs a whole number, from 0 on")]
    public async Task Wrong_usage_is_one_line_and_status_2(string command, string says)
    {
        Assert.Equal(2, await _shell.Run(command));
        Assert.Equal("", _shell.Out);
        Assert.Contains(says, _shell.Error, StringComparison.Ordinal);
        Assert.Equal(1, _shell.Error.Count(c => c == '\n'));
    }

    [Fact]
    public async Task Standard_input_that_is_closed_is_named_as_such()
    {
        if (!OperatingSystem.IsLinux())
            return;
        (int status, string output, string error) = await OtherProcess.Run(_shell.Folder, "", "sh", "-c", "$PROMPTLSP check - <&-");
        Assert.Equal((2, "", "promptlsp: standard input cannot be read; it is closed, or no file or pipe; put one there\n"), (status, output, error));
        Assert.Equal(0, (await OtherProcess.Run(_shell.Folder, "Hi\n", "sh", "-c", "$PROMPTLSP check -")).Status);
        Assert.Equal(0, (await OtherProcess.Run(_shell.Folder, "", "sh", "-c", "$PROMPTLSP check - < /dev/null")).Status);
    }

    [Fact]
    public async Task A_file_that_is_no_text_is_a_finding()
    {
        File.WriteAllBytes(Path.Combine(_shell.Folder, "a.prompt"), [0xFF, 0xFE, 0x41, 0x00]);
        Assert.Equal(1, await _shell.Run("check --format json"));
        JsonElement finding = Assert.Single(Findings());
        Assert.Equal("`a.prompt` is not UTF-8; save it as UTF-8", finding.GetProperty("message").GetString());
        Assert.Equal("error", finding.GetProperty("severity").GetString());
    }

    [Fact]
    public async Task A_file_over_5_MB_is_a_finding()
    {
        _shell.With("a.prompt", new string('x', 5 * 1024 * 1024 + 1));
        Assert.Equal(1, await _shell.Run("check --format json"));
        Assert.Equal("error", Assert.Single(Findings()).GetProperty("severity").GetString());
    }

    [Fact]
    public async Task A_rule_can_be_asked_alone()
    {
        _shell.With("a.prompt", Broken + "{{ \"a\" | string.truncate }}\n");
        Assert.Equal(1, await _shell.Run("check --format json --rule wrong-arguments"));
        Assert.Equal("wrong-arguments", Assert.Single(Findings()).GetProperty("rule").GetString());
    }

    [Fact]
    public async Task Lighter_findings_can_be_left_out_and_tolerated()
    {
        _shell.With("promptlsp.yaml", "rules: { unknown-function: warning }\n").With("a.prompt", Broken);
        Assert.Equal(1, await _shell.Run("check"));
        Assert.Equal(1, await _shell.Run("check --severity warning"));
        Assert.Equal(0, await _shell.Run("check --severity error"));
        Assert.Equal(0, await _shell.Run("check --max-warnings 1"));
        Assert.Equal(1, await _shell.With("b.prompt", Broken).Run("check --max-warnings 1"));
    }

    [Theory]
    [InlineData("hint", 0, 1)]
    [InlineData("information", 0, 1)]
    [InlineData("warning", 1, 1)]
    [InlineData("error", 1, 1)]
    public async Task Hints_are_shown_and_count_where_they_are_asked_for(string severity, int status, int withHints)
    {
        _shell.With("promptlsp.yaml", $"rules: {{ unknown-function: {severity} }}\n").With("a.prompt", Broken);
        Assert.Equal(status, await _shell.Run("check"));
        Assert.Contains($"{severity}: ", _shell.Out, StringComparison.Ordinal);
        Assert.Equal(withHints, await _shell.Run("check --severity hint"));
    }

    [Theory]
    [InlineData("a.prompt", "---\nname: a\ndescripton: Greets\n---\nHi")]
    [InlineData("a.prompt", "---\nconfig: { temprature: 0.2 }\n---\nHi")]
    [InlineData("a.prompt", "---\ninput: { schema: { \"note?(object)\": { text: string } } }\nsamples: { none: {} }\n---\n{{ note.text }}")]
    [InlineData("a.prompt", "---\ninput: { schema: { \"note?(object)\": { text: string } } }\n---\n{{ note.text }}")]
    [InlineData("promptlsp.yaml", "contxt: {}\n")]
    public async Task What_breaks_or_costs_is_no_hint(string file, string text) =>
        Assert.Equal(1, await _shell.With("b.prompt", "Hi").With(file, text).Run("check"));

    [Fact]
    public async Task What_an_alias_of_yaml_leads_to_twice_is_told_once()
    {
        _shell.With("a.prompt", "---\nsamples: { a: {} }\ntests:\n  - &t { sample: b, expect: [{ contains: x }] }\n  - *t\n---\nx");
        Assert.Equal(1, await _shell.Run("check --format json"));
        Assert.Single(Findings());
    }

    [Fact]
    public async Task A_known_finding_stays_known_where_its_message_tells_of_a_line()
    {
        _shell.With("a.prompt", "---\nname: a\nname: b\n---\nHi");
        Assert.Equal(0, await _shell.Run("check --write-baseline known.json"));
        Assert.Equal(0, await _shell.With("a.prompt", "---\n# more\nname: a\nmodel: x\nname: b\n---\nHi").Run("check --baseline known.json"));
    }

    [Fact]
    public async Task Names_are_unique_in_one_root_and_not_across_roots()
    {
        const string Named = "---\nname: same\n---\nHi";
        _shell.With("one/promptlsp.yaml", "").With("two/promptlsp.yaml", "").With("one/a.prompt", Named).With("two/a.prompt", Named);
        Assert.Equal(0, await _shell.Run("check"));
        Assert.Equal(1, await _shell.With("one/sub/b.prompt", Named).Run("check one/../one two --format sarif"));
        Assert.Contains("\"one/sub/b.prompt\"", _shell.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("..", _shell.Out.Split("\"results\"")[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a\\nb")]
    [InlineData("a\\0b")]
    [InlineData("a\\tb")]
    [InlineData("a\\x1b[31mb")]
    [InlineData("\\n")]
    public async Task An_include_of_a_name_that_no_file_has_is_one_finding(string include)
    {
        _shell.With("a.prompt", $"Hi {{{{ include \"{include}\" }}}}").With("b.prompt", Broken);
        Assert.Equal(1, await _shell.Run("check --format json"));
        Assert.Equal(["missing-include", "unknown-function"], Findings().Select(f => f.GetProperty("rule").GetString()));
        Assert.All(Findings(), f => Assert.DoesNotContain(f.GetProperty("message").GetString()!, char.IsControl));
    }

    [Fact]
    public async Task Fix_mends_what_can_only_be_one_thing_and_nothing_else()
    {
        const string Text =
            "---\ndescripton: Greets\ninput: { schema: { name: string, item: string, items: string, user: { city: string } } }\nsamples: { a: { nmae: Ada, item: x, items: y, user: { ctiy: Rome } } }\n---\n{{ nmae | string.upcse }} {{ item }} {{ items }} {{ itemz }} {{ user.ctiy }}\n";
        const string Mended =
            "---\ndescription: Greets\ninput: { schema: { name: string, item: string, items: string, user: { city: string } } }\nsamples: { a: { name: Ada, item: x, items: y, user: { city: Rome } } }\n---\n{{ name | string.upcase }} {{ item }} {{ items }} {{ itemz }} {{ user.city }}\n";
        Assert.Equal(1, await _shell.With("a.prompt", Text).Run("check --fix"));
        Assert.Equal(Mended, _shell.Read("a.prompt"));
    }

    [Fact]
    public async Task An_error_is_never_tolerated() => Assert.Equal(1, await _shell.With("a.prompt", Broken).Run("check --max-warnings 9"));

    [Fact]
    public async Task Known_findings_are_left_out_on_whatever_line_and_new_ones_are_not()
    {
        Assert.Equal(1, await _shell.With("a.prompt", Broken).Run("check --format json"));
        _shell.With("known.json", _shell.Out).With("a.prompt", "One line more.\n" + Broken);
        Assert.Equal(0, await _shell.Run("check --baseline known.json"));
        Assert.Equal(1, await _shell.With("a.prompt", Broken + Broken).Run("check --baseline known.json --format json"));
        Assert.Single(Findings());
    }

    [Fact]
    public async Task A_baseline_is_written_and_leaves_out_what_was_there()
    {
        Assert.Equal(0, await _shell.With("a.prompt", Broken).Run("check --write-baseline known.json"));
        Assert.Equal("", _shell.Out);
        Assert.Equal("1 finding written; `promptlsp check --baseline known.json` leaves it out\n", _shell.Error);
        Assert.Equal(0, await _shell.Run("check --baseline known.json"));
        Assert.Equal(2, await _shell.Run("check --baseline known.json --write-baseline known.json"));
    }

    [Fact]
    public async Task Broken_settings_are_told_with_a_file_that_is_named()
    {
        Assert.Equal(1, await _shell.With("promptlsp.yaml", "rules: { missing-owner: error\n").With("a.prompt", Clean).Run("check a.prompt"));
        Assert.Contains("promptlsp.yaml:", _shell.Out, StringComparison.Ordinal);
        Assert.Equal(0, await _shell.With("promptlsp.yaml", "rules: { }\n").Run("check a.prompt"));
    }

    [Fact]
    public async Task A_baseline_takes_the_place_of_no_other_file()
    {
        Assert.Equal(2, await _shell.With("a.prompt", Broken).Run("check --write-baseline a.prompt"));
        Assert.Equal("promptlsp: `a.prompt` is there, is no baseline, and stays as it is; name another file\n", _shell.Error);
        Assert.Equal(Broken, File.ReadAllText(Path.Combine(_shell.Folder, "a.prompt")));
    }

    [Theory]
    [InlineData("check /dev/null")]
    [InlineData("render /dev/zero")]
    [InlineData("check --write-baseline /dev/null")]
    public async Task A_device_is_no_file(string command)
    {
        Assert.Equal(2, await _shell.With("a.prompt", Broken).Run(command));
        Assert.StartsWith("promptlsp: ", _shell.Error, StringComparison.Ordinal);
        Assert.Contains("`/dev/", _shell.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_baseline_of_another_kind_is_refused()
    {
        _shell.With("a.prompt", Clean).With("known.json", "[1, 2]");
        Assert.Equal(2, await _shell.Run("check --baseline known.json"));
        Assert.Contains("is no baseline", _shell.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Timings_go_to_standard_error()
    {
        Assert.Equal(0, await _shell.With("a.prompt", Clean).Run("check --timings"));
        Assert.Matches(@"\d ms  unknown-function\n", _shell.Error);
        Assert.DoesNotContain("unknown-function", _shell.Out, StringComparison.Ordinal);
        Assert.Equal(0, await _shell.Run("check --timings --rule unknown-function"));
        Assert.Matches(@"^ *[\d.]+ ms  unknown-function\n$", _shell.Error);
    }

    [Fact]
    public async Task Help_says_what_counts_without_a_severity()
    {
        await _shell.Run("check --help");
        Assert.Contains(
            "without it all are shown, and warnings and errors make it 1",
            string.Join(' ', _shell.Out.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)),
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("[default: hint]", _shell.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("- a\n", "promptlsp.yaml:1:1: error: promptlsp.yaml holds keys with their values")]
    [InlineData("hello\n", "promptlsp.yaml:1:1: error: promptlsp.yaml holds keys with their values")]
    [InlineData("rules: off\n", "promptlsp.yaml:1:8: error: ")]
    [InlineData("input: [\n", "promptlsp.yaml:1:8: error: this `[` is never closed; a `]` is missing")]
    public async Task Settings_that_say_nothing_are_told_of(string settings, string says)
    {
        _shell.With("promptlsp.yaml", settings).With("a.prompt", Clean);
        Assert.Equal(1, await _shell.Run("check"));
        Assert.StartsWith(says, _shell.Out, StringComparison.Ordinal);
        Assert.Equal(1, await _shell.Run("doctor"));
        Assert.Contains("wrong  settings", _shell.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Settings_in_the_folder_are_checked_with_it()
    {
        _shell.With("promptlsp.yaml", "partials: [nowhere]\n").With("a.prompt", Clean);
        Assert.Equal(1, await _shell.Run("check --format json"));
        Assert.Equal("promptlsp.yaml", Assert.Single(Findings()).GetProperty("file").GetString());
    }

    [Fact]
    public async Task Settings_can_be_named_themselves()
    {
        _shell.With("promptlsp.yaml", "partials: [nowhere]\n").With("a.prompt", Broken);
        Assert.Equal(1, await _shell.Run("check promptlsp.yaml --format json"));
        Assert.Equal("promptlsp.yaml", Assert.Single(Findings()).GetProperty("file").GetString());
    }

    [Fact]
    public void Progress_is_told_after_a_second_and_taken_away()
    {
        var error = new StringWriter();
        var clock = new SteppedClock();
        var terminal = new Terminal
        {
            Out = TextWriter.Null,
            Error = error,
            In = static () => TextReader.Null,
            Folder = "/",
            ShowsProgress = true,
            Clock = clock,
        };
        using (var progress = new Progress("checked", terminal))
        {
            progress.Tell(1, 9);
            clock.Pass(TimeSpan.FromSeconds(1));
            progress.Tell(2, 9);
            progress.Tell(3, 9);
            clock.Pass(TimeSpan.FromSeconds(1));
            progress.Tell(4, 9);
        }
        Assert.Equal("\rchecked 2 of 9\rchecked 4 of 9\r              \r", error.ToString());
    }

    [Theory]
    [InlineData("check")]
    [InlineData("check evaluations/e.yaml")]
    public async Task Evaluations_are_checked(string command)
    {
        _shell
            .With("a.prompt", "Hi\n")
            .With("evaluations/e.yaml", "prompt: a.prompt\nrows: [{}]\nexpect: [{ contians: x }]\n")
            .With("evaluations/compose.yaml", "services: {}\n");
        Assert.Equal(1, await _shell.Run(command));
        Assert.Contains("evaluations/e.yaml:3:12", _shell.Out, StringComparison.Ordinal);
        Assert.Contains("`contians` is no assertion; did you mean `contains`?", _shell.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("compose", _shell.Out, StringComparison.Ordinal);
    }

    private sealed class SteppedClock : TimeProvider
    {
        private long _now;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _now;

        public void Pass(TimeSpan time) => _now += time.Ticks;
    }

    [Fact]
    public async Task Sarif_and_annotations_are_written_on_demand()
    {
        _shell.With("a b.prompt", Broken);
        Assert.Equal(1, await _shell.Run("check --format sarif"));
        JsonElement result = JsonDocument.Parse(_shell.Out).RootElement.GetProperty("runs")[0].GetProperty("results")[0];
        Assert.Equal("unknown-function", result.GetProperty("ruleId").GetString());
        Assert.Equal(
            "a%20b.prompt",
            result.GetProperty("locations")[0].GetProperty("physicalLocation").GetProperty("artifactLocation").GetProperty("uri").GetString()
        );
        Assert.Equal(1, await _shell.Run("check --format github"));
        Assert.StartsWith("::error file=a b.prompt,line=1,endLine=1,col=11,", _shell.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_GitHub_reads_names_files_from_the_top_of_the_repository()
    {
        _shell.With("prompts/a.prompt", Broken);
        using var answer = new StringWriter();
        var terminal = new Terminal
        {
            Out = answer,
            Error = TextWriter.Null,
            In = static () => TextReader.Null,
            Folder = Path.Combine(_shell.Folder, "prompts"),
            Repository = _shell.Folder,
        };
        Assert.Equal(1, await CommandLine.RunAsync(["check", "--format", "sarif"], terminal, TestContext.Current.CancellationToken));
        JsonElement run = JsonDocument.Parse(answer.ToString()).RootElement.GetProperty("runs")[0];
        Assert.Equal(
            "prompts/a.prompt",
            run.GetProperty("results")[0]
                .GetProperty("locations")[0]
                .GetProperty("physicalLocation")
                .GetProperty("artifactLocation")
                .GetProperty("uri")
                .GetString()
        );
        Assert.Equal(
            new Uri(_shell.Folder + Path.DirectorySeparatorChar).AbsoluteUri,
            run.GetProperty("originalUriBaseIds").GetProperty("SRCROOT").GetProperty("uri").GetString()
        );
        answer.GetStringBuilder().Clear();
        Assert.Equal(1, await CommandLine.RunAsync(["check", "--format", "github"], terminal, TestContext.Current.CancellationToken));
        Assert.StartsWith("::error file=prompts/a.prompt,", answer.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("..a.prompt")]
    [InlineData("sub\\a.prompt")]
    public async Task A_file_with_an_odd_name_is_called_and_mended_by_it(string name)
    {
        _shell.With(name, "{{ role \"sytem\" }}Be kind.\n");
        Assert.Equal(1, await _shell.Run("check --format json"));
        Assert.Equal(name.Replace(Path.DirectorySeparatorChar, '/'), Findings()[0].GetProperty("file").GetString());
        await _shell.Run("check --fix");
        Assert.Equal("{{ role \"system\" }}Be kind.\n", _shell.Read(name));
    }

    [Fact]
    public void Safe_fixes_are_applied_round_by_round_and_others_are_not()
    {
        _shell.With("a.prompt", "\uFEFFone\r\ntwo\r\nthree");
        var terminal = new Terminal { Out = TextWriter.Null, Error = TextWriter.Null, In = static () => TextReader.Null, Folder = _shell.Folder };
        (int mended, ImmutableArray<CheckedFile> left, _) = SafeFixes.Apply(() => [new("a.prompt", Text(), FindDigitsMissing(Text().Content))], terminal);
        Assert.Equal(2, mended);
        Assert.Equal("\uFEFF1\r\n2\r\nthree", Encoding.UTF8.GetString(File.ReadAllBytes(Path.Combine(_shell.Folder, "a.prompt"))));
        Assert.Single(left[0].Findings);
        Assert.Equal(["a.prompt"], Directory.EnumerateFiles(_shell.Folder).Select(Path.GetFileName));
    }

    [Fact]
    public void A_file_that_cannot_be_mended_keeps_no_other_from_it()
    {
        _shell.With("a.prompt", "one");
        var terminal = new Terminal
        {
            Out = TextWriter.Null,
            Error = TextWriter.Null,
            In = static () => TextReader.Null,
            Folder = _shell.Folder,
        };
        var gone = new CheckedFile("0/gone.prompt", new SourceText("one"), FindDigitsMissing("one"));
        (int mended, _, IReadOnlyCollection<string> refused) = SafeFixes.Apply(
            () => [gone, new("a.prompt", Text(), FindDigitsMissing(Text().Content))],
            terminal
        );
        Assert.Equal((1, "1"), (mended, _shell.Read("a.prompt")));
        Assert.Contains("cannot be written", Assert.Single(refused), StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(_shell.Folder, "0")));
    }

    // Finds "two" only once "one" is mended, and has no safe fix for "three".
    private static ImmutableArray<Finding> FindDigitsMissing(string text) =>
    [
        .. Find(text, "one", "1", isSafe: true),
        .. text.Contains("one", StringComparison.Ordinal) ? [] : Find(text, "two", "2", isSafe: true),
        .. Find(text, "three", "3", isSafe: false),
    ];

    private static IEnumerable<Finding> Find(string text, string word, string digit, bool isSafe)
    {
        int at = text.IndexOf(word, StringComparison.Ordinal);
        if (at >= 0)
            yield return new(new(at, word.Length), "a word")
            {
                Rule = "r",
                Fixes = [new Fix("use a digit", new TextEdit(new(at, word.Length), digit)) { IsSafe = isSafe }],
            };
    }

    private SourceText Text() => new(_shell.Read("a.prompt"));

    private JsonElement[] Findings() => [.. JsonDocument.Parse(_shell.Out).RootElement.GetProperty("findings").EnumerateArray()];
}

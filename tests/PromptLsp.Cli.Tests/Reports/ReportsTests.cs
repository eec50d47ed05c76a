using System.Collections.Immutable;
using PromptLsp.Cli.Reports;
using PromptLsp.Language.Catalog;
using PromptLsp.Language.Linting;
using PromptLsp.Language.Text;
using Xunit;

namespace PromptLsp.Cli.Tests.Reports;

/// <summary>One set of findings in each format.</summary>
public sealed class ReportsTests
{
    [Fact]
    public void Text_reads_like_a_compiler() => Written(to => TextReport.Write(Sample, to, new Paint(false), 80)).ShouldBe("""
        prompts/a b.prompt:2:7: warning: `nmae` is not declared; did you mean `name`? [undefined-variable]
           2 | Hi {{ nmae }}
             |       ^^^^
             = declared here (2:1)
             = fix: replace by `name`
             = fix: declare it

        prompts/a b.prompt:3:1: hint: 100% odd: a,b [unused-input]
           3 | two
             | ^^^
             = see the partial (partials/_x.prompt)

        prompts/z.prompt:1:1: error: there is no role `x` [unknown-role]
           1 | x
             | ^

        3 files, 3 findings (1 error, 1 warning, 1 hint), 1 that --fix mends, 12 ms

        """);

    [Fact]
    public void A_clean_check_is_one_line() =>
        Written(to => TextReport.Write(new([new("a.prompt", SourceText.Empty, [])], TimeSpan.FromMilliseconds(3)), to, new Paint(false), 80))
            .ShouldBe("1 file, no findings, 3 ms\n");

    [Fact]
    public void Colours_change_no_character_of_the_text()
    {
        string coloured = Written(to => TextReport.Write(Sample, to, new Paint(true), 80));
        Assert.Contains("\x1b[1;31merror:\x1b[0m", coloured, StringComparison.Ordinal);
        string bare = System.Text.RegularExpressions.Regex.Replace(
            coloured,
            "\x1b\\[[0-9;]*m",
            "",
            System.Text.RegularExpressions.RegexOptions.None,
            TimeSpan.FromSeconds(5)
        );
        Assert.Equal(Written(to => TextReport.Write(Sample, to, new Paint(false), 80)), bare);
    }

    [Fact]
    public void A_message_cannot_steer_the_terminal() =>
        Assert.DoesNotContain(
            '\x1b',
            Written(to =>
                TextReport.Write(
                    new(
                        [
                            new(
                                "a\x1b[2J.prompt",
                                new SourceText("\x1b[2J"),
                                [new Finding(new(0, 4), "no `\x1b[2J`") { Rule = "r\u0031", Severity = Severity.Error }]
                            ),
                        ],
                        TimeSpan.Zero
                    ),
                    to,
                    new Paint(false),
                    80
                )
            )
        );

    [Fact]
    public void Json_keeps_the_promised_shape() => Written(to => JsonReport.Write(Sample, to)).ShouldBe("""
        {
          "files": 3,
          "findings": [
            {
              "file": "prompts/a b.prompt",
              "rule": "undefined-variable",
              "severity": "warning",
              "message": "`nmae` is not declared; did you mean `name`?",
              "range": {
                "start": {
                  "line": 1,
                  "character": 6
                },
                "end": {
                  "line": 1,
                  "character": 10
                }
              },
              "fixes": [
                "replace by `name`",
                "declare it"
              ]
            },
            {
              "file": "prompts/a b.prompt",
              "rule": "unused-input",
              "severity": "hint",
              "message": "100% odd: a,b",
              "range": {
                "start": {
                  "line": 2,
                  "character": 0
                },
                "end": {
                  "line": 2,
                  "character": 3
                }
              },
              "fixes": []
            },
            {
              "file": "prompts/z.prompt",
              "rule": "unknown-role",
              "severity": "error",
              "message": "there is no role `x`",
              "range": {
                "start": {
                  "line": 0,
                  "character": 0
                },
                "end": {
                  "line": 0,
                  "character": 1
                }
              },
              "fixes": []
            }
          ],
          "durationMs": 12.346
        }

        """);

    [Fact]
    public void GitHub_annotations_are_escaped() => Written(to => GitHubReport.Write(Sample, to)).ShouldBe("""
        ::warning file=prompts/a b.prompt,line=2,endLine=2,col=7,endColumn=10,title=undefined-variable::`nmae` is not declared; did you mean `name`?
        ::notice file=prompts/a b.prompt,line=3,endLine=3,col=1,endColumn=3,title=unused-input::100%25 odd: a,b
        ::error file=prompts/z.prompt,line=1,endLine=1,col=1,endColumn=1,title=unknown-role::there is no role `x`

        """);

    [Fact]
    public void A_path_with_separators_is_escaped_for_GitHub() =>
        Assert.StartsWith(
            "::error file=a%2Cb%3Ac%25.prompt,",
            Written(to =>
                GitHubReport.Write(
                    new([new("a,b:c%.prompt", new SourceText("x"), [new Finding(new(0, 1), "m") { Rule = "r", Severity = Severity.Error }])], TimeSpan.Zero),
                    to
                )
            ),
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData("a.prompt", "prompts/a.prompt")]
    [InlineData("/repository/b.prompt", "b.prompt")]
    [InlineData("/elsewhere/b.prompt", "/elsewhere/b.prompt")]
    public void Annotations_name_files_from_the_top_of_the_repository(string shown, string named)
    {
        string drive = OperatingSystem.IsWindows() ? "C:" : "";
        var terminal = new Terminal
        {
            Out = TextWriter.Null,
            Error = TextWriter.Null,
            In = static () => TextReader.Null,
            Folder = drive + "/repository/prompts",
            Repository = drive + "/repository",
        };
        string Full(string path) => path.StartsWith('/') ? drive + path : path;
        Assert.Equal(Full(named), terminal.InRepository(Full(shown)));
        Assert.Equal(Full(shown), (terminal with { Repository = null }).InRepository(Full(shown)));
    }

    internal static CheckResult Sample { get; } =
        new(
            [
                new(
                    "prompts/a b.prompt",
                    new SourceText("one\nHi {{ nmae }}\ntwo"),
                    [
                        new Finding(new(10, 4), "`nmae` is not declared; did you mean `name`?")
                        {
                            Rule = "undefined-variable",
                            Severity = Severity.Warning,
                            Fixes =
                            [
                                new Fix("replace by `name`", new TextEdit(new(10, 4), "name")) { IsSafe = true },
                                new Fix("declare it", TextEdit.Insert(0, "x\n")),
                            ],
                            Related = [new RelatedPlace(null, new(4, 2), "declared here")],
                        },
                        new Finding(new(18, 3), "100% odd: a,b")
                        {
                            Rule = "unused-input",
                            Severity = Severity.Hint,
                            Related = [new RelatedPlace("partials/_x.prompt", new(0, 1), "see the partial")],
                        },
                    ]
                ),
                new("prompts/clean.prompt", new SourceText("fine"), []),
                new(
                    "prompts/z.prompt",
                    new SourceText("x"),
                    [new Finding(new(0, 1), "there is no role `x`") { Rule = "unknown-role", Severity = Severity.Error }]
                ),
            ],
            TimeSpan.FromMilliseconds(12.3456)
        );

    internal static string Written(Action<TextWriter> write)
    {
        var to = new StringWriter { NewLine = "\n" };
        write(to);
        return to.ToString();
    }
}

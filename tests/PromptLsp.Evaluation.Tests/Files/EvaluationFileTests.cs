using PromptLsp.Evaluation.Files;
using PromptLsp.Workspace.Files;

namespace PromptLsp.Evaluation.Tests.Files;

public sealed class EvaluationFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("promptlsp-evaluation-").FullName;

    public EvaluationFileTests()
    {
        Write("a.prompt", "Hi {{ name }}");
        Write("judges/tone.prompt", "Rate {{ answer }}");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void All_of_it_is_read()
    {
        Write(
            "data.jsonl",
            "{\"id\": \"x\", \"input\": {\"name\": \"Ada\"}, \"expect\": \"Hello\", \"tags\": [\"safety\"]}\n\n{\"input\": {\"name\": \"Bob\"}, \"expect\": {\"contains\": \"Bob\"}}\n"
        );
        EvaluationFile file = Read(
            "prompt: a.prompt\ndata: data.jsonl\nexpect:\n  - json-schema: output\n  - judge: { rubric: judges/tone.prompt, at-least: 0.7 }\nmust-pass: [safety]\nrepeat: 3\ncompare: { delta: 0.1, primary: score }\nkeep: hashes\n"
        );
        Assert.Empty(file.Problems);
        Assert.Equal(["x data.jsonl:1", "2 data.jsonl:3"], file.Rows.Select(r => $"{r.Id} {r.Place}"));
        Assert.Equal(["equals", "contains"], file.Rows.Select(r => Assert.Single(r.Expect).Kind));
        Assert.Equal(
            (3, 0.1, Metric.Score, true, true, false),
            (file.Repeat, file.Delta, file.Primary, file.KeepsHashes, file.MustPassRow(file.Rows[0]), file.MustPassRow(file.Rows[1]))
        );
    }

    [Theory]
    [InlineData("{\"input\": {}\n", "data.jsonl:1: this line is no JSON; each line of data is one object")]
    [InlineData("3\n", "data.jsonl:1: a row is an object: { \"input\": { … } }")]
    [InlineData("{\"inputs\": {}}\n", "data.jsonl:1: `inputs` is no key of a row; did you mean `input`?")]
    [InlineData("{\"input\": 3}\n", "data.jsonl:1: `input` is an object: names with their values")]
    [InlineData("{\"id\": \"a\"}\n{\"id\": \"a\"}\n", "data.jsonl:2: the id `a` is there already, in data.jsonl:1; ids are unique")]
    [InlineData("\n", "e.yaml:2:1: there is no row")]
    public void A_broken_row_is_named(string data, string problem)
    {
        Write("data.jsonl", data);
        Assert.Contains(problem, Read("prompt: a.prompt\ndata: data.jsonl\nexpect: [{ contains: x }]\n").Problems);
    }

    [Fact]
    public void Every_broken_row_is_named()
    {
        Write("data.jsonl", "{\"input\": {}}\n{\n[]\n{\"input\": {}}\n");
        Assert.Equal(2, Read("prompt: a.prompt\ndata: data.jsonl\nexpect: [{ contains: x }]\n").Problems.Length);
    }

    [Theory]
    [InlineData("prompt: b.prompt\nrows: [{}]", "e.yaml:1:9: there is no file `b.prompt` for `prompt`; paths begin at the workspace's root, or with ./ here")]
    [InlineData("prompt: ../../b.prompt\nrows: [{}]", "e.yaml:1:9: `../../b.prompt` lies outside the workspace, where nothing is read")]
    [InlineData("rows: [{}]", "e.yaml:1:1: `prompt:` names the file that is evaluated")]
    [InlineData("prompt: a.prompt", "e.yaml:1:1: an evaluation needs rows: `data:` names a file of them, `rows:` lists them here")]
    [InlineData("prompt: a.prompt\nrows: [{}]\nrepeats: 3", "e.yaml:3:1: `repeats` is no key of an evaluation; did you mean `repeat`?")]
    [InlineData("prompt: a.prompt\nrows: [{}]\nrepeat: 0", "e.yaml:3:9: `repeat` must be between 1 and 100, not 0")]
    [InlineData("prompt: a.prompt\nrows: [{}]\ncompare: { delta: 2 }", "e.yaml:3:19: `delta` must be between 0.0001 and 1, not 2")]
    [InlineData("prompt: a.prompt\nrows: [{}]\nexpect: [{ contians: x }]", "e.yaml:3:12: `contians` is no assertion; did you mean `contains`?")]
    [InlineData(
        "prompt: a.prompt\nrows: [{}]\nexpect: [{ numeric: 3 }]",
        "e.yaml:3:12: `numeric` needs `path` and `equals`: { path: total, equals: 12.5, tolerance: 0.01 }"
    )]
    [InlineData(
        "prompt: a.prompt\nrows: [{}]\nexpect: [{ judge: { rubric: judges/no.prompt, at-least: 1 } }]",
        "e.yaml:3:29: there is no rubric `judges/no.prompt`: that is a prompt of this workspace, from its root"
    )]
    [InlineData("prompt: a.prompt\nrows: [{}]", "e.yaml:1:1: nothing must hold of any answer; say what under `expect`")]
    [InlineData(
        "prompt: a.prompt\nrows: [{}]\nexpect: [{ contains: x }]\ncompare: { primary: score }",
        "e.yaml:4:10: `primary: score` needs something that scores under `expect`: `judge` or `levenshtein`"
    )]
    [InlineData("prompt: a.prompt\nrows: [{}]\nexpect: [{ regex: '(' }]", null)]
    [InlineData(
        "prompt: a.prompt\nrows: [{}]\nexpect: [{ contains: x }]\nmust-pass: { a: b }",
        "e.yaml:4:12: `must-pass` must be text or a list, and this is a map"
    )]
    [InlineData(
        "prompt: a.prompt\nrows: [{ tags: [safety] }]\nexpect: [{ contains: x }]\nmust-pass: [safty]",
        "e.yaml:4:13: no row has the tag `safty`; did you mean `safety`?"
    )]
    [InlineData(
        "prompt: a.prompt\nrows: [{}]\nexpect: [{ contains: x }]\nmust-pass: law",
        "e.yaml:4:12: no row has the tag `law`; give it to those that must pass, under `tags`"
    )]
    [InlineData("prompt: [", null)]
    public void What_is_wrong_is_told_with_its_line(string text, string? problem)
    {
        EvaluationFile file = Read(text);
        Assert.NotEmpty(file.Problems);
        if (problem is not null)
            Assert.Contains(problem, file.Problems);
    }

    [Fact]
    public void Other_rows_and_other_assertions_are_other_hashes()
    {
        EvaluationFile one = Read("prompt: a.prompt\nrows: [{ input: { name: Ada } }]\nexpect: [{ contains: x }]"),
            same = Read("prompt: a.prompt\nexpect: [contains: x]\nrows:\n  - input: { \"name\": Ada }\nrepeat: 2");
        Assert.Equal((one.DataHash, one.AssertionsHash), (same.DataHash, same.AssertionsHash));
        Assert.NotEqual(one.DataHash, Read("prompt: a.prompt\nrows: [{ input: { name: Bob } }]\nexpect: [{ contains: x }]").DataHash);
        Assert.NotEqual(one.AssertionsHash, Read("prompt: a.prompt\nrows: [{ input: { name: Ada } }]\nexpect: [{ contains: y }]").AssertionsHash);
        const string Judged = "prompt: a.prompt\nrows: [{ input: { name: Ada } }]\nexpect: [{ judge: { rubric: judges/tone.prompt, at-least: 0.5 } }]";
        string before = Read(Judged).AssertionsHash;
        Write("judges/tone.prompt", "Rate strictly {{ answer }}");
        Assert.NotEqual(before, Read(Judged).AssertionsHash);
    }

    private EvaluationFile Read(string text)
    {
        Write("e.yaml", text);
        return EvaluationReader.Read(Path.Join(_folder, "e.yaml"), new Root(_folder, new Disk()), path => Path.GetRelativePath(_folder, path));
    }

    private void Write(string path, string text)
    {
        string full = Path.Join(_folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text);
    }
}

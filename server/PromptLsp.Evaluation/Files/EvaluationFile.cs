using System.Collections.Immutable;
using PromptLsp.Language.Linting;
using PromptLsp.Language.Text;

namespace PromptLsp.Evaluation.Files;

/// <summary>An evaluation as its file says it, and what is wrong with it. One with problems is not run.</summary>
public sealed record EvaluationFile
{
    /// <summary>Absolute.</summary>
    public required string Path { get; init; }

    /// <summary>The prompt that is evaluated, absolute.</summary>
    public string Prompt { get; init; } = "";

    public ImmutableArray<EvaluationRow> Rows { get; init; } = [];

    /// <summary>What must hold of every answer.</summary>
    public ImmutableArray<AnswerAssertion> Expect { get; init; } = [];

    /// <summary>Rows with one of these tags must pass, every time.</summary>
    public ImmutableArray<string> MustPass { get; init; } = [];

    /// <summary>How many answers each row gets.</summary>
    public int Repeat { get; init; } = 1;

    /// <summary>The smallest difference that matters, as a share.</summary>
    public double Delta { get; init; } = 0.05;

    /// <summary>What decides: whether answers pass, or their scores.</summary>
    public Metric Primary { get; init; } = Metric.Passed;

    /// <summary>Answers are kept as hashes alone.</summary>
    public bool KeepsHashes { get; init; }

    /// <summary>Each one line: where, what, what to do.</summary>
    public ImmutableArray<string> Problems { get; init; } = [];

    /// <summary>The same in the evaluation's own text; those of its data stand where it names the data.</summary>
    public ImmutableArray<Finding> Findings { get; init; } = [];

    /// <summary>Names the rows with their inputs: runs on other data are not compared.</summary>
    public string DataHash { get; init; } = "";

    /// <summary>Names what must hold: answers held against something else are not compared.</summary>
    public string AssertionsHash { get; init; } = "";

    public bool MustPassRow(EvaluationRow row) => row.Tags.Any(t => MustPass.Contains(t, StringComparer.Ordinal));
}

public enum Metric
{
    Passed,
    Score,
}

/// <summary>One row: what the prompt is given, and what must hold of the answer beside what always must.</summary>
/// <param name="Place"><c>file:line</c>, for people.</param>
public sealed record EvaluationRow(
    string Id,
    IReadOnlyDictionary<string, object?> Input,
    ImmutableArray<AnswerAssertion> Expect,
    ImmutableArray<string> Tags,
    string Place
)
{
    /// <summary>The same for programs: the file, absolute, and the line, from 0.</summary>
    public (string Path, int Line) At { get; init; }
}

/// <summary>One thing that must hold of an answer.</summary>
/// <param name="Text">Where it is written.</param>
public sealed record AnswerAssertion(string Kind, object? Value, Language.Syntax.Yaml.YamlNode Node, SourceText Text)
{
    /// <summary>A member of a value that is an object.</summary>
    public object? Member(string name) => (Value as IReadOnlyDictionary<string, object?>)?.GetValueOrDefault(name);
}

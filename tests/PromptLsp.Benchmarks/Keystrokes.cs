using System.Collections.Immutable;
using BenchmarkDotNet.Attributes;
using PromptLsp.Language.Completion;
using PromptLsp.Language.Hover;
using PromptLsp.Language.Linting;
using PromptLsp.Language.Semantics;
using PromptLsp.Language.Syntax;
using PromptLsp.Language.Text;

namespace PromptLsp.Benchmarks;

/// <summary>What one keystroke costs: a new text, and everything that an editor then asks; in a file just opened, and after a letter in one that was open.</summary>
[MemoryDiagnoser]
public class Keystrokes
{
    private string _text = "";
    private Typing? _atTheEnd, _atTheBeginning;

    [Params("50 lines", "500 lines", "5000 lines", "nested blocks")]
    public string Prompt { get; set; } = "";

    [GlobalSetup]
    public void SetUp()
    {
        _text = Prompts.Of(Prompt);
        _atTheEnd = new(_text, _text.LastIndexOf("customer.", StringComparison.Ordinal) + "customer.n".Length);
        _atTheBeginning = new(_text, Prompts.Header.Length);
    }

    [Benchmark]
    public PromptDocument ParseOpened() => PromptDocument.Parse(new SourceText(_text));

    [Benchmark]
    public PromptDocument ParseAtTheEnd() => _atTheEnd!.Parse();

    [Benchmark]
    public PromptDocument ParseAtTheBeginning() => _atTheBeginning!.Parse();

    [Benchmark]
    public ImmutableArray<Finding> LintOpened() => Linter.Quick(new(ParseOpened(), PromptEnvironment.None), CancellationToken.None);

    [Benchmark]
    public ImmutableArray<Finding> LintAtTheEnd() => Linter.Quick(_atTheEnd!.Model(), CancellationToken.None);

    [Benchmark]
    public ImmutableArray<Finding> LintAtTheBeginning() => Linter.Quick(_atTheBeginning!.Model(), CancellationToken.None);

    [Benchmark]
    public CompletionList CompleteAtTheEnd() => Completions.At(_atTheEnd!.Model(), _atTheEnd.Cursor);

    [Benchmark]
    public HoverText? HoverAtTheEnd() => Hovers.At(_atTheEnd!.Model(), _atTheEnd.Cursor - "r.na".Length, CancellationToken.None);
}

/// <summary>The same for texts that are meant to hurt.</summary>
[MemoryDiagnoser]
public class HostileTexts
{
    private string _text = "";

    [Params("open islands", "open comments", "one line of 1 MB", "alias bomb")]
    public string Kind { get; set; } = "";

    [GlobalSetup]
    public void SetUp() => _text = Prompts.Of(Kind);

    [Benchmark]
    public ImmutableArray<Finding> Lint() => Linter.Quick(new(PromptDocument.Parse(new SourceText(_text)), PromptEnvironment.None), CancellationToken.None);
}

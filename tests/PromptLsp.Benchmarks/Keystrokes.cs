using System.Collections.Immutable;
using BenchmarkDotNet.Attributes;
using PromptLsp.Language.Completion;
using PromptLsp.Language.Hover;
using PromptLsp.Language.Linting;
using PromptLsp.Language.Semantics;
using PromptLsp.Language.Syntax;
using PromptLsp.Language.Text;

namespace PromptLsp.Benchmarks;

/// <summary>What one keystroke costs: a new text, and everything that an editor then asks.</summary>
[MemoryDiagnoser]
public class Keystrokes
{
    private string _text = "";
    private int _cursor;
    private Typing? _atTheEnd, _atTheBeginning;

    [Params(50, 500, 5_000)]
    public int Lines { get; set; }

    [GlobalSetup]
    public void SetUp()
    {
        _text = Prompts.Typical(Lines);
        _cursor = _text.LastIndexOf("customer.n", StringComparison.Ordinal) + "customer.n".Length;
        _atTheEnd = new(_text, _text.LastIndexOf("undefined_variable", StringComparison.Ordinal));
        _atTheBeginning = new(_text, _text.IndexOf("Paragraph", StringComparison.Ordinal));
    }

    [Benchmark]
    public PromptDocument Parse() => PromptDocument.Parse(new SourceText(_text));

    [Benchmark]
    public ImmutableArray<Finding> Lint() => Linter.Quick(Model(), CancellationToken.None);

    [Benchmark]
    public ImmutableArray<Finding> LetterAtTheEnd() => Linter.Quick(_atTheEnd!.Next(), CancellationToken.None);

    [Benchmark]
    public ImmutableArray<Finding> LetterAtTheBeginning() => Linter.Quick(_atTheBeginning!.Next(), CancellationToken.None);

    [Benchmark]
    public CompletionList Complete() => Completions.At(Model(), _cursor);

    [Benchmark]
    public HoverText? Hover() => Hovers.At(Model(), _cursor - "r.n".Length, CancellationToken.None);

    private PromptModel Model() => new(Parse(), PromptEnvironment.None);

    /// <summary>A letter that is typed and taken back, over and over, in one place of a document that stays open.</summary>
    private sealed class Typing(string text, int at)
    {
        private readonly PromptMemory _memory = new();
        private readonly SourceText[] _texts = [new(text), new(text.Insert(at, "x"))];
        private int _letters;

        public PromptModel Next() => new(_memory.Document = PromptDocument.Parse(_texts[_letters++ % 2], null, _memory.Document), PromptEnvironment.None, _memory);
    }
}

/// <summary>The same for texts that are meant to hurt.</summary>
[MemoryDiagnoser]
public class HostileTexts
{
    private string _text = "";

    [Params("nested blocks", "open islands", "open comments", "one line of 1 MB", "alias bomb")]
    public string Kind { get; set; } = "";

    [GlobalSetup]
    public void SetUp() => _text = Prompts.Pathological(Kind);

    [Benchmark]
    public ImmutableArray<Finding> Lint() => Linter.Quick(new(PromptDocument.Parse(new SourceText(_text)), PromptEnvironment.None), CancellationToken.None);
}

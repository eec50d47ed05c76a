using PromptLsp.Language.Completion;
using PromptLsp.Language.Hover;
using PromptLsp.Language.Linting;
using PromptLsp.Language.Semantics;

namespace PromptLsp.Language.Tests;

/// <summary>
/// Texts made to be hard: none ends the process, and none takes more than its length deserves. Every one of them did once, or could.
/// </summary>
public sealed class GrowthTests
{
    private const string Inputs = "---\ninput:\n  schema:\n    a: string\n    xs(array): string\n---\n";

    public static TheoryData<string> Hard => [.. Texts.Keys];

    private static readonly Dictionary<string, Func<int, string>> Texts = new(StringComparer.Ordinal)
    {
        ["outputs of undeclared names"] = n => Inputs + Times("{{ nmae }}\n", n),
        ["islands never closed"] = n => Inputs + Times("{{ a\n", n),
        ["strings never closed"] = n => Inputs + Times("{{ \"\n", n),
        ["blocks in blocks"] = n => Inputs + Times("{{ if a }}", n) + Times("{{ end }}", n),
        ["blocks never closed"] = n => Inputs + Times("{{ for x in xs }}{{ x }}", n),
        ["ends of nothing"] = n => Inputs + Times("{{ end }}\n", n),
        ["one long chain of else"] = n => Inputs + "{{ if a }}" + Times("{{ else if a }}b", n) + "{{ end }}",
        ["one long pipe"] = n => Inputs + "{{ a" + Times(" | string.upcase", n) + " }}",
        ["one long path"] = n => Inputs + "{{ a" + Times(".b", n) + " }}",
        ["one long sum"] = n => Inputs + "{{ a" + Times(" + a", n) + " }}",
        ["one long condition"] = n => Inputs + "{{ if a" + Times(" && a", n) + " }}x{{ end }}",
        ["one long choice"] = n => Inputs + "{{ " + Times("a ? a : ", n) + "a }}",
        ["one long row of indexes"] = n => Inputs + "{{ a" + Times("[0]", n) + " }}",
        ["parentheses"] = n => Inputs + "{{ " + Times("(", n) + "a" + Times(")", n) + " }}",
        ["negations"] = n => Inputs + "{{ " + Times("!", n) + "a }}",
        ["a list of many paths"] = n => Inputs + "{{ [" + Times("a.b, ", n) + "1] }}",
        ["loops beside one another"] = n => Inputs + Times("{{ for x in xs }}{{ x }}{{ end }}\n", n),
        ["names made of one another"] = n => Inputs + Numbered(n, i => $"{{{{ v{i} = v{i - 1} + 1 }}}}\n") + "{{ v" + (n - 1) + " }}",
        ["names made of later ones"] = n => Inputs + "{{ v0 }}" + Numbered(n, i => $"{{{{ v{i} = v{i + 1} }}}}\n"),
        ["members of something unknown"] = n => Inputs + Times("{{ with a }}{{ b }}{{ end }}", n),
        ["comments that turn rules off"] = n => Inputs + Times("{{ # promptlsp-disable-next-line undefined-variable }}\n{{ zz }}\n", n),
        ["rules off and on again"] = n => Inputs + Times("{{ # promptlsp-disable undefined-variable }}{{ zz }}{{ # promptlsp-enable }}\n", n),
        ["roles nobody knows"] = n => Inputs + Times("{{ role \"usr\" }}\ntext\n", n),
        ["includes of nothing"] = n => Inputs + Times("{{ include \"x\" }}\n", n),
        ["keys of one's own"] = n => "---\n" + Numbered(n, i => $"k{i}: v\n") + "---\n{{ a }}",
        ["one key again and again"] = n => "---\n" + Times("name: v\n", n) + "---\n{{ a }}",
        ["front matter never closed"] = n => "---\n" + Times("name: v\n", n),
        ["many inputs, none used"] = n => "---\ninput:\n  schema:\n" + Numbered(n, i => $"    k{i}: string, d\n") + "---\n{{ a }}",
        ["lists in lists"] = n => "---\na: " + Times("[", n) + Times("]", n) + "\n---\n{{ a }}",
        ["dashes"] = n => "---\na:\n" + Times("- ", n) + "x\n---\n{{ a }}",
        ["aliases of aliases"] = n => "---\na0: &a0 [x, x]\n" + Numbered(Math.Min(n, 60), i => $"a{i + 1}: &a{i + 1} [*a{i}, *a{i}, *a{i}]\n") + "---\n{{ a }}",
        ["hidden characters"] = n => Inputs + Times("a\u200b", n),
        ["line ends alone"] = n => Inputs + Times("\r", n),
    };

    [Theory]
    [MemberData(nameof(Hard))]
    public void Sixteen_times_the_text_takes_less_than_thirty_two_times_the_memory(string text)
    {
        // What is allocated is counted, not timed, so that it is the same on every machine; what is made once is made before.
        Allocated(Texts[text](20));
        long small = Allocated(Texts[text](500)), large = Allocated(Texts[text](8000));
        Assert.True(large < Math.Max(32 * small, 1_000_000), $"{small:N0} bytes became {large:N0}");
    }

    [Theory]
    [MemberData(nameof(Hard))]
    public void No_text_is_too_long_for_a_small_stack(string text)
    {
        Exception? failure = null;
        // The smallest that .NET gives a thread of its pool anywhere.
        var thread = new Thread(() => failure = Record.Exception(() => Everything(Texts[text](10_000))), 1536 * 1024);
        thread.Start();
        thread.Join();
        Assert.Null(failure);
    }

    private static void Everything(string text)
    {
        Allocated(text);
        Linter.Slow(Model(text), CancellationToken.None);
    }

    private static long Allocated(string text)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        PromptModel prompt = Model(text);
        Linter.Quick(prompt, CancellationToken.None);
        Completions.At(prompt, text.Length);
        Completions.At(prompt, Math.Max(0, text.LastIndexOf("}}", StringComparison.Ordinal)));
        Hovers.At(prompt, text.LastIndexOf('a'), CancellationToken.None);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static string Times(string part, int count) => string.Concat(Enumerable.Repeat(part, count));

    private static string Numbered(int count, Func<int, string> part) => string.Concat(Enumerable.Range(0, count).Select(part));
}

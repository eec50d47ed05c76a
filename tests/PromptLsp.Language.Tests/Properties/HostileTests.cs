using PromptLsp.Testing;

namespace PromptLsp.Language.Tests.Properties;

/// <summary>Files that nobody writes by hand: they are read like any other, and nothing overflows.</summary>
public sealed class HostileTests
{
    private static readonly Dictionary<string, Func<string>> Files = new(StringComparer.Ordinal)
    {
        ["ten thousand blocks inside one another"] = () => Repeated("{{ if a }}", 10_000) + "x" + Repeated("{{ end }}", 10_000),
        ["ten thousand blocks that never end"] = () => Repeated("{{ for x in xs }}", 10_000),
        ["ten thousand parentheses"] = () => "{{ " + Repeated("(", 10_000) + "a" + Repeated(")", 10_000) + " }}",
        ["ten thousand strings inside one another"] = () => "{{ " + Repeated("$\"{", 10_000),
        ["ten thousand operators"] = () => "{{ " + Repeated("a + ", 10_000) + "a }}",
        ["ten thousand members"] = () => "{{ a" + Repeated(".b", 10_000) + " }}",
        ["ten thousand pipes"] = () => "{{ a" + Repeated(" | f", 10_000) + " }}",
        ["ten thousand signs"] = () => "{{ " + Repeated("-", 10_001) + "a }}",
        ["ten thousand choices"] = () => "{{ " + Repeated("a ? b : ", 10_000) + "c }}",
        ["a line of a megabyte"] = () => Repeated("word ", 200_000),
        ["a line of a megabyte of code"] = () => Repeated("{{ x }}", 150_000),
        ["a megabyte in one string"] = () => "{{ \"" + Repeated("a", 1_000_000) + "\" }}",
        ["a megabyte in one name"] = () => "{{ " + Repeated("a", 1_000_000) + " }}",
        ["a megabyte in one comment"] = () => "{{ # " + Repeated("a", 1_000_000) + " }}",
        ["a megabyte of open quotes"] = () => Repeated("{{ \" }}\n", 120_000),
        ["a hundred thousand lines"] = () => Repeated("{{ x }} is a line\n", 100_000),
        ["a hundred thousand line ends of three kinds"] = () => Repeated("\r\n\n\r", 30_000),
        ["a bomb of aliases"] = () =>
            "---\n"
            + string.Join('\n', Enumerable.Range(0, 30).Select(i => $"a{i}: &a{i} [{(i == 0 ? "x" : string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 9)))}]"))
            + "\ninput: { default: *a29, schema: *a29 }\nsamples: *a29\n---\n{{ a29 }}",
        ["a bomb of aliases in maps"] = () =>
            "---\ninput:\n  schema:\n"
            + string.Join(
                '\n',
                Enumerable
                    .Range(0, 30)
                    .Select(i => $"    a{i}: &a{i} {{{(i == 0 ? "x: string" : string.Join(", ", Enumerable.Range(0, 9).Select(k => $"k{k}: *a{i - 1}")))}}}")
            )
            + "\nsamples: { s: { a29: *a29 } }\n---\n{{ a29.k0.k1 }}",
        ["an alias to what holds it"] = () => "---\na: &a [*a]\ninput: { schema: &s { x: *s }, default: &d { x: *d } }\n---\n{{ x.x.x }}",
        ["ten thousand flow lists"] = () => "---\na: " + Repeated("[", 10_000) + "\n---\n",
        ["ten thousand flow maps"] = () => "---\na: " + Repeated("{ a: ", 10_000) + "\n---\n",
        ["ten thousand block lists"] = () => "---\na:\n  " + Repeated("- ", 10_000) + "x\n---\n",
        ["a thousand maps inside one another"] = () => "---\n" + string.Concat(Enumerable.Range(0, 1000).Select(i => new string(' ', i) + "a:\n")) + "---\n",
        ["a thousand schemas inside one another"] = () =>
            "---\ninput:\n schema:\n"
            + string.Concat(Enumerable.Range(2, 1000).Select(i => new string(' ', i) + "a(object):\n"))
            + "---\n{{ a"
            + Repeated(".a", 1000)
            + " }}",
        ["a megabyte in one scalar"] = () => "---\nname: " + Repeated("a", 1_000_000) + "\n---\n",
        ["ten thousand keys"] = () => "---\n" + string.Concat(Enumerable.Range(0, 10_000).Select(i => $"k{i}: v\n")) + "---\n",
        ["zeros"] = () => Repeated("\0", 100_000),
        ["lone surrogates"] = () => Repeated("\uDC00\uD800", 50_000),
        ["hidden characters"] = () => Repeated("a\u200B\u202E\u200F\uDB40\uDC41", 20_000),
        ["block roles"] = () => Repeated("{{#role \"user\"}}", 50_000),
    };

    public static TheoryData<string> Names => [.. Files.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Is_read(string file)
    {
        string text = Files[file]();
        Invariants.Hold(text, 0, text.Length / 2, text.Length);
    }

    private static string Repeated(string text, int times) => string.Concat(Enumerable.Repeat(text, times));
}

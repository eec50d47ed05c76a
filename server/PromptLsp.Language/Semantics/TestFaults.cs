using PromptLsp.Language.Catalog;
using PromptLsp.Language.Syntax;
using PromptLsp.Language.Syntax.Yaml;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Semantics;

/// <summary>What keeps an entry of <c>tests</c> from testing anything: nothing is asserted, or what looks like an assertion is none.</summary>
internal static class TestFaults
{
    /// <summary>Of a test of the front matter, in the order of its keys.</summary>
    public static IEnumerable<Problem> Of(SourceText text, YamlNode test, IReadOnlyList<Assertion> assertions)
    {
        if (test is not YamlMapping map)
            return [new(text.FirstLineOf(test.Span), "this is no test; a test is a map, such as `{ sample: NAME, expect: [{ contains: TEXT }] }`")];
        List<Problem> found = [.. map.Entries.Select(e => Misplaced(map, e)).OfType<Problem>(), .. assertions.Select(Of).OfType<Problem>()];
        return found.Count > 0 ? found : AssertsNothing(text, map, assertions) is { } nothing ? [nothing] : [];
    }

    /// <summary>Kinds of assertion that ask a model, which nothing here does.</summary>
    public const string OfTheModel = "output";

    // `assert:` where `expect:` was meant, `contains:` beside it: nothing reads them. Any other key is the author's own.
    private static Problem? Misplaced(YamlMapping test, YamlEntry entry)
    {
        string name = entry.Key.Value;
        TextSpan span = entry.Key.Span;
        if (TestKeys.Test.Find(name) is not null)
            return null;
        if (LikeExpect.Contains(name) || Spelling.Nearest(name, ["expect"]) is not null)
        {
            return new(span, $"nothing reads `{name}`; what must hold stands under `expect`")
            {
                Repair = test.Find("expect") is null ? Repair.ChangeTo("expect", span) with { IsSafe = true } : null,
            };
        }
        return TestKeys.MeantAssertion(name) is { } kind
            ? new(span, $"nothing reads `{name}` beside `expect`; put `{kind}` into its list: `expect: [{{ {kind}: … }}]`")
            : null;
    }

    private static Problem? Of(Assertion assertion)
    {
        string kind = assertion.Kind;
        if (TestKeys.Assertion(kind) is not { } key)
        {
            string? meant = TestKeys.MeantAssertion(kind);
            return new(assertion.KindSpan, $"`{Excerpt.Of(kind)}` is no assertion; {(meant is null ? $"there are {Kinds}" : $"did you mean `{meant}`?")}")
            {
                Repair = Repair.ChangeToMeant(meant, assertion.KindSpan),
            };
        }
        bool isEmpty = assertion.Value switch
        {
            null => !key.Takes(KeyShape.Boolean),
            "" => kind != "equals",
            IReadOnlyList<object?> { Count: 0 } => kind != "messages",
            IReadOnlyList<object?> list => list.Any(item => item is null or ""),
            _ => false,
        };
        return isEmpty
            ? new(assertion.KindSpan, $"`{kind}` says nothing that must hold{(key.Example is null ? "" : $"; write what, as in `{key.Example}`")}")
            : null;
    }

    private static Problem? AssertsNothing(SourceText text, YamlMapping test, IReadOnlyList<Assertion> assertions)
    {
        if (assertions.Any(a => a.Kind != OfTheModel))
            return null;
        TextSpan? asked = assertions is [var model, ..] ? model.KindSpan : test.Find(OfTheModel)?.Key.Span;
        return asked is { } output
            ? new(output, "`output` asks a model, and nothing here does, so this test checks nothing; say under `expect` what must hold of the rendered prompt")
            : new(
                test.Find("expect")?.Key.Span ?? text.FirstLineOf(test.Span),
                "this test checks nothing; say under `expect` what must hold, as in `expect: [{ contains: TEXT }]`"
            );
    }

    private static string Kinds => string.Join(", ", TestKeys.Assertions.Where(a => a.Name != OfTheModel).Select(a => $"`{a.Name}`"));

    private static readonly HashSet<string> LikeExpect = new[]
    {
        "assert",
        "asserts",
        "assertion",
        "assertions",
        "check",
        "checks",
        "expectation",
        "expectations",
        "expected",
        "expects",
        "must",
        "should",
        "then",
        "verify",
    }.ToHashSet(StringComparer.OrdinalIgnoreCase);
}

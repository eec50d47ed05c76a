using System.Collections.ObjectModel;
using System.Collections.Immutable;
using PromptLsp.Language.Catalog.Types;
using PromptLsp.Language.Semantics.Schemas;
using PromptLsp.Language.Syntax;
using PromptLsp.Language.Syntax.Yaml;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Semantics;

/// <summary>Reads the front matter's tree into the words of the format.</summary>
internal sealed class HeaderReader(SourceText text, FrontMatter frontMatter, YamlMapping keys, PromptEnvironment environment)
{
    public PromptHeader Read()
    {
        PromptSchema? input = Schema(At("input", "schema"));
        PromptSchema? output = Schema(At("output", "schema"));
        bool declares = frontMatter.Yaml.IsValid && input is { IsKnown: true, Type: ObjectType };
        return new()
        {
            Name = String(At("name")),
            Variant = String(At("variant")),
            Description = String(At("description")),
            Model = String(At("model")),
            DeclaresInputs = declares,
            Inputs = Inputs(input, declares),
            Output = output?.Type,
            InputSchema = input,
            OutputSchema = output,
            Defaults = At("input", "default") is YamlMapping defaults ? PromptValue.Of(defaults) : PromptValue.EmptyObject,
            Untrusted = Words(At("input", "untrusted")),
            Samples = [.. Samples()],
            Tests = [.. Tests()],
            TokenLimit = TokenLimit(),
            DisabledRules = Words(At("lint", "disable")),
            SchemaProblems = [.. input?.Problems ?? [], .. output?.Problems ?? [], .. TestSchemas().SelectMany(s => s.Problems)],
        };
    }

    private static ObjectType Inputs(PromptSchema? schema, bool declares) => schema?.Type switch
    {
        ObjectType type when declares => type,
        ObjectType type => type with { Others = PromptType.Any },
        _ => ObjectType.Open,
    };

    private PromptSchema? Schema(YamlNode? node) =>
        node is null or YamlScalar { Value: "", IsPlain: true } ? null : PromptSchema.Read(text, node, environment.Schemas);

    private IEnumerable<PromptSchema> TestSchemas() =>
        from test in Tests()
        from assertion in test.Assertions
        where assertion.Kind == "json-schema" && assertion.Node is YamlMapping
        select PromptSchema.Read(text, assertion.Node, environment.Schemas);

    private IEnumerable<Sample> Samples()
    {
        if (At("samples") is not YamlMapping samples)
            yield break;
        foreach (YamlEntry entry in samples.Entries)
        {
            if (entry.Value.Resolved() is YamlMapping values)
                yield return new(entry.Key.Value, entry.Key.Span, PromptValue.Of(values), values);
        }
    }

    private IEnumerable<PromptTest> Tests()
    {
        if (At("tests") is not YamlSequence tests)
        {
            if (At("tests") is { } other && (other as YamlScalar)?.IsNull() != true)
                yield return new(null, null, null, null, other, [])
                {
                    Faults = [new(text.FirstLineOf(other.Span), "`tests` must be a list, so nothing is tested; begin each test with `-`")],
                };
            yield break;
        }
        foreach (YamlNode item in tests.Items)
        {
            if (item.Resolved() is not YamlMapping test)
            {
                yield return new(null, null, null, null, item, []) { Faults = [.. TestFaults.Of(text, item, [])] };
                continue;
            }
            var sample = test.Find("sample")?.Value.Resolved() as YamlScalar;
            ImmutableArray<Assertion> assertions = [.. Assertions(test.Find("expect")?.Value.Resolved())];
            yield return new(
                String(test.Find("name")?.Value.Resolved()),
                String(sample),
                sample?.Span,
                test.Find("input")?.Value.Resolved() is YamlMapping input ? PromptValue.Of(input) : null,
                test,
                assertions)
            {
                Faults = [.. TestFaults.Of(text, test, assertions)],
            };
        }
    }

    // A list of maps with one key each; a map of several keys, or a bare word for one without a value, is taken as well.
    private static IEnumerable<Assertion> Assertions(YamlNode? expect)
    {
        foreach (YamlNode item in expect is YamlSequence list ? list.Items : expect is null ? [] : [expect])
        {
            if (item.Resolved() is YamlScalar { Value.Length: > 0 } word)
                yield return new(word.Value, word.Span, null, word);
            if (item.Resolved() is not YamlMapping map)
                continue;
            foreach (YamlEntry entry in map.Entries)
                yield return new(entry.Key.Value, entry.Key.Span, PromptValue.Of(entry.Value), entry.Value.Resolved() ?? entry.Value);
        }
    }

    private (long, TextSpan)? TokenLimit() =>
        At("limits", "tokens") is YamlScalar limit && limit.Meaning() is long and > 0 and var tokens ? (tokens, limit.Span) : null;

    private static IReadOnlySet<string> Words(YamlNode? node) =>
        node switch
        {
            YamlSequence list => list
                .Items.Select(i => i.Resolved())
                .OfType<YamlScalar>()
                .Select(s => s.Value)
                .Where(v => v.Length > 0)
                .ToHashSet(StringComparer.Ordinal),
            YamlScalar { Value.Length: > 0 } word => new HashSet<string>(StringComparer.Ordinal) { word.Value },
            _ => ReadOnlySet<string>.Empty,
        };

    private static string? String(YamlNode? node) => node is YamlScalar scalar && !scalar.IsNull() ? scalar.Value : null;

    private YamlNode? At(string key) => keys.Find(key)?.Value.Resolved();

    private YamlNode? At(string key, string member) => (At(key) as YamlMapping)?.Find(member)?.Value.Resolved();
}

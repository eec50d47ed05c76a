using System.Collections.Immutable;
using PromptLsp.Language.Catalog;
using PromptLsp.Language.Catalog.Types;
using PromptLsp.Language.Semantics;
using PromptLsp.Language.Semantics.Schemas;
using PromptLsp.Language.Syntax;
using PromptLsp.Language.Syntax.Yaml;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Linting;

/// <summary>A sample, a default or a test's input that does not fit the schema.</summary>
public sealed class SampleMismatch : Rule
{
    public const string Name = "sample-mismatch";

    public override string Id => Name;

    public override RuleGroup Group => RuleGroup.SamplesAndTests;

    public override Severity Default => Severity.Error;

    public override IEnumerable<Finding> Find(PromptModel prompt, CancellationToken cancel)
    {
        PromptHeader header = prompt.Header;
        if (!header.DeclaresInputs || prompt.Document.FrontMatter.Keys is not { } keys)
            return [];
        ObjectType inputs = WithContext(prompt, header.Inputs);
        return Defaults(keys, inputs).Concat(Samples(keys, header, inputs)).Concat(Tests(keys, header, inputs)).Select(p => Told(p, prompt.Document.Text));
    }

    // What is lacking is added with a value that fits, to be written over.
    private static Finding Told(Problem problem, SourceText text)
    {
        Finding finding = problem.ToFinding();
        if (problem is not LackingMember { Map: var map, Member: var member })
            return finding;
        return finding with { Fixes = [new($"Add `{member.Name}`", YamlEdits.Add(text, map, FittingValue.Entry(member)))] };
    }

    // A sample may also say what the application would give.
    private static ObjectType WithContext(PromptModel prompt, ObjectType inputs)
    {
        ImmutableArray<Field> given =
        [
            .. prompt.Environment.Context.Where(c => inputs.Find(c.Name) is null).Select(c => new Field(c.Name, PromptType.Any, IsOptional: true)),
        ];
        return inputs with { Fields = inputs.Fields.AddRange(given) };
    }

    private static IEnumerable<Problem> Defaults(YamlMapping keys, ObjectType inputs) =>
        (keys.Find("input")?.Value as YamlMapping)?.Find("default") is { Value: var value } entry && value.Resolved() is YamlMapping values
            ? Conformance.OfInputs(values, inputs, entry.Key.Span, static _ => true)
            : [];

    private static IEnumerable<Problem> Samples(YamlMapping keys, PromptHeader header, ObjectType inputs)
    {
        if (keys.Find("samples")?.Value.Resolved() is not YamlMapping samples)
            yield break;
        foreach (YamlEntry sample in samples.Entries)
        {
            if (sample.Value.Resolved() is not YamlMapping values)
                continue;
            foreach (Problem problem in Conformance.OfInputs(values, inputs, sample.Key.Span, header.Defaults.ContainsKey))
                yield return problem;
        }
    }

    // Names that no input has are for unknown-test-reference to tell of.
    private static IEnumerable<Problem> Tests(YamlMapping keys, PromptHeader header, ObjectType inputs)
    {
        ObjectType open = inputs with { Others = PromptType.Any };
        Dictionary<string, Sample> samples = header.Samples.DistinctBy(s => s.Name, StringComparer.Ordinal).ToDictionary(s => s.Name, StringComparer.Ordinal);
        HashSet<string> names = inputs.Fields.Select(f => f.Name).ToHashSet(StringComparer.Ordinal);
        if (keys.Find("tests")?.Value.Resolved() is not YamlSequence tests)
            yield break;
        foreach (YamlMapping test in tests.Items.OfType<YamlMapping>())
        {
            if (test.Find("input") is not { } input || input.Value.Resolved() is not YamlMapping values)
                continue;
            Sample? sample = test.Find("sample")?.Value is YamlScalar name ? samples.GetValueOrDefault(name.Value) : null;
            bool namesSample = test.Find("sample") is not null && sample is null;
            string[] unknown = [.. values.Entries.Select(e => e.Key.Value).Where(k => !names.Contains(k)).Take(100)];
            foreach (
                Problem problem in Conformance.OfInputs(
                    values,
                    open,
                    input.Key.Span,
                    n => namesSample || header.Defaults.ContainsKey(n) || sample?.Values.ContainsKey(n) == true || unknown.Any(u => Spelling.AreNear(u, n))
                )
            )
                yield return problem;
        }
    }
}

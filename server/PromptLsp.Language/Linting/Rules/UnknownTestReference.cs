using PromptLsp.Language.Catalog;
using PromptLsp.Language.Semantics;
using PromptLsp.Language.Syntax.Yaml;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Linting;

/// <summary>A test that names a sample or an input that is not there.</summary>
public sealed class UnknownTestReference : Rule
{
    public override string Id => "unknown-test-reference";

    public override RuleGroup Group => RuleGroup.SamplesAndTests;

    public override Severity Default => Severity.Error;

    public override IEnumerable<Finding> Find(PromptModel prompt, CancellationToken cancel)
    {
        PromptHeader header = prompt.Header;
        HashSet<string> samples = header.Samples.Select(s => s.Name).ToHashSet(StringComparer.Ordinal);
        HashSet<string>? inputs = header is { DeclaresInputs: true, Inputs: { IsClosed: true, ToleratesOthers: false } }
            ? header.Inputs.Fields.Select(f => f.Name).ToHashSet(StringComparer.Ordinal)
            : null;
        foreach (PromptTest test in header.Tests)
        {
            cancel.ThrowIfCancellationRequested();
            if (test.Sample is { } name && !samples.Contains(name))
                yield return Unknown(test.SampleSpan!.Value, name, "sample", samples);
            if (inputs is null)
                continue;
            foreach (Finding input in Inputs(prompt, test, inputs))
                yield return input;
        }
    }

    private static IEnumerable<Finding> Inputs(PromptModel prompt, PromptTest test, HashSet<string> inputs)
    {
        if ((test.Node as YamlMapping)?.Find("input")?.Value.Resolved() is not YamlMapping values)
            return [];
        HashSet<string> given = values.Entries.Select(e => e.Key.Value).ToHashSet(StringComparer.Ordinal);
        return from entry in values.Entries
               where !inputs.Contains(entry.Key.Value) && !prompt.Environment.Context.Any(c => string.Equals(c.Name, entry.Key.Value, StringComparison.Ordinal))
               select Unknown(entry.Key.Span, entry.Key.Value, "input", inputs.Where(i => !given.Contains(i)));
    }

    private static Finding Unknown(TextSpan span, string name, string what, IEnumerable<string> known)
    {
        string[] all = [.. known];
        string? meant = Spelling.Nearest(name, all);
        return new(
            span,
            $"there is no {what} `{name}`"
                + (
                    meant is not null ? $"; did you mean `{meant}`?"
                    : all.Length == 0 ? ""
                    : $"; there {(all.Length == 1 ? "is" : "are")} {string.Join(", ", all.Take(6).Select(k => $"`{k}`"))}"
                )
        )
        {
            Fixes = Fix.ChangeToOneOf(name, all, meant, span),
        };
    }
}

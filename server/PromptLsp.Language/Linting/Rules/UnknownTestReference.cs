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
        foreach (PromptTest test in prompt.Header.Tests)
        {
            cancel.ThrowIfCancellationRequested();
            if (Sample(prompt.Header, test) is { } sample)
                yield return sample;
            foreach (Finding input in Inputs(prompt, test))
                yield return input;
        }
    }

    private static Finding? Sample(PromptHeader header, PromptTest test)
    {
        if (test.Sample is not { } name || header.Samples.Any(s => string.Equals(s.Name, name, StringComparison.Ordinal)))
            return null;
        return Unknown(test.SampleSpan!.Value, name, "sample", header.Samples.Select(s => s.Name));
    }

    private static IEnumerable<Finding> Inputs(PromptModel prompt, PromptTest test)
    {
        PromptHeader header = prompt.Header;
        if (header is not { DeclaresInputs: true, Inputs: { IsClosed: true, ToleratesOthers: false } inputs } || (test.Node as YamlMapping)?.Find("input")?.Value.Resolved() is not YamlMapping values)
            return [];
        return from entry in values.Entries
               where inputs.Find(entry.Key.Value) is null && !prompt.Environment.Context.Any(c => string.Equals(c.Name, entry.Key.Value, StringComparison.Ordinal))
               select Unknown(entry.Key.Span, entry.Key.Value, "input", inputs.Fields.Select(f => f.Name).Where(f => values.Find(f) is null));
    }

    private static Finding Unknown(TextSpan span, string name, string what, IEnumerable<string> known)
    {
        string[] all = [.. known];
        string? meant = Spelling.Nearest(name, all);
        return new(span, $"there is no {what} `{name}`" + (meant is not null ? $"; did you mean `{meant}`?" : all.Length == 0 ? "" : $"; there {(all.Length == 1 ? "is" : "are")} {string.Join(", ", all.Take(6).Select(k => $"`{k}`"))}"))
        {
            Fixes = [.. all.Prepend(meant).OfType<string>().Distinct(StringComparer.Ordinal).Take(5).Select(k => new Fix($"Change to `{k}`", new TextEdit(span, k)))],
        };
    }
}

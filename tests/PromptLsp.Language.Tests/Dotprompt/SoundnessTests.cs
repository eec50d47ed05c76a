using System.Globalization;
using System.Text.Json;
using PromptLsp.Language.Catalog;
using PromptLsp.Language.Linting;
using PromptLsp.Language.Rendering;
using PromptLsp.Language.Semantics;
using PromptLsp.Language.Syntax;
using PromptLsp.Language.Syntax.Body;
using PromptLsp.Language.Syntax.Dialects;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Tests.Dotprompt;

/// <summary>
/// What is said of a template by lot is held against what it renders, with a schema that tells just what it is given: a name that is said to mean
/// nothing writes nothing, an input that is said to be unused changes nothing where it is left out, and what renders has no error but the few that
/// name a call nobody reaches or a text that is lost.
/// </summary>
public sealed class SoundnessTests
{
    private static readonly int Tries =
        400
        * (int.TryParse(Environment.GetEnvironmentVariable("PROPERTY_EFFORT"), NumberStyles.None, CultureInfo.InvariantCulture, out int effort) ? effort : 1);

    private static readonly string[] MayBeErrors = ["block-role", "unknown-role", "wrong-arguments", "unknown-function", "reserved-name", "circular-include"];

    [Fact]
    public void What_is_found_is_so()
    {
        int silent = 0, unused = 0;
        var wrong = new List<string>();
        foreach (int seed in Enumerable.Range(1, Tries))
        {
            DotpromptCase lot = DotpromptTemplates.Case(seed);
            PromptDocument document = PromptDocument.Parse(new(lot.Template), KnownDialects.Handlebars);
            // A context variable that is named like a fact of loops would stand where there is none.
            DotpromptCase @case = lot with
            {
                Template = Front(lot.Input) + document.Text[document.Body.Span],
                Context = lot.Context.Where(c => c.Key != "index").ToDictionary(StringComparer.Ordinal),
            };
            PromptModel prompt = @case.Prompt();
            string ours = @case.Ours(out RenderedPrompt rendered);
            if (rendered.Failure is not null)
                continue;
            Finding[] findings = [.. Linter.Quick(prompt, CancellationToken.None)];
            wrong.AddRange(
                findings.Where(f => f.Severity == Severity.Error && !MayBeErrors.Contains(f.Rule)).Select(f => $"seed {seed}: {f.Rule} {f.Message}")
            );
            HashSet<TextSpan> written =
            [
                .. rendered
                    .Messages.SelectMany(m => m.Parts.OfType<TextPart>())
                    .SelectMany(p => p.Values)
                    .Where(v => v.Origin.Path is null && !v.Span.IsEmpty)
                    .Select(v => v.Origin.Span),
            ];
            foreach (OutputUse output in prompt.Facts.Outputs)
            {
                foreach (
                    Finding finding in findings.Where(f =>
                        f.Rule is "undefined-variable" or "unknown-member"
                        && output.Node.Value is NameExpression or MemberExpression
                        && output.Node.Span.Contains(f.Span)
                    )
                )
                {
                    if (written.Contains(output.Node.Span))
                        wrong.Add($"seed {seed}: {finding.Message} at …{Around(prompt.Document.Text, output.Node.Span)}…");
                    silent++;
                }
            }
            foreach (Finding finding in findings.Where(f => f.Rule == "unused-input"))
            {
                string name = prompt.Document.Text[finding.Span].Trim('"').TrimEnd('?');
                string without = (@case with { Input = @case.Input.Where(i => i.Key != name).ToDictionary(StringComparer.Ordinal) }).Ours(out _);
                if (ours != without)
                    wrong.Add($"seed {seed}: {finding.Message}");
                unused++;
            }
        }
        Assert.True(wrong.Count == 0, string.Join('\n', wrong.Take(20)));
        Assert.True(silent > 50 && unused > 50, $"{silent} names that mean nothing, {unused} inputs that are unused: too few to tell.");
    }

    private static string Around(SourceText text, TextSpan span) =>
        text[TextSpan.FromBounds(Math.Max(0, span.Start - 300), Math.Min(text.Length, span.End + 40))];

    private static string Front(IReadOnlyDictionary<string, object?> input) =>
        $"---\ntemplate: handlebars\ninput:\n  schema: {{ {string.Join(", ", input.Select(i => Field(i.Key, i.Value)))} }}\n---\n";

    private static string Field(string name, object? value) =>
        value switch
        {
            IReadOnlyDictionary<string, object?> map => $"{Key(name)}: {{ {string.Join(", ", map.Select(m => Field(m.Key, m.Value)))} }}",
            IReadOnlyList<object?> list => list.Select(Type).Distinct(StringComparer.Ordinal).ToList() is [var one]
                ? $"{Key(name + "(array)")}: {one}"
                : $"{Key(name + "(array)")}: any",
            _ => $"{Key(name)}: {Type(value)}",
        };

    private static string Type(object? value) => value switch
    {
        string => "string",
        bool => "boolean",
        double or long or int => "number",
        IReadOnlyDictionary<string, object?> map => $"{{ {string.Join(", ", map.Select(m => Field(m.Key, m.Value)))} }}",
        _ => "any",
    };

    private static string Key(string name) => JsonSerializer.Serialize(name);
}

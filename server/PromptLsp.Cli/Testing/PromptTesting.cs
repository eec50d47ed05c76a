using System.Collections.Immutable;
using System.Text.Json;
using System.Text.RegularExpressions;
using PromptLsp.Language.Catalog;
using PromptLsp.Language.Rendering;
using PromptLsp.Language.Semantics;
using PromptLsp.Language.Semantics.Schemas;
using PromptLsp.Language.Syntax;
using PromptLsp.Language.Syntax.Yaml;
using PromptLsp.Language.Text;

namespace PromptLsp.Cli.Testing;

/// <summary>How a test of a prompt ended: what did not hold, each as one line; nothing if all did.</summary>
internal sealed record TestOutcome(string Name, ImmutableArray<string> Failures)
{
    public bool Passed => Failures.IsEmpty;
}

/// <summary>Runs the <c>tests</c> of a prompt: renders a sample, and holds the messages against the assertions that need no model.</summary>
internal static class PromptTesting
{
    // For one regular expression of an author's.
    private static readonly TimeSpan LongestMatch = TimeSpan.FromSeconds(1);

    public static IEnumerable<TestOutcome> Run(PromptModel prompt, CancellationToken cancel)
    {
        int number = 0;
        foreach (PromptTest test in prompt.Header.Tests)
        {
            number++;
            yield return new(test.Name ?? $"test {number}", [.. Failures(prompt, test, cancel)]);
        }
    }

    private static IEnumerable<string> Failures(PromptModel prompt, PromptTest test, CancellationToken cancel)
    {
        if (InputsOf(prompt.Header, test) is not { } values)
            return [$"there is no sample `{test.Sample}`"];
        RenderedPrompt rendered = Renderer.Render(prompt, new Inputs { Values = values }, RenderLimits.Command, cancel);
        if (rendered.Failure is { } failure)
            return [$"it cannot be rendered: {failure.Reason}"];
        return test.Assertions.Select(a => Failure(a, rendered, prompt)).OfType<string>();
    }

    // Inline inputs lie over the sample's.
    private static Dictionary<string, object?>? InputsOf(PromptHeader header, PromptTest test)
    {
        var values = new Dictionary<string, object?>(StringComparer.Ordinal);
        if (test.Sample is not null)
        {
            if (header.Samples.FirstOrDefault(s => s.Name == test.Sample) is not { } sample)
                return null;
            foreach ((string name, object? value) in sample.Values)
                values[name] = value;
        }
        foreach ((string name, object? value) in test.Input ?? PromptValue.EmptyObject)
            values[name] = value;
        return values;
    }

    private static string? Failure(Assertion assertion, RenderedPrompt rendered, PromptModel prompt)
    {
        string text = rendered.Text;
        string expected = assertion.Value as string ?? (assertion.Node as YamlScalar)?.Value ?? "";
        return assertion.Kind switch
        {
            "equals" => Unless(Same(text, expected), $"equals: it is {Shown(text)}"),
            "contains" => Unless(text.Contains(expected, StringComparison.Ordinal), $"contains: {Shown(expected)} is not in it"),
            "not-contains" => Unless(!text.Contains(expected, StringComparison.Ordinal), $"not-contains: {Shown(expected)} is in it"),
            "icontains" => Unless(text.Contains(expected, StringComparison.OrdinalIgnoreCase), $"icontains: {Shown(expected)} is not in it, in no case"),
            "starts-with" => Unless(text.TrimStart().StartsWith(expected, StringComparison.Ordinal), $"starts-with: it starts with {Shown(text.TrimStart())}"),
            "regex" => Matches(text, expected),
            "is-json" => IsJson(text) ? null : "is-json: it is no JSON",
            "json-schema" => HasSchema(text, assertion, prompt),
            "messages" => HasRoles(rendered, assertion.Value),
            "max-tokens" => HasTokens(text, assertion.Value, prompt),
            // What a model answers is only known where one is asked.
            "output" => null,
            _ => $"{assertion.Kind}: there is no such assertion",
        };
    }

    private static string? Unless(bool holds, string failure) => holds ? null : failure;

    // White space at the ends says nothing, and line ends are the file's own.
    private static bool Same(string text, string expected) =>
        string.Equals(text.ReplaceLineEndings("\n").Trim(), expected.ReplaceLineEndings("\n").Trim(), StringComparison.Ordinal);

    private static string? Matches(string text, string pattern)
    {
        try
        {
            return Regex.IsMatch(text, pattern, RegexOptions.CultureInvariant, LongestMatch) ? null : $"regex: {Shown(pattern)} matches nothing in it";
        }
        catch (RegexMatchTimeoutException)
        {
            return $"regex: {Shown(pattern)} takes longer than a second";
        }
        catch (ArgumentException wrong)
        {
            return $"regex: {Shown(pattern)} is no regular expression: {wrong.Message}";
        }
    }

    private static bool IsJson(string text)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(text);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static string? HasSchema(string text, Assertion assertion, PromptModel prompt)
    {
        if (!IsJson(text))
            return "json-schema: it is no JSON";
        PromptType type = PromptSchema.Read(prompt.Document.Text, assertion.Node, prompt.Environment.Schemas).Type;
        var source = new SourceText(text);
        YamlNode? root = YamlTree.Parse(source, new TextSpan(0, text.Length)).Root;
        Problem? problem = root is null ? null : Conformance.Problems(root, type, "answer", root.Span).FirstOrDefault();
        return problem is null ? null : $"json-schema: {problem.Message}";
    }

    private static string? HasRoles(RenderedPrompt rendered, object? expected)
    {
        string[] actual = [.. rendered.Messages.Select(m => m.Role)];
        string[] wanted = [.. (expected as IReadOnlyList<object?> ?? []).Select(r => Roles.Find(r as string ?? "")?.Name ?? r as string ?? "")];
        return Unless(actual.SequenceEqual(wanted, StringComparer.Ordinal), $"messages: they are {(actual.Length == 0 ? "none" : string.Join(", ", actual))}");
    }

    private static string? HasTokens(string text, object? expected, PromptModel prompt)
    {
        if (expected is not long most)
            return "max-tokens: it needs a whole number";
        if (prompt.Environment.Tokens(prompt.Header.Model ?? "") is not { } counter)
            return "max-tokens: there is no token counter for this prompt's model";
        int count = counter.Count(text);
        return Unless(count <= most, $"max-tokens: it has {(counter.IsExact ? "" : "≈ ")}{count}");
    }

    private static string Shown(string text)
    {
        text = text.Trim();
        return ValueText.Of(text.Length > 60 ? text[..60] + "…" : text).ReplaceLineEndings("\\n");
    }
}

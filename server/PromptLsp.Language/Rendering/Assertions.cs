using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using PromptLsp.Language.Catalog;
using PromptLsp.Language.Catalog.Types;
using PromptLsp.Language.Semantics;
using PromptLsp.Language.Semantics.Schemas;
using PromptLsp.Language.Syntax;
using PromptLsp.Language.Syntax.Yaml;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Rendering;

/// <summary>
/// Holds a rendered prompt against one assertion. The text is that of all messages, one under the other, without the white space around it.
/// </summary>
public static class Assertions
{
    private static readonly TimeSpan LongestMatch = TimeSpan.FromSeconds(1);

    /// <summary>What came instead, on one line; null where the assertion holds.</summary>
    internal static string? Check(PromptModel prompt, Assertion assertion, RenderedPrompt rendered)
    {
        // Line ends are the file's own, and say nothing.
        string text = string.Join('\n', rendered.Messages.Select(m => m.Text.Trim())).Trim().ReplaceLineEndings("\n");
        return assertion.Kind switch
        {
            "is-json" => assertion.Value is false ? JsonProblem(text) is null ? "the text is JSON" : null : JsonProblem(text),
            "json-schema" => JsonProblem(text) ?? SchemaProblem(prompt, assertion, text),
            "max-tokens" => Tokens(prompt, assertion, rendered),
            "messages" => Roles(assertion, rendered),
            _ => Check(assertion.Kind, assertion.Value, text),
        };
    }

    /// <summary>The same for the kinds that need no more than a text: one text is looked for, or each of a list.</summary>
    /// <param name="text">With <c>\n</c> for line ends, and no white space around it.</param>
    public static string? Check(string kind, object? value, string text)
    {
        if (kind is "contains" or "not-contains" or "icontains" && value is IReadOnlyList<object?> texts)
            return texts.Select(t => Check(kind, t, text)).FirstOrDefault(why => why is not null);
        if (value is IReadOnlyList<object?> or IReadOnlyDictionary<string, object?>)
            return $"`{kind}` needs a text";
        string expected = TextOf(value).ReplaceLineEndings("\n");
        return kind switch
        {
            "equals" => string.Equals(text, expected.Trim(), StringComparison.Ordinal) ? null : $"the text is {Shown(text)}",
            "contains" => text.Contains(expected, StringComparison.Ordinal) ? null : $"{Shown(expected)} is not in {Shown(text)}",
            "not-contains" => text.IndexOf(expected, StringComparison.Ordinal) is >= 0 and int at
                ? $"{Shown(expected)} is there: {Shown(Around(text, at))}"
                : null,
            "icontains" => text.Contains(expected, StringComparison.OrdinalIgnoreCase) ? null : $"{Shown(expected)} is not in {Shown(text)}",
            "starts-with" => text.StartsWith(expected.TrimStart(), StringComparison.Ordinal) ? null : $"the text starts with {Shown(text)}",
            "regex" => Matches(text, expected),
            _ => $"`{kind}` is no assertion",
        };
    }

    private static string TextOf(object? value) => value switch
    {
        null => "",
        string text => text,
        bool truth => truth ? "true" : "false",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => ValueText.Of(value),
    };

    private static string Shown(string text) => ValueText.Of(text.Replace('\n', '⏎'), 80);

    private static string Around(string text, int at) => text[Math.Max(0, at - 20)..Math.Min(text.Length, at + 40)];

    private static string? Matches(string text, string pattern)
    {
        try
        {
            return Regex.IsMatch(text, pattern, RegexOptions.CultureInvariant | RegexOptions.Multiline, LongestMatch) ? null : $"{Shown(text)} does not match";
        }
        catch (RegexMatchTimeoutException)
        {
            return "the expression takes longer than a second; make it simpler";
        }
        catch (RegexParseException problem)
        {
            return $"`{pattern}` is no regular expression: {Patterns.Fault(problem)}";
        }
    }

    private static string? JsonProblem(string text)
    {
        try
        {
            var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(text));
            while (reader.Read())
            {
            }
            return null;
        }
        catch (JsonException problem)
        {
            return $"the text is no JSON in its line {(problem.LineNumber ?? 0) + 1}: {Shown(text)}";
        }
    }

    // Every JSON text is YAML as well, so that the same eyes that check samples check it.
    private static string? SchemaProblem(PromptModel prompt, Assertion assertion, string text)
    {
        PromptType type = PromptSchema.Read(prompt.Document.Text, assertion.Node, prompt.Environment.Schemas).Type;
        var whole = new TextSpan(0, text.Length);
        if (YamlTree.Parse(new(text), whole).Root is not { } value)
            return "the text is empty";
        foreach (Problem problem in Conformance.Problems(value, type, "answer", whole))
            return problem.Message;
        return null;
    }

    private static string? Tokens(PromptModel prompt, Assertion assertion, RenderedPrompt rendered)
    {
        if (assertion.Value is not (long or double))
            return "`max-tokens` needs a number";
        if (TokenCount.Of(prompt, rendered) is not { } count)
            return "the tokens cannot be counted here";
        return count.Tokens > Convert.ToDouble(assertion.Value, CultureInfo.InvariantCulture) ? $"there are {count}" : null;
    }

    private static string? Roles(Assertion assertion, RenderedPrompt rendered)
    {
        string[] expected = [.. (assertion.Value as IReadOnlyList<object?> ?? [assertion.Value]).Select(v => RoleName(TextOf(v)))];
        string[] found = [.. rendered.Messages.Select(m => m.Role)];
        return expected.SequenceEqual(found, StringComparer.Ordinal) ? null : $"the messages are {(found.Length == 0 ? "none" : string.Join(", ", found))}";
    }

    private static string RoleName(string role) => Catalog.Roles.Find(role)?.Name ?? role;
}

using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using PromptLsp.Evaluation.Files;
using PromptLsp.Language.Catalog.Types;
using PromptLsp.Language.Rendering;
using PromptLsp.Language.Semantics;
using PromptLsp.Language.Semantics.Schemas;
using PromptLsp.Models.Asking;
using PromptLsp.Models.Clients;

namespace PromptLsp.Evaluation.Running;

/// <summary>Holds an answer against assertions.</summary>
public static class AnswerCheck
{
    /// <summary>What came instead, in one line; null where the assertion holds. Judges are asked elsewhere.</summary>
    public static string? Problem(AnswerAssertion assertion, ModelAnswer answer, AnswerCost cost, PromptModel prompt) =>
        assertion.Kind switch
        {
            "json-schema" => Schema(assertion, answer, prompt),
            "is-json" => AnswerSchema.JsonProblem(answer.Text.Trim()) is var problem && assertion.Value is false
                ? problem is null
                    ? "the answer is JSON"
                    : null
                : problem,
            "max-tokens" => cost.OutputTokens is not { } tokens ? "the tokens of the answer are not known"
            : tokens > Number(assertion.Value) ? $"the answer has {tokens} tokens"
            : null,
            "max-latency" => answer.Latency.TotalSeconds > Number(assertion.Value)
                ? string.Create(CultureInfo.InvariantCulture, $"the answer took {answer.Latency.TotalSeconds:0.0#} s")
                : null,
            "max-cost" => cost.Cost is not { } known ? "the cost is not known: promptlsp.yaml has no price of the model"
            : known.Amount > Number(assertion.Value) ? $"the answer cost {known}"
            : null,
            "exact-json" => ExactJson(assertion.Value, answer.Text),
            "levenshtein" => Similarity(assertion, answer.Text) is var alike && alike >= Number(assertion.Member("at-least"))
                ? null
                : string.Create(CultureInfo.InvariantCulture, $"the answer is like it by {alike:0.00}"),
            "numeric" => Numeric(assertion, answer.Text),
            "tool-called" => Tool(assertion, answer),
            _ => Assertions.Check(assertion.Kind, assertion.Value, answer.Text.Trim().ReplaceLineEndings("\n")),
        };

    /// <summary>How alike two texts are: 1 less the share of characters that an edit changes (Levenshtein).</summary>
    public static double Similarity(AnswerAssertion assertion, string answer) =>
        Alike(((string)assertion.Member("to")!).Trim(), answer.Trim());

    internal static double Alike(string expected, string found)
    {
        // Of longer texts the beginning must do: the work grows with the product of the lengths.
        const int Longest = 5_000;
        (string a, string b) = (expected[..Math.Min(expected.Length, Longest)], found[..Math.Min(found.Length, Longest)]);
        if (a.Length == 0 && b.Length == 0)
            return 1;
        int[] above = [.. Enumerable.Range(0, b.Length + 1)], row = new int[b.Length + 1];
        for (int i = 1; i <= a.Length; i++)
        {
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
                row[j] = Math.Min(Math.Min(row[j - 1], above[j]) + 1, above[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
            (above, row) = (row, above);
        }
        return 1 - ((double)above[b.Length] / Math.Max(a.Length, b.Length));
    }

    private static string? Schema(AnswerAssertion assertion, ModelAnswer answer, PromptModel prompt)
    {
        PromptType? type = assertion.Value is "output"
            ? prompt.Header.Output
            : PromptSchema.Read(assertion.Text, assertion.Node, prompt.Environment.Schemas).Type;
        return type is null ? "the prompt declares no output.schema" : AnswerSchema.Problem(answer.Text, type);
    }

    private static string? ExactJson(object? expected, string answer)
    {
        if (Parsed(answer) is not { } found)
            return AnswerSchema.JsonProblem(answer.Trim()) ?? "the answer is empty";
        return Same(expected, found.Value) ? null : $"the answer is {Short(PlainJson.Text(found.Value))}";
    }

    private static string? Numeric(AnswerAssertion assertion, string answer)
    {
        if (Parsed(answer) is not { } found)
            return AnswerSchema.JsonProblem(answer.Trim()) ?? "the answer is empty";
        object? at = found.Value;
        string path = (string)assertion.Member("path")!;
        foreach (string step in path.Split('.'))
        {
            at = at switch
            {
                IReadOnlyDictionary<string, object?> map => map.GetValueOrDefault(step),
                IReadOnlyList<object?> list when int.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out int index) && index < list.Count =>
                    list[index],
                _ => null,
            };
        }
        if (at is not (long or double))
            return $"there is no number at `{path}`";
        double tolerance = assertion.Member("tolerance") is long or double ? Number(assertion.Member("tolerance")) : 0;
        return Math.Abs(Number(at) - Number(assertion.Member("equals"))) <= tolerance ? null : string.Create(CultureInfo.InvariantCulture, $"`{path}` is {at}");
    }

    private static string? Tool(AnswerAssertion assertion, ModelAnswer answer)
    {
        string name = assertion.Value as string ?? (string)assertion.Member("name")!;
        ToolCall[] calls = [.. answer.ToolCalls.Where(c => c.Name == name)];
        if (calls.Length == 0)
            return answer.ToolCalls.IsEmpty ? "no tool is called" : $"what is called is {string.Join(", ", answer.ToolCalls.Select(c => c.Name))}";
        return assertion.Member("arguments") is not { } expected || calls.Any(c => Parsed(c.Arguments) is { } found && Same(expected, found.Value))
            ? null
            : $"it is called with {Short(calls[0].Arguments)}";
    }

    private static Found? Parsed(string json)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            return new(PlainJson.Of(document.RootElement));
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    // Null is a value too.
    private sealed record Found(object? Value);

    // Numbers are equal by value, and members in any order.
    private static bool Same(object? a, object? b) =>
        (a, b) switch
        {
            (long or double, long or double) => Number(a) == Number(b),
            (IReadOnlyDictionary<string, object?> x, IReadOnlyDictionary<string, object?> y) => x.Count == y.Count
                && x.All(e => y.TryGetValue(e.Key, out object? other) && Same(e.Value, other)),
            (IReadOnlyList<object?> x, IReadOnlyList<object?> y) => x.Count == y.Count && x.Zip(y).All(p => Same(p.First, p.Second)),
            _ => Equals(a, b),
        };

    private static double Number(object? value) => value switch { long whole => whole, double real => real, _ => double.NaN };

    private static string Short(string text) => text.Length <= 100 ? text : text[..100] + "…";
}

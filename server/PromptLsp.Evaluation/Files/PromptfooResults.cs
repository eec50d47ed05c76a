using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using PromptLsp.Evaluation.Running;
using PromptLsp.History;
using PromptLsp.History.Files;
using PromptLsp.Language.Semantics;
using PromptLsp.Language.Syntax;
using PromptLsp.Language.Text;
using PromptLsp.Models.Clients;
using PromptLsp.Models.Providers;

namespace PromptLsp.Evaluation.Files;

/// <summary>
/// Results that promptfoo wrote, as JSON (<c>promptfoo eval -o results.json</c>) or one a line: the rows, and what each prompt by each provider
/// answered.
/// </summary>
public static class PromptfooResults
{
    private const int LargestFile = 256 * 1024 * 1024, LongestName = 40;

    /// <param name="path">Absolute.</param>
    /// <param name="shown">The path as people read it.</param>
    /// <exception cref="EvaluationException">It is something else, or broken.</exception>
    public static (EvaluationFile File, RunOutcome Outcome) Read(string path, string shown)
    {
        if (RegularFile.Read(path, LargestFile).Bytes is not { } bytes)
            throw new EvaluationException($"`{shown}` cannot be read; it must be a file of at most 256 MB");
        Found[] found =
        [
            .. (path.EndsWith(".jsonl", StringComparison.OrdinalIgnoreCase) ? Lines(bytes, shown) : Whole(bytes, shown)).Select(
                (e, i) => Found.Of(e, i, shown)
            ),
        ];
        if (found.Length == 0)
            throw new EvaluationException($"`{shown}` holds no results of promptfoo; `promptfoo eval -o results.json` writes them");
        return Of(path, shown, found);
    }

    private static IEnumerable<JsonElement> Whole(ReadOnlyMemory<byte> bytes, string shown)
    {
        JsonElement root = Parsed(bytes, shown, 1);
        for (int depth = 0; depth < 2 && root.ValueKind == JsonValueKind.Object && root.TryGetProperty("results", out JsonElement inner); depth++)
            root = inner;
        return root.ValueKind == JsonValueKind.Array ? root.EnumerateArray() : throw new EvaluationException($"`{shown}` holds no `results` of promptfoo");
    }

    private static IEnumerable<JsonElement> Lines(ReadOnlyMemory<byte> bytes, string shown)
    {
        int number = 0;
        while (bytes.Length > 0)
        {
            number++;
            int end = bytes.Span.IndexOf((byte)'\n');
            ReadOnlyMemory<byte> line = end < 0 ? bytes : bytes[..end];
            bytes = end < 0 ? default : bytes[(end + 1)..];
            if (line.Span.Trim(" \r\t"u8).Length > 0)
                yield return Parsed(line, shown, number);
        }
    }

    private static JsonElement Parsed(ReadOnlyMemory<byte> json, string shown, int line)
    {
        try
        {
            return JsonElement.Parse(json.Span.TrimStart("\uFEFF"u8));
        }
        catch (JsonException problem)
        {
            throw new EvaluationException(string.Create(CultureInfo.InvariantCulture, $"{shown}:{line + (problem.LineNumber ?? 0)}: this is no JSON"));
        }
    }

    private static (EvaluationFile, RunOutcome) Of(string path, string shown, Found[] found)
    {
        string[] names = Names(found);
        EvaluationRow[] rows =
        [
            .. found
                .DistinctBy(f => f.Test)
                .Select(
                    (f, i) =>
                        new EvaluationRow(names[i], f.Input, [], [], string.Create(CultureInfo.InvariantCulture, $"{shown}:{f.Place + 1}")) { At = (path, 0) }
                ),
        ];
        Dictionary<string, string> ids = found
            .Select(f => f.Test)
            .Distinct(StringComparer.Ordinal)
            .Select((test, i) => (test, rows[i].Id))
            .ToDictionary(p => p.test, p => p.Id, StringComparer.Ordinal);
        string[] prompts = [.. found.Select(f => f.Prompt).Distinct(StringComparer.Ordinal)];
        var notMeasured = new List<string>();
        var sides = ImmutableArray.CreateBuilder<MeasuredSide>();
        foreach (IGrouping<(string Prompt, string Provider), Found> group in found.GroupBy(f => (f.Prompt, f.Provider)))
        {
            Side side = SideOf(group.First(), Array.IndexOf(prompts, group.Key.Prompt) + 1);
            notMeasured.AddRange(group.Where(f => f.Error is not null).Select(f => $"row {ids[f.Test]}, {side.Name}: {f.Error}"));
            IEnumerable<MeasuredAnswer> answers = group
                .Where(f => f.Error is null)
                .GroupBy(f => f.Test, StringComparer.Ordinal)
                .SelectMany(test => test.Select((f, repeat) => f.Answer(ids[f.Test], repeat)));
            sides.Add(new(side, [.. answers], 0));
        }
        int repeat = found.GroupBy(f => (f.Prompt, f.Provider, f.Test)).Max(g => g.Count());
        var file = new EvaluationFile
        {
            Path = path,
            Rows = [.. rows],
            Repeat = repeat,
            DataHash = Sha256.Hex(PlainJson.Text(rows.Select(r => (object?)r.Input).ToArray())),
            AssertionsHash = "promptfoo",
        };
        return (file, new(sides.ToImmutable(), [.. notMeasured.Order(StringComparer.Ordinal)], null));
    }

    // By what their authors call them, where that is one name for one row.
    private static string[] Names(Found[] found)
    {
        Found[] tests = [.. found.DistinctBy(f => f.Test)];
        return [.. tests.Select((f, i) => f.Name is { } name && tests.Count(t => t.Name == name) == 1 ? name : (i + 1).ToString(CultureInfo.InvariantCulture))];
    }

    private static Side SideOf(Found one, int number)
    {
        string label = PlainText.OneLine(one.Label),
            version = label.Length is > 0 and <= LongestName ? label : string.Create(CultureInfo.InvariantCulture, $"prompt {number}");
        var provider = new Provider("promptfoo", ProviderKind.OpenAI, new("http://localhost"), Key: null, Provider.NoKeyNeeded);
        return new(
            version,
            new(PromptDocument.Parse(new SourceText("")), PromptEnvironment.None),
            Fingerprint.Of(one.Prompt),
            one.Provider,
            one.Provider,
            provider,
            Prices: null,
            Counter: null
        );
    }

    /// <summary>One result.</summary>
    /// <param name="Test">Names the test case, among all.</param>
    private sealed record Found(
        int Place,
        string Test,
        string? Name,
        IReadOnlyDictionary<string, object?> Input,
        string Prompt,
        string Label,
        string Provider,
        string? Error,
        JsonElement Result
    )
    {
        public static Found Of(JsonElement result, int place, string shown)
        {
            if (result.ValueKind != JsonValueKind.Object || Member(result, "success") is not { ValueKind: JsonValueKind.True or JsonValueKind.False })
                throw new EvaluationException(
                    string.Create(CultureInfo.InvariantCulture, $"{shown}: result {place + 1} is none of promptfoo's: it does not say `success`")
                );
            JsonElement? testCase = Member(result, "testCase"),
                vars = Member(result, "vars") ?? Member(testCase, "vars"),
                prompt = Member(result, "prompt"),
                provider = Member(result, "provider");
            var input = vars is { ValueKind: JsonValueKind.Object } given
                ? (IReadOnlyDictionary<string, object?>)PlainJson.Of(given)!
                : PromptValue.EmptyObject;
            string raw = Text(prompt, "raw") ?? Text(prompt, "label") ?? Text(result, "promptId") ?? "";
            // What is filled in differs by row: the prompt itself is told by its name.
            string label = Text(prompt, "label") ?? "",
                which = Text(result, "promptId") ?? (label.Length > 0 ? label : Member(result, "promptIdx")?.ToString() ?? raw);
            string? error =
                Text(result, "error") is { Length: > 0 } said
                && (
                    Member(result, "failureReason") is { ValueKind: JsonValueKind.Number } why
                        ? why.GetInt32() == 2
                        : Member(Member(result, "response"), "output") is null
                )
                    ? PlainText.OneLine(said)
                    : null;
            return new(
                place,
                Member(result, "testIdx")?.ToString() ?? PlainJson.Text(input),
                Text(testCase, "description"),
                input,
                which,
                label,
                provider is { ValueKind: JsonValueKind.String } name ? name.GetString()!
                    : Text(provider, "label") is { Length: > 0 } called ? called
                    : Text(provider, "id") ?? "unknown",
                error,
                result
            );
        }

        public MeasuredAnswer Answer(string row, int repeat)
        {
            JsonElement? response = Member(Result, "response"),
                usage = Member(response, "tokenUsage"),
                output = Member(response, "output"),
                graded = Member(Result, "gradingResult");
            string text = output switch
            {
                { ValueKind: JsonValueKind.String } said => said.GetString()!,
                { } other => other.GetRawText(),
                _ => "",
            };
            bool passed = Result.GetProperty("success").GetBoolean();
            double? cost = Number(Result, "cost") ?? Number(response, "cost");
            return new()
            {
                Row = row,
                Repeat = repeat,
                Passed = passed,
                Score = Number(Result, "score") is >= 0 and <= 1 and var score ? score : null,
                Text = text,
                TextHash = Sha256.Hex(text),
                Failures = passed ? [] : [.. Failures(graded)],
                InputTokens = (long?)Number(usage, "prompt"),
                OutputTokens = (long?)Number(usage, "completion"),
                IsExact = true,
                // promptfoo says 0 where it knows no price.
                Cost = cost is > 0 ? cost : null,
                LatencyMs = Number(Result, "latencyMs") ?? 0,
                Identity = Provider,
                // What came from a cache took no time that says anything.
                IsResumed = Member(response, "cached") is { ValueKind: JsonValueKind.True },
            };
        }

        private static IEnumerable<string> Failures(JsonElement? graded)
        {
            if (Member(graded, "componentResults") is { ValueKind: JsonValueKind.Array } parts)
            {
                string[] failed = [.. parts.EnumerateArray().Where(p => Member(p, "pass") is { ValueKind: JsonValueKind.False })
                    .Select(p => $"{Text(Member(p, "assertion"), "type") ?? "assertion"}: {PlainText.OneLine(Text(p, "reason") ?? "does not hold")}")];
                if (failed.Length > 0)
                    return failed;
            }
            return [PlainText.OneLine(Text(graded, "reason") ?? "does not hold")];
        }

        private static JsonElement? Member(JsonElement? of, string name) =>
            of is { ValueKind: JsonValueKind.Object } map && map.TryGetProperty(name, out JsonElement found) && found.ValueKind != JsonValueKind.Null
                ? found
                : null;

        private static string? Text(JsonElement? of, string name) => Member(of, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

        private static double? Number(JsonElement? of, string name) =>
            Member(of, name) is { ValueKind: JsonValueKind.Number } number ? number.GetDouble() : null;
    }
}

using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using PromptLsp.Evaluation.Results;

namespace PromptLsp.Releases.Folder;

/// <summary>
/// What an evaluation showed of a release and of what ran there then, row by row: enough to come to the verdict again. That a model did answer so is
/// the word of whoever promoted.
/// </summary>
/// <param name="Evaluation">The file, from the root.</param>
/// <param name="Data">Names its rows.</param>
/// <param name="Assertions">Names what was held against the answers.</param>
/// <param name="Candidate">The effective fingerprint of what was to come in.</param>
/// <param name="Baseline">That of what ran there; null where nothing did.</param>
/// <param name="Model">As the workspace calls it.</param>
/// <param name="Parameters">The hash of the prompt's <c>config</c>.</param>
/// <param name="Repeat">How many answers each row got.</param>
public sealed record EvaluationEvidence(
    string Evaluation,
    string Data,
    string Assertions,
    string Candidate,
    string? Baseline,
    string Model,
    string Parameters,
    int Repeat,
    ImmutableSortedDictionary<string, RowEvidence> Rows
)
{
    internal void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("assertions", Assertions);
        json.WriteString("baseline", Baseline);
        json.WriteString("candidate", Candidate);
        json.WriteString("data", Data);
        json.WriteString("evaluation", Evaluation);
        json.WriteString("model", Model);
        json.WriteString("parameters", Parameters);
        json.WriteNumber("repeat", Repeat);
        json.WriteStartObject("rows");
        foreach ((string row, RowEvidence evidence) in Rows)
            json.WriteString(row, evidence.ToString());
        json.WriteEndObject();
        json.WriteEndObject();
    }

    internal static EvaluationEvidence Of(JsonElement json) => new(
        json.Text("evaluation"),
        json.Hash("data"),
        json.Hash("assertions"),
        json.Hash("candidate"),
        json.OptionalHash("baseline"),
        json.Text("model"),
        json.Hash("parameters"),
        json.GetProperty("repeat").GetInt32(),
        json.GetProperty("rows").EnumerateObject().ToImmutableSortedDictionary(r => r.Name, r => RowEvidence.Parse(r.Value.GetString()), StringComparer.Ordinal)
    );
}

/// <summary>One row: how many answers passed by the release, and by what ran there; as text <c>2/3, before 3/3</c>, with scores <c>2/3 at 0.5</c>.</summary>
public readonly partial record struct RowEvidence(RowTally Now, RowTally? Before)
{
    public override string ToString() => Before is { } before ? $"{Text(Now)}, before {Text(before)}" : Text(Now);

    /// <exception cref="FormatException">It is no such text.</exception>
    public static RowEvidence Parse(string? text)
    {
        if (Form().Match(text ?? "") is not { Success: true } said)
            throw new FormatException("no row");
        return new(Tally(said, ""), said.Groups["passed2"].Success ? Tally(said, "2") : null);
    }

    private static string Text(RowTally tally) =>
        string.Create(CultureInfo.InvariantCulture, $"{tally.Passed}/{tally.Answers}{(tally.Score == 0 ? "" : $" at {tally.Score:R}")}");

    private static RowTally Tally(Match said, string side)
    {
        var tally = new RowTally(
            int.Parse(said.Groups["passed" + side].ValueSpan, CultureInfo.InvariantCulture),
            int.Parse(said.Groups["answers" + side].ValueSpan, CultureInfo.InvariantCulture),
            said.Groups["score" + side] is { Success: true } score ? double.Parse(score.ValueSpan, CultureInfo.InvariantCulture) : 0
        );
        return tally.Answers > 0 && tally.Passed <= tally.Answers && double.IsFinite(tally.Score) ? tally : throw new FormatException("no tally");
    }

    [GeneratedRegex(
        @"^(?<passed>\d{1,6})/(?<answers>\d{1,6})( at (?<score>[-0-9.E]{1,30}))?"
            + @"(, before (?<passed2>\d{1,6})/(?<answers2>\d{1,6})( at (?<score2>[-0-9.E]{1,30}))?)?$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Form();
}

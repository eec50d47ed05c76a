using System.Collections.Immutable;
using System.Text.Json;
using PromptLsp.Cli.Reports;
using PromptLsp.Language.Linting;

namespace PromptLsp.Cli.Checking;

/// <summary>
/// Findings that are known and put up with: an earlier answer of <c>check --format json</c>. A finding is the same where file, rule and
/// message are, on whatever line; one that came twice is known twice.
/// </summary>
internal sealed class Baseline
{
    private readonly Dictionary<(string, string, string), int> _known = [];

    public static Baseline Read(string argument, Terminal terminal)
    {
        CheckJson? answer;
        try
        {
            answer = JsonSerializer.Deserialize(File.ReadAllText(terminal.Absolute(argument)), CheckJsonContext.Readable.CheckJson);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailure($"the baseline `{argument}` cannot be read; make one with `promptlsp check --format json > {argument}`");
        }
        catch (JsonException)
        {
            answer = null;
        }
        if (answer is null || answer.Findings.IsDefault)
            throw new CommandFailure($"`{argument}` is no baseline; make one with `promptlsp check --format json > {argument}`");
        var baseline = new Baseline();
        foreach (FindingJson finding in answer.Findings)
        {
            var key = (finding.File, finding.Rule, finding.Message);
            baseline._known[key] = baseline._known.GetValueOrDefault(key) + 1;
        }
        return baseline;
    }

    /// <summary>The findings that are not known, in the files they are in.</summary>
    public ImmutableArray<CheckedFile> New(ImmutableArray<CheckedFile> files)
    {
        var left = new Dictionary<(string, string, string), int>(_known);
        return [.. files.Select(f => f with { Findings = [.. f.Findings.Where(finding => !IsKnown(f, finding, left))] })];
    }

    private static bool IsKnown(CheckedFile file, Finding finding, Dictionary<(string, string, string), int> left)
    {
        var key = (file.Path, finding.Rule, finding.Message);
        int count = left.GetValueOrDefault(key);
        left[key] = count - 1;
        return count > 0;
    }
}

using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using PromptLsp.Cli.Reports;
using PromptLsp.Cli.Versions;
using PromptLsp.History.Files;
using PromptLsp.Language.Linting;

namespace PromptLsp.Cli.Checking;

/// <summary>
/// Findings that are known and put up with: an earlier answer of <c>check --format json</c>. A finding is the same where file, rule and
/// message are, on whatever line; one that came twice is known twice.
/// </summary>
internal sealed partial class Baseline
{
    /// <summary>Bytes.</summary>
    private const int Largest = 100 * 1024 * 1024;

    private readonly Dictionary<(string, string, string), int> _known = [];

    public static Baseline Read(string argument, Terminal terminal)
    {
        var baseline = new Baseline();
        if (RegularFile.Read(terminal.Absolute(argument), Largest).Bytes is not { } bytes)
            throw new CommandFailure($"the baseline `{argument}` cannot be read; make one with `promptlsp check --write-baseline {argument}`");
        try
        {
            using JsonDocument answer = JsonDocument.Parse(bytes.Span.StartsWith(Encoding.UTF8.Preamble) ? bytes[Encoding.UTF8.Preamble.Length..] : bytes);
            foreach (JsonElement finding in answer.RootElement.GetProperty("findings").EnumerateArray())
            {
                var key = (Member(finding, "file"), Member(finding, "rule"), WithoutLines(Member(finding, "message")));
                baseline._known[key] = baseline._known.GetValueOrDefault(key) + 1;
            }
        }
        catch (Exception failure) when (failure is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new CommandFailure($"`{argument}` is no baseline; make one with `promptlsp check --write-baseline {argument}`");
        }
        return baseline;
    }

    /// <summary>Makes a baseline of what was found.</summary>
    public static void Write(string argument, CheckResult result, Terminal terminal)
    {
        MustBeNoOtherFile(argument, terminal);
        using var text = new StringWriter();
        JsonReport.Write(result, text);
        ReplacedFile.Write(terminal.Absolute(argument), Encoding.UTF8.GetBytes(text.ToString()));
        terminal.Tell(
            $"{Counted.Of(result.FindingCount, "finding")} written; `promptlsp check --baseline {argument}` leaves "
                + $"{(result.FindingCount == 1 ? "it" : "them")} out"
        );
    }

    // A prompt in the place of the baseline is a slip of the command line.
    private static void MustBeNoOtherFile(string argument, Terminal terminal)
    {
        string path = terminal.Absolute(argument);
        PromptPaths.MustBeRegular(path, argument);
        if (!File.Exists(path) || new FileInfo(path).Length == 0)
            return;
        try
        {
            Read(argument, terminal);
        }
        catch (CommandFailure)
        {
            throw new CommandFailure($"`{argument}` is there, is no baseline, and stays as it is; name another file");
        }
    }

    // What is on another line is the same finding, also where its message tells of lines.
    private static string WithoutLines(string message) => LineNumber().Replace(message, "line …");

    [GeneratedRegex(@"\bline \d+", RegexOptions.NonBacktracking)]
    private static partial Regex LineNumber();

    private static string Member(JsonElement finding, string name) => finding.GetProperty(name).GetString() ?? throw new JsonException(name);

    /// <summary>The findings that are not known, in the files they are in.</summary>
    public ImmutableArray<CheckedFile> New(ImmutableArray<CheckedFile> files)
    {
        var left = new Dictionary<(string, string, string), int>(_known);
        return [.. files.Select(f => f with { Findings = [.. f.Findings.Where(finding => !IsKnown(f, finding, left))] })];
    }

    private static bool IsKnown(CheckedFile file, Finding finding, Dictionary<(string, string, string), int> left)
    {
        var key = (file.Path, finding.Rule, WithoutLines(finding.Message));
        int count = left.GetValueOrDefault(key);
        left[key] = count - 1;
        return count > 0;
    }
}

using System.Collections.Immutable;
using PromptLsp.Language.Catalog;
using PromptLsp.Language.Linting;
using PromptLsp.Language.Text;

namespace PromptLsp.Cli.Reports;

/// <summary>What <c>check</c> found, files in their stable order.</summary>
internal sealed record CheckResult(ImmutableArray<CheckedFile> Files, TimeSpan Duration)
{
    /// <summary>How many findings <c>--fix</c> has mended; they are no longer among the files' findings.</summary>
    public int Mended { get; init; }

    public int FindingCount => Files.Sum(f => f.Findings.Length);

    public int Count(Severity severity) => Files.Sum(f => f.Findings.Count(finding => finding.Severity == severity));

    public IEnumerable<(CheckedFile File, Finding Finding)> Findings =>
        Files.SelectMany(f => f.Findings, static (file, finding) => (file, finding));
}

/// <summary>One checked file.</summary>
/// <param name="Path">As people read it: from the folder they are in, with <c>/</c>; absolute where it lies outside.</param>
internal sealed record CheckedFile(string Path, SourceText Text, ImmutableArray<Finding> Findings)
{
    /// <summary>The folder that paths of related places start from, as people read it; empty for the one they are in.</summary>
    public string Root { get; init; } = "";

    /// <summary>A path from the root, as people read it.</summary>
    public string Shown(string path) => Root.Length == 0 || System.IO.Path.IsPathRooted(path) ? path : Straight($"{Root}/{path}");

    // `one/../two` is `two`.
    private static string Straight(string path)
    {
        var steps = new List<string>();
        foreach (string step in path.Split('/'))
        {
            if (step == ".." && steps is [.., not ".." and not ""])
                steps.RemoveAt(steps.Count - 1);
            else if (step != ".")
                steps.Add(step);
        }
        return string.Join('/', steps);
    }
}

/// <summary>Words for severities.</summary>
internal static class SeverityNames
{
    public static string Word(this Severity severity) => severity switch
    {
        Severity.Error => "error",
        Severity.Warning => "warning",
        Severity.Information => "information",
        Severity.Hint => "hint",
        _ => "off",
    };
}

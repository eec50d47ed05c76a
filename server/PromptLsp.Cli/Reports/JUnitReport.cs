using System.Globalization;
using System.Net;
using System.Text;

namespace PromptLsp.Cli.Reports;

/// <summary>Results as the XML that JUnit writes and CI services read.</summary>
internal static class JUnitReport
{
    public static string Of(IEnumerable<JUnitCase> cases)
    {
        JUnitCase[] all = [.. cases];
        var text = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        text.Append("<testsuites name=\"promptlsp\"").Append(Counts(all)).Append(">\n");
        foreach (IGrouping<string, JUnitCase> suite in all.GroupBy(c => c.Suite, StringComparer.Ordinal))
        {
            text.Append($"  <testsuite name=\"{Escaped(suite.Key)}\"").Append(Counts([.. suite])).Append(">\n");
            foreach (JUnitCase one in suite)
                Write(text, one);
            text.Append("  </testsuite>\n");
        }
        return text.Append("</testsuites>\n").ToString();
    }

    private static void Write(StringBuilder text, JUnitCase one)
    {
        string place = one.File is null ? "" : $" file=\"{Escaped(one.File)}\" line=\"{one.Line}\"";
        text.Append($"    <testcase name=\"{Escaped(one.Name)}\" classname=\"{Escaped(one.Suite)}\"{place} time=\"{Seconds(one.Seconds)}\"");
        if (one.Outcome == JUnitOutcome.Passed)
        {
            text.Append("/>\n");
            return;
        }
        string kind = one.Outcome switch { JUnitOutcome.Failed => "failure", JUnitOutcome.Error => "error", _ => "skipped" };
        string said = one.Messages.FirstOrDefault() ?? "";
        text.Append($">\n      <{kind} message=\"{Escaped(said)}\">{Escaped(string.Join('\n', one.Messages))}</{kind}>\n    </testcase>\n");
    }

    private static string Counts(JUnitCase[] cases)
    {
        return $" tests=\"{cases.Length}\" failures=\"{Of(JUnitOutcome.Failed)}\" errors=\"{Of(JUnitOutcome.Error)}\" "
            + $"skipped=\"{Of(JUnitOutcome.Skipped)}\" time=\"{Seconds(cases.Sum(c => c.Seconds))}\"";

        int Of(JUnitOutcome outcome) => cases.Count(c => c.Outcome == outcome);
    }

    private static string Seconds(double seconds) => seconds.ToString("0.000", CultureInfo.InvariantCulture);

    // XML has no room for most control characters, however they are written.
    private static string Escaped(string text) => WebUtility.HtmlEncode(SourceExcerpt.VisibleLines(text));
}

/// <param name="Suite">The file it is of.</param>
/// <param name="File">Where it stands; null where that is nowhere.</param>
/// <param name="Line">From 1.</param>
internal sealed record JUnitCase(string Suite, string Name, string? File, int Line, JUnitOutcome Outcome, IReadOnlyList<string> Messages, double Seconds);

internal enum JUnitOutcome
{
    Passed,
    Failed,

    /// <summary>It could not be measured.</summary>
    Error,
    Skipped,
}

using System.Text;
using System.Text.RegularExpressions;
using PromptLsp.Language.Catalog;
using PromptLsp.Language.Linting;
using PromptLsp.Language.Text;

namespace PromptLsp.Testing;

/// <summary>
/// A text with its findings drawn under its lines: carets under the span, then severity, rule and message. An empty span is a <c>|</c>,
/// one that goes on in the next line ends in <c>…</c>.
/// </summary>
public static partial class Annotated
{
    /// <summary>The text without the findings.</summary>
    public static string Strip(string annotated) => string.Join('\n', annotated.Split('\n').Where(line => !Note().IsMatch(line)));

    /// <summary>Draws findings, in their order, under the lines in which they start.</summary>
    public static string Draw(SourceText text, IEnumerable<Finding> findings)
    {
        ILookup<int, Finding> byLine = findings.ToLookup(f => text.LineAt(f.Span.Start));
        var result = new StringBuilder();
        for (int line = 0; line < text.LineCount; line++)
        {
            if (line > 0)
                result.Append('\n');
            result.Append(text.Line(line));
            foreach (Finding finding in byLine[line])
                result.Append('\n').Append(Note(text, text.LineSpan(line), finding));
        }
        return result.ToString();
    }

    private static string Note(SourceText text, TextSpan line, Finding finding)
    {
        int start = Math.Min(finding.Span.Start, line.End),
            end = Math.Min(finding.Span.End, line.End);
        string carets = finding.Span.IsEmpty
            ? "|"
            : new string('^', end - start) + (text.LineAt(finding.Span.End - 1) > text.LineAt(finding.Span.Start) ? "…" : "");
        return $"{new string(' ', start - line.Start)}{carets} {finding.Severity.ToString().ToLowerInvariant()} {finding.Rule}: {finding.Message}";
    }

    [GeneratedRegex(@"^ *(\^+…?|…|\|) (error|warning|information|hint) [a-z-]+: ", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Note();
}

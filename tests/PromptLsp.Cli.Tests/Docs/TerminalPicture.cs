using System.Globalization;
using System.Security;
using System.Text;
using System.Text.RegularExpressions;

namespace PromptLsp.Cli.Tests.Docs;

/// <summary>What a terminal shows, as an SVG for the docs.</summary>
internal static partial class TerminalPicture
{
    private const double CellWidth = 7.8;
    private const int LineHeight = 19, Left = 24, Top = 52;

    private static readonly Dictionary<string, string> Colours = new(StringComparer.Ordinal)
    {
        ["2"] = "#7f849c",
        ["31"] = "#f38ba8",
        ["32"] = "#a6e3a1",
        ["33"] = "#f9e2af",
        ["34"] = "#89b4fa",
        ["36"] = "#89dceb",
    };

    /// <param name="screen">Text with escape codes; a line that begins with <c>$ </c> is a command.</param>
    public static string Svg(string screen)
    {
        string[] lines = screen.TrimEnd('\n').Split('\n');
        int columns = lines.Max(l => Escape().Replace(l, "").Length);
        var svg = new StringBuilder();
        svg.Append(
            CultureInfo.InvariantCulture,
            $"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{(int)(2 * Left + columns * CellWidth)}\" height=\"{Top + lines.Length * LineHeight}\" "
        );
        svg.Append(
            "font-family=\"ui-monospace,SFMono-Regular,Menlo,Consolas,monospace\" font-size=\"13\">\n"
        );
        svg.Append(
            "<rect width=\"100%\" height=\"100%\" rx=\"10\" fill=\"#1e1e2e\"/>\n<g fill=\"#585b70\"><circle cx=\"22\" cy=\"20\" r=\"6\"/>"
                + "<circle cx=\"42\" cy=\"20\" r=\"6\"/><circle cx=\"62\" cy=\"20\" r=\"6\"/></g>\n"
        );
        for (int i = 0; i < lines.Length; i++)
            Append(svg, lines[i].StartsWith("$ ", StringComparison.Ordinal) ? $"\x1b[32m$\x1b[0m {lines[i][2..]}" : lines[i], Top + i * LineHeight);
        return svg.Append("</svg>\n").ToString();
    }

    private static void Append(StringBuilder svg, string line, int baseline)
    {
        string colour = "#cdd6f4";
        bool isBold = false, isInverse = false;
        int column = 0, at = 0;
        foreach (Match escape in Escape().Matches(line))
        {
            Run(line[at..escape.Index]);
            at = escape.Index + escape.Length;
            string[] codes = escape.Groups["codes"].Value.Split(';');
            isBold = codes.Contains("1");
            isInverse = codes.Contains("7");
            colour = codes.Select(c => Colours.GetValueOrDefault(c)).OfType<string>().FirstOrDefault() ?? "#cdd6f4";
        }
        Run(line[at..]);

        void Run(string text)
        {
            if (text.Length == 0)
                return;
            double x = Left + column * CellWidth,
                width = text.Length * CellWidth;
            if (isInverse)
                svg.Append(
                    CultureInfo.InvariantCulture,
                    $"<rect x=\"{x:0.#}\" y=\"{baseline - 14}\" width=\"{width:0.#}\" height=\"{LineHeight}\" fill=\"{colour}\"/>"
                );
            string fill = isInverse ? "#1e1e2e" : colour, weight = isBold ? " font-weight=\"bold\"" : "", shown = SecurityElement.Escape(text);
            if (text.Trim().Length > 0)
                svg.Append(
                    CultureInfo.InvariantCulture,
                    $"<text x=\"{x:0.#}\" y=\"{baseline}\" xml:space=\"preserve\" textLength=\"{width:0.#}\" fill=\"{fill}\"{weight}>{shown}</text>\n"
                );
            column += text.Length;
        }
    }

    [GeneratedRegex("\x1b\\[(?<codes>[0-9;]*)m", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Escape();
}

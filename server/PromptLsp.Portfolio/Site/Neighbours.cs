using System.Collections.Immutable;
using PromptLsp.Language.Syntax.Formats;

namespace PromptLsp.Portfolio.Site;

/// <summary>A drawing of what a prompt includes, on the left, and of what depends on it, on the right.</summary>
internal sealed class Neighbours(OwnedPrompt prompt, Func<string, string?> page)
{
    private const int Width = 900, Box = 240, Height = 30, Step = 42, MostShown = 30, MostLetters = 30;

    public void Draw(Html html)
    {
        ImmutableArray<string> left = [.. prompt.Includes.Take(MostShown)], right = [.. prompt.Dependants.Take(MostShown)];
        int height = (Step * Math.Max(1, Math.Max(left.Length, right.Length))) + 8, middle = (height - Height) / 2;
        html.Add($"<h2>Includes and dependants</h2>\n");
        html.Add($"<svg viewBox=\"0 0 {Width} {height}\" width=\"{Width}\" role=\"img\" aria-label=\"what this prompt includes, and what depends on it\">\n");
        Column(html, left, 0, height, middle, isLeft: true);
        Column(html, right, Width - Box, height, middle, isLeft: false);
        html.Add($"<rect class=\"self\" x=\"{(Width - Box) / 2}\" y=\"{middle}\" width=\"{Box}\" height=\"{Height}\" rx=\"6\"/>");
        html.Add($"<text x=\"{Width / 2}\" y=\"{middle + 20}\" text-anchor=\"middle\">{Short(prompt.Title)}</text>\n</svg>\n");
        int more = prompt.Includes.Length + prompt.Dependants.Length - left.Length - right.Length;
        if (more > 0)
            html.Add($"<p class=\"soft\">and {more} more</p>\n");
    }

    private void Column(Html html, ImmutableArray<string> paths, int x, int height, int middle, bool isLeft)
    {
        int top = (height - (Step * paths.Length)) / 2;
        for (int i = 0; i < paths.Length; i++)
        {
            int y = top + (Step * i) + ((Step - Height) / 2), from = isLeft ? Box : (Width + Box) / 2, to = isLeft ? (Width - Box) / 2
                : Width - Box, half = (from + to) / 2;
            (int start, int end) = isLeft ? (y, middle) : (middle, y);
            html.Add($"<path d=\"M{from} {start + (Height / 2)} C{half} {start + (Height / 2)} {half} {end + (Height / 2)} {to} {end + (Height / 2)}\"/>");
            html.Add($"<rect x=\"{x}\" y=\"{y}\" width=\"{Box}\" height=\"{Height}\" rx=\"6\"/>");
            if (page(paths[i]) is { } link)
            {
                html.Add($"<a href=\"../{link}\">");
                html.Add($"<text x=\"{x + (Box / 2)}\" y=\"{y + 20}\" text-anchor=\"middle\">{Short(KnownFormats.WithoutEnding(paths[i]))}</text></a>\n");
            }
            else
            {
                html.Add($"<text x=\"{x + (Box / 2)}\" y=\"{y + 20}\" text-anchor=\"middle\">{Short(paths[i])}</text>\n");
            }
        }
    }

    // The end of a path says most.
    private static string Short(string text) => text.Length <= MostLetters ? text : "…" + text[^(MostLetters - 1)..];
}

using System.Collections.Immutable;
using PromptLsp.History.Lists;

namespace PromptLsp.Portfolio.Site;

/// <summary>The page that says what runs where: a row for each prompt, a column for each environment.</summary>
public sealed class EnvironmentsPage(string site, ImmutableArray<OwnedPrompt> prompts, ImmutableArray<string> environments, Func<string, string?> page)
{
    public const string Name = "environments.html";

    public string Html()
    {
        var html = new Html($"Environments · {site}", "", "site.js");
        html.Add($"<nav><a rel=\"up\" href=\"index.html\">← {site}</a></nav>\n<h1>Environments</h1>\n");
        html.Add($"<p class=\"soft\">What runs where, by whom, since when, and why.</p>\n");
        html.Add($"<table>\n<thead><tr><th>Prompt</th>");
        foreach (string environment in environments)
            html.Add($"<th>{environment}</th>");
        html.Add($"</tr></thead>\n<tbody>\n");
        foreach (OwnedPrompt prompt in prompts.Where(p => !p.Environments.IsEmpty))
        {
            html.Add($"<tr><td><a href=\"{page(prompt.Path)}\">{prompt.Title}</a></td>");
            foreach (string environment in environments)
                Cell(html, prompt.Environments.FirstOrDefault(e => e.Environment == environment));
            html.Add($"</tr>\n");
        }
        html.Add($"</tbody>\n</table>\n");
        return html.Close();
    }

    private static void Cell(Html html, RunsIn? held)
    {
        if (held is null)
            html.Add($"<td class=\"soft\">–</td>");
        else
            html.Add($"<td><b>{held.Release}</b><p>{Who(held)}</p><p>{held.Why}</p></td>");
    }

    internal static string Who(RunsIn held) => $"{VersionWords.NameOf(held.By ?? "")}{(held.At is { } at ? $", {VersionWords.Iso(at)[..10]}" : "")}";
}

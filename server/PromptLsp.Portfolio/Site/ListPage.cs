using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using PromptLsp.History.Lists;
using PromptLsp.Language.Catalog;
using PromptLsp.Language.Rendering;

namespace PromptLsp.Portfolio.Site;

/// <summary>The page that lists all prompts, to be searched and filtered.</summary>
internal sealed class ListPage(string name, ImmutableArray<OwnedPrompt> prompts, Func<string, string?> page, DateTimeOffset now)
{
    private const int MostText = 8_000;

    private static readonly TimeSpan StaleAge = TimeSpan.FromDays(90);

    public string Html()
    {
        var html = new Html($"{name} · prompts", "", "texts.js", "site.js");
        html.Add($"<h1>{name}</h1>\n");
        int unowned = prompts.Count(p => p.Owners.IsEmpty), untested = prompts.Count(p => !p.IsTested && !p.IsPartial);
        html.Add($"<p class=\"soft\">{prompts.Length} prompts · {unowned} without an owner · {untested} without a test · ");
        html.Add($"written {VersionWords.Iso(now)}</p>\n");
        if (prompts.Any(p => !p.Environments.IsEmpty))
            html.Add($"<nav><a href=\"{EnvironmentsPage.Name}\">What runs where</a></nav>\n");
        html.Add($"<div class=\"controls\" role=\"search\">\n");
        html.Add($"<input id=\"words\" type=\"search\" placeholder=\"Search names, purposes and texts  ( / )\" aria-label=\"Search\" autocomplete=\"off\">\n");
        Filter(html, "owner", prompts.SelectMany(p => p.Owners));
        Filter(html, "model", prompts.Select(p => p.Header.Model).OfType<string>());
        Filter(html, "tag", prompts.SelectMany(p => p.Tags));
        Filter(html, "runs-in", prompts.SelectMany(p => p.Environments).Select(e => e.Environment));
        Filter(html, "state", prompts.SelectMany(States));
        html.Add($"<span id=\"count\" class=\"soft\" role=\"status\"></span>\n</div>\n");
        html.Add($"<table>\n<thead><tr><th>Prompt</th><th>Owner</th><th>Version</th><th class=\"number\">This month</th><th>Tests</th>");
        html.Add($"<th>Findings</th><th class=\"number\">A call</th><th>Evaluated</th><th class=\"number\">Used by</th><th>Changed</th>");
        html.Add($"</tr></thead>\n<tbody>\n");
        foreach (OwnedPrompt prompt in prompts)
            Row(html, prompt);
        html.Add($"</tbody>\n</table>\n");
        return html.Close();
    }

    /// <summary>A script with the texts in which the page searches, in the order of its rows. JSON escapes all that could end it.</summary>
    public static string Texts(ImmutableArray<OwnedPrompt> prompts)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartArray();
            foreach (OwnedPrompt prompt in prompts)
            {
                string text = prompt.Model.Document.Text.Slice(prompt.Model.Document.Body.Span).ToString().ToLowerInvariant();
                writer.WriteStringValue(text.Length <= MostText ? text : text[..(char.IsHighSurrogate(text[MostText - 1]) ? MostText - 1 : MostText)]);
            }
            writer.WriteEndArray();
        }
        return $"const texts = {Encoding.UTF8.GetString(buffer.WrittenSpan)};\n";
    }

    private static void Filter(Html html, string what, IEnumerable<string> values)
    {
        string[] all = [.. values.Distinct(StringComparer.Ordinal).Order(StringComparer.OrdinalIgnoreCase)];
        if (all.Length == 0)
            return;
        html.Add($"<label>{what.Replace('-', ' ')}<select data-filter=\"{what}\"><option value=\"\">any</option>");
        foreach (string value in all)
            html.Add($"<option value=\"{value}\">{value}</option>");
        html.Add($"</select></label>\n");
    }

    private void Row(Html html, OwnedPrompt prompt)
    {
        html.Add($"<tr data-owner=\"{string.Join('\n', prompt.Owners)}\" data-model=\"{prompt.Header.Model}\" data-tag=\"{string.Join('\n', prompt.Tags)}\"");
        html.Add($" data-state=\"{string.Join('\n', States(prompt))}\"");
        html.Add($" data-runs-in=\"{string.Join('\n', prompt.Environments.Select(e => e.Environment))}\">");
        html.Add($"<td><a href=\"{page(prompt.Path)}\">{prompt.Title}</a> ");
        html.Add($"<span class=\"soft path\">{(prompt.Title == prompt.Path ? "" : prompt.Path)}</span><p>{prompt.Header.Description}</p></td>");
        html.Add($"<td>{string.Join(", ", prompt.Owners)}</td><td>{(prompt.Version is { } version ? $"v{version}" : "–")}</td>");
        html.Add($"<td class=\"number\">{prompt.VersionsThisMonth}</td>");
        string tests = prompt.Tests.ContainsKey(TestOutcome.Failed) ? "bad" : prompt.IsTested ? "good" : "soft";
        html.Add($"<td class=\"{tests}\">{PortfolioWords.Tests(prompt)}</td>");
        html.Add($"<td class=\"{(prompt.Findings.ContainsKey(Severity.Error) ? "bad" : "soft")}\">{PortfolioWords.Findings(prompt)}</td>");
        html.Add($"<td class=\"number\">{(prompt.Tokens is { } tokens ? tokens.Words : "–")}<p>{prompt.Tokens?.Cost?.ToString()}</p></td>");
        html.Add($"<td>{(prompt.Evaluation is { } last ? $"{last.At[..10]}, {last.Passed} of {last.Answers}" : "–")}</td>");
        html.Add($"<td class=\"number\">{(prompt.Dependants.IsEmpty ? "–" : $"{prompt.Dependants.Length}")}</td>");
        html.Add($"<td class=\"soft date\">{VersionWords.Iso(prompt.Changed)[..10]}</td></tr>\n");
    }

    private IEnumerable<string> States(OwnedPrompt prompt)
    {
        if (prompt.Owners.IsEmpty)
            yield return "unowned";
        if (!prompt.IsTested && !prompt.IsPartial)
            yield return "untested";
        if (prompt.Tests.ContainsKey(TestOutcome.Failed))
            yield return "failing";
        if (prompt.Findings.ContainsKey(Severity.Error) || prompt.Findings.ContainsKey(Severity.Warning))
            yield return "with findings";
        if (prompt.Changed < now - StaleAge)
            yield return "stale";
        if (prompt.IsPartial)
            yield return "partial";
    }
}

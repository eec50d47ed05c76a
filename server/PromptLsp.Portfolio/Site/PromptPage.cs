using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using PromptLsp.History;
using PromptLsp.History.Lists;
using PromptLsp.History.Store;
using PromptLsp.Language.Catalog;
using PromptLsp.Language.Catalog.Types;
using PromptLsp.Language.Rendering;
using PromptLsp.Language.Rendering.Samples;

namespace PromptLsp.Portfolio.Site;

/// <summary>The page of one prompt: what it is for, what it takes, what it sends, who uses it, and how it came to be.</summary>
/// <param name="versions">Newest first.</param>
/// <param name="texts">The versions' texts; null for one that was erased.</param>
/// <param name="moves">What became of it in environments, the newest first.</param>
internal sealed class PromptPage(
    string site,
    OwnedPrompt prompt,
    ImmutableArray<PromptVersion> versions,
    ImmutableArray<string?> texts,
    ImmutableArray<EnvironmentEvent> moves,
    Func<string, string?> page
)
{
    private const int MostCharacters = 20_000, MostLines = 20_000, MostSamples = 10;

    public string Html(CancellationToken cancel)
    {
        var html = new Html($"{prompt.Title} · {site}", "../", "site.js");
        html.Add($"<nav><a rel=\"up\" href=\"../index.html\">← {site}</a></nav>\n<h1>{prompt.Title}</h1>\n<p>{prompt.Header.Description}</p>\n");
        Facts(html);
        Inputs(html);
        Samples(html, cancel);
        html.Add($"<h2>Source</h2>\n<details><summary>{prompt.Path}</summary><pre>{Cut(prompt.Model.Document.Text.Content)}</pre></details>\n");
        if (!prompt.Includes.IsEmpty || !prompt.Dependants.IsEmpty)
            new Neighbours(prompt, page).Draw(html);
        Running(html);
        Timeline(html);
        Compare(html);
        return html.Close();
    }

    private void Facts(Html html)
    {
        html.Add($"<dl>\n");
        Fact(html, "Owner", prompt.Owners.IsEmpty ? "nobody" : string.Join(", ", prompt.Owners));
        Fact(html, "Model", prompt.Header.Model);
        Fact(html, "Tags", string.Join(", ", prompt.Tags));
        Fact(html, "A call", prompt.Tokens?.ToString());
        Fact(html, "Tests", PortfolioWords.Tests(prompt));
        Fact(html, "Findings", PortfolioWords.Findings(prompt));
        Fact(html, "Evaluated", prompt.Evaluation is { } last ? $"{last.At[..10]}, {last.Passed} of {last.Answers} answers passed ({last.Evaluation})" : null);
        Fact(html, "Version", prompt.Version is { } version ? $"v{version}, {prompt.VersionsThisMonth} this month" : null);
        Fact(html, "Changed", VersionWords.Iso(prompt.Changed));
        html.Add($"</dl>\n");
    }

    private static void Fact(Html html, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
            html.Add($"<dt>{name}</dt><dd>{value}</dd>\n");
    }

    private void Inputs(Html html)
    {
        if (prompt.Header.Inputs.Fields.IsEmpty)
            return;
        html.Add($"<h2>Inputs</h2>\n<table><thead><tr><th>Name</th><th>Type</th><th></th><th>Meaning</th></tr></thead><tbody>\n");
        foreach (Field input in prompt.Header.Inputs.Fields)
        {
            string must = prompt.Header.Defaults.ContainsKey(input.Name) ? "has a default" : input.IsOptional ? "may be left out" : "required";
            html.Add($"<tr><td>{input.Name}</td><td>{input.Type.Display}</td>");
            html.Add($"<td class=\"soft\">{must}{(prompt.Header.Untrusted.Contains(input.Name) ? ", from outside" : "")}</td>");
            html.Add($"<td>{input.Description}</td></tr>\n");
        }
        html.Add($"</tbody></table>\n");
    }

    private void Samples(Html html, CancellationToken cancel)
    {
        ImmutableArray<SampleRendering> renderings = SampleRenderings.Of(prompt.Model, cancel);
        if (renderings.IsEmpty)
            return;
        html.Add($"<h2>What a model gets</h2>\n");
        for (int i = 0; i < Math.Min(renderings.Length, MostSamples); i++)
        {
            (SampleChoice choice, RenderedPrompt rendered) = renderings[i];
            html.Add($"<details name=\"sample\"");
            if (i == 0)
                html.Add($" open");
            html.Add($"><summary>{(choice.Sample is { } sample ? $"with the sample “{sample.Name}”" : "with invented values")}</summary>\n");
            foreach (RenderedMessage message in rendered.Messages)
                html.Add($"<p class=\"role\">{message.Role}</p><pre>{Cut(MessageText.Of(message).Trim('\n'))}</pre>\n");
            if (rendered.Failure is { } failure)
                html.Add($"<p class=\"bad\">{failure.Reason}</p>\n");
            html.Add($"</details>\n");
        }
    }

    private void Running(Html html)
    {
        if (prompt.Environments.IsEmpty)
            return;
        html.Add($"<h2>Runs in</h2>\n<table><tbody>\n");
        foreach (RunsIn held in prompt.Environments)
        {
            html.Add($"<tr><td>{held.Environment}</td><td><b>{held.Release}</b></td><td class=\"soft\">{EnvironmentsPage.Who(held)}</td>");
            html.Add($"<td>{held.Why}</td></tr>\n");
        }
        html.Add($"</tbody></table>\n");
    }

    private void Timeline(Html html)
    {
        if (versions.IsEmpty)
            return;
        html.Add($"<h2>History</h2>\n<ol class=\"timeline\">\n");
        int told = 0;
        foreach (PromptVersion version in versions)
        {
            // Records tell whole seconds.
            for (; told < moves.Length && moves[told].At.ToUnixTimeSeconds() >= version.At.ToUnixTimeSeconds(); told++)
                Move(html, moves[told]);
            html.Add($"<li id=\"{version.Name}\"><b>{version.Name}</b> ");
            html.Add($"<span class=\"soft\">{VersionWords.Iso(version.At)[..16].Replace('T', ' ')} · {version.AuthorName}{Size(version)}</span>");
            foreach (string tag in version.Tags)
                html.Add($" <span class=\"tag\">{tag}</span>");
            if (version is { Kind: EventKind.RolledBack, Source: { } source })
                html.Add($" <span class=\"soft\">back to v{source}</span>");
            if (version.Note is { } note)
                html.Add($"<p>{note}</p>");
            html.Add($"</li>\n");
        }
        // What git brought of the time before this history.
        foreach (EnvironmentEvent move in moves[told..])
            Move(html, move);
        html.Add($"</ol>\n");
    }

    private static void Move(Html html, EnvironmentEvent move)
    {
        html.Add($"<li><span class=\"soft\">{VersionWords.Iso(move.At)[..16].Replace('T', ' ')} · {VersionWords.NameOf(move.Author)}</span> ");
        html.Add($"{move.What} <b>{move.Deed}</b>");
        if (move.Why is { } why)
            html.Add($"<p>{why}</p>");
        html.Add($"</li>\n");
    }

    private static string Size(PromptVersion version) =>
        version is { Added: { } added, Removed: { } removed } ? string.Create(CultureInfo.InvariantCulture, $" · +{added} −{removed}") : "";

    private void Compare(Html html)
    {
        if (versions.Length < 2)
            return;
        html.Add($"<h2>Compare</h2>\n<div class=\"controls compare\">\n");
        Choice(html, "old", 1);
        Choice(html, "new", 0);
        html.Add($"</div>\n<pre id=\"difference\" class=\"diff\" role=\"region\" aria-label=\"difference\" tabindex=\"0\"></pre>\n");
        html.Add($"<script id=\"versions\" type=\"application/json\">");
        html.AddJson(Lines());
        html.Add($"</script>\n");
    }

    private void Choice(Html html, string name, int chosen)
    {
        html.Add($"<label>{name}<select>");
        for (int i = 0; i < versions.Length; i++)
        {
            if (texts[i] is null)
                continue;
            html.Add($"<option value=\"{i}\"");
            if (i == chosen)
                html.Add($" selected");
            html.Add($">{versions[i].Name}{(versions[i].Tags.IsEmpty ? "" : $" ({string.Join(", ", versions[i].Tags)})")}</option>");
        }
        html.Add($"</select></label>\n");
    }

    // Each line once, and each version as the numbers of its lines: most versions share most lines.
    private byte[] Lines()
    {
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        int[][] all = [.. texts.Select(text => text is null ? []
            : Fingerprint.Canonical(text).TrimEnd('\n').Split('\n').Take(MostLines).Select(NumberOf).ToArray())];
        var buffer = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(buffer);
        writer.WriteStartObject();
        writer.WriteStartArray("lines");
        foreach (string line in numbers.Keys)
            writer.WriteStringValue(line);
        writer.WriteEndArray();
        writer.WriteStartArray("versions");
        foreach (int[] lines in all)
        {
            writer.WriteStartArray();
            foreach (int line in lines)
                writer.WriteNumberValue(line);
            writer.WriteEndArray();
        }
        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.Flush();
        return buffer.WrittenSpan.ToArray();

        int NumberOf(string line)
        {
            if (!numbers.TryGetValue(line, out int number))
                numbers.Add(line, number = numbers.Count);
            return number;
        }
    }

    private static string Cut(string text) => text.Length <= MostCharacters ? text : text[..MostCharacters] + "\n… cut here";
}

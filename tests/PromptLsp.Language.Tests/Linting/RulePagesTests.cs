using System.Text;
using PromptLsp.Language.Linting;
using PromptLsp.Language.Semantics;
using PromptLsp.Testing;

namespace PromptLsp.Language.Tests.Linting;

/// <summary>
/// Every rule's page keeps its word: the bad example gives this rule and nothing else, drawn in <c>Pages/RULE.txt</c>, the good one gives
/// nothing, and so does the bad one after each of its fixes.
/// </summary>
public sealed class RulePagesTests
{
    public static TheoryData<string> Ids => [.. Rules.All.Select(r => r.Id)];

    public static TheoryData<string> IdsOfPrompts => [.. Rules.All.Where(r => !r.IsAboutFiles).Select(r => r.Id)];

    [Theory]
    [MemberData(nameof(Ids))]
    public void The_page_says_what_and_why_and_how(string id)
    {
        string[] headings = [.. Page(id).Split('\n').Where(l => l.StartsWith("# ", StringComparison.Ordinal) || l.StartsWith("## ", StringComparison.Ordinal))];
        Assert.Equal([$"# {id}", "## What", "## Why", "## Example", "## Fix"], headings);
    }

    [Theory]
    [MemberData(nameof(IdsOfPrompts))]
    public void The_bad_example_gives_this_rule_and_nothing_else(string id)
    {
        Example bad = Example.Read(Page(id), "Bad");
        using PromptFolder folder = bad.OnDisk();
        PromptModel prompt = folder.Model(bad.Path);
        Finding[] findings = [.. Editor.Findings(prompt)];
        Assert.NotEmpty(findings);
        Assert.All(findings, f => Assert.Equal(id, f.Rule));
        Expect.InFile($"tests/PromptLsp.Language.Tests/Linting/Pages/{id}.txt", Annotated.Draw(prompt.Document.Text, findings));
    }

    [Theory]
    [MemberData(nameof(IdsOfPrompts))]
    public void The_good_example_gives_nothing(string id)
    {
        Example good = Example.Read(Page(id), "Good");
        using PromptFolder folder = good.OnDisk();
        PromptModel prompt = folder.Model(good.Path);
        Assert.Equal(prompt.Document.Text.Content, Annotated.Draw(prompt.Document.Text, Editor.Findings(prompt)));
    }

    [Theory]
    [MemberData(nameof(IdsOfPrompts))]
    public void A_fix_takes_its_finding_away_and_adds_none(string id)
    {
        Example bad = Example.Read(Page(id), "Bad");
        using PromptFolder folder = bad.OnDisk();
        PromptModel prompt = folder.Model(bad.Path);
        Finding[] before = [.. Editor.Findings(prompt)];
        foreach ((Finding finding, Fix fix) in before.SelectMany(f => f.Fixes.Select(fix => (f, fix))))
        {
            folder.Write(bad.Path, Editor.Applied(prompt, finding, fix));
            if (fix.NewFile is { } file)
                folder.Write(file.Path, file.Content);
            Finding[] after = [.. Editor.Findings(folder.Model(bad.Path))];
            Assert.True(
                after.Length < before.Length,
                $"`{fix.Title}` leaves {string.Join("; ", after.Select(f => f.Message))} in\n{folder.Model(bad.Path).Document.Text}"
            );
        }
    }

    private static string Page(string id) => RulePage.Of(Rules.Find(id)!)?.Markdown ?? throw new Xunit.Sdk.XunitException($"{id} has no page.");

    /// <summary>The files of an example: the first is the prompt, the others are named in the line that opens their block.</summary>
    private sealed record Example(string Path, (string Path, string Text)[] Files)
    {
        public PromptFolder OnDisk() => new(Files);

        public static Example Read(string page, string heading)
        {
            var files = new List<(string, string)>();
            bool inside = false;
            string[] lines = page.Split('\n');
            for (int i = 0; i < lines.Length; i++)
            {
                string line = lines[i];
                if (line.StartsWith("## ", StringComparison.Ordinal) || line is "Bad:" or "Good:" or "**Bad**" or "**Good**")
                    inside = line.Trim('*', ':') == heading;
                if (!line.StartsWith("```", StringComparison.Ordinal))
                    continue;
                string fence = line[..(line.Length - line.TrimStart('`').Length)];
                string[] info = line[fence.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
                var text = new StringBuilder();
                for (i++; i < lines.Length && lines[i] != fence; i++)
                    text.Append(lines[i]).Append('\n');
                if (inside)
                    files.Add((info.Length > 1 ? info[1] : "example.prompt", text.ToString()));
            }
            Assert.NotEmpty(files);
            string prompt = files.Any(f => f.Item1 == "example.prompt") ? "example.prompt" : files[0].Item1;
            return new(prompt, [.. files]);
        }
    }
}

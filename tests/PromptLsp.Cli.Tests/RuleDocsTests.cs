using System.Text;
using PromptLsp.Cli.Commands;
using PromptLsp.Cli.Reports;
using PromptLsp.Language.Linting;
using Xunit;

namespace PromptLsp.Cli.Tests;

/// <summary><c>docs/rules</c> is made from the rules and their pages. With <c>UPDATE_EXPECT=1</c> this test makes it; else it fails where it is stale.</summary>
public sealed class RuleDocsTests
{
    private static readonly string Folder = Path.Combine(Repository.Root, "docs", "rules");

    [Fact]
    public void The_index_and_the_pages_are_up_to_date()
    {
        Dictionary<string, string> expected = Rules.All.ToDictionary(r => r.Id + ".md", Page, StringComparer.Ordinal);
        expected["README.md"] = Index();
        if (Environment.GetEnvironmentVariable("UPDATE_EXPECT") == "1")
            Rewrite(expected);
        Dictionary<string, string> actual = Directory.EnumerateFiles(Folder)
            .ToDictionary(f => Path.GetFileName(f), f => File.ReadAllText(f).ReplaceLineEndings("\n"), StringComparer.Ordinal);
        Assert.Equal(expected.Keys.Order(StringComparer.Ordinal), actual.Keys.Order(StringComparer.Ordinal));
        foreach ((string name, string text) in expected)
            Assert.True(text == actual[name], $"docs/rules/{name} is stale: UPDATE_EXPECT=1 dotnet test --project tests/PromptLsp.Cli.Tests rewrites it");
    }

    private static string Index()
    {
        var text = new StringBuilder("""
            # The rules

            What `promptlsp check` and the editor report. A severity is set for a workspace in `promptlsp.yaml` (`rules: { unused-input: off }`), for a
            file by `lint: { disable: [unused-input] }`, and for a line by a comment (`promptlsp-disable-next-line unused-input`).


            """.ReplaceLineEndings("\n")
        );
        foreach (IGrouping<RuleGroup, Rule> group in Rules.All.GroupBy(r => r.Group).OrderBy(g => g.Key))
        {
            text.Append("## ").Append(group.Key.Title()).Append("\n\n| rule | default | finds |\n|---|---|---|\n");
            foreach (Rule rule in group)
                text.Append(
                    $"| [`{rule.Id}`]({rule.Id}.md) | {rule.Default.Word()} | {(RulePage.Of(rule)?.Summary ?? "").Replace("|", "\\|", StringComparison.Ordinal)} |\n"
                );
            text.Append('\n');
        }
        return text.ToString().TrimEnd() + "\n";
    }

    private static string Page(Rule rule) => (RulePage.Of(rule)?.Markdown ?? $"# {rule.Id}").TrimEnd() + "\n";

    private static void Rewrite(Dictionary<string, string> files)
    {
        Directory.CreateDirectory(Folder);
        foreach (string stale in Directory.EnumerateFiles(Folder).Where(f => !files.ContainsKey(Path.GetFileName(f))).ToList())
            File.Delete(stale);
        foreach ((string name, string text) in files)
            File.WriteAllText(Path.Combine(Folder, name), text);
    }
}

/// <summary>The repository these tests were built in.</summary>
internal static class Repository
{
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    private static string Find(string folder) =>
        File.Exists(Path.Combine(folder, "PromptLsp.sln"))
            ? folder
            : Find(Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("PromptLsp.sln"));
}

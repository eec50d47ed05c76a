using System.CommandLine;
using System.CommandLine.Completions;
using PromptLsp.Cli.Reports;
using PromptLsp.Language.Linting;
using PromptLsp.Language.Text;

namespace PromptLsp.Cli.Commands;

/// <summary><c>promptlsp rules [RULE]</c>: the rules, or one rule's page.</summary>
internal static class RulesCommand
{
    public static Command Create(Terminal terminal)
    {
        var rule = new Argument<string?>("RULE") { Description = "The rule whose page to show.", HelpName = "RULE", Arity = ArgumentArity.ZeroOrOne };
        rule.CompletionSources.Add(_ => Rules.All.Select(r => new CompletionItem(r.Id)));
        Option<string> format = CommonOptions.Format();
        var command = new ExampleCommand("rules", "Lists the rules, or shows one rule's page.", "promptlsp rules undefined-variable") { rule, format };
        command.SetAction(parsed => Run(parsed.GetValue(rule), parsed.GetValue(format) == "json", terminal));
        return command;
    }

    /// <summary>The rule of an id that somebody typed.</summary>
    public static Rule Find(string id) => Rules.Find(id) ?? throw new CommandFailure($"there is no rule `{id}`{Nearest(id)} (`promptlsp rules` lists them)");

    private static int Run(string? id, bool asJson, Terminal terminal)
    {
        if (id is not null)
            ShowPage(Find(id), asJson, terminal);
        else if (asJson)
            PromptJson.Write(terminal.Out, static json => json.Value(Rules.All.Select(Of)));
        else
            List(terminal);
        return ExitStatus.Clean;
    }

    private static void ShowPage(Rule rule, bool asJson, Terminal terminal)
    {
        if (asJson)
            PromptJson.Write(terminal.Out, json => json.Value(Of(rule)));
        else
            terminal.Out.WriteLine(RulePage.Of(rule)?.Markdown.TrimEnd() ?? $"# {rule.Id}");
    }

    private static void List(Terminal terminal)
    {
        int widest = Rules.All.Select(r => r.Id.Length).DefaultIfEmpty().Max();
        foreach (IGrouping<RuleGroup, Rule> group in Rules.All.GroupBy(r => r.Group).OrderBy(g => g.Key))
        {
            terminal.Out.WriteLine(terminal.Paint.Bold(group.Key.Title()));
            foreach (Rule rule in group)
            {
                string start = $"  {rule.Id.PadRight(widest)}  {rule.Default.Word(),-11}  ";
                terminal.Out.WriteLine(start + Cut(RulePage.Of(rule)?.Summary ?? "", terminal.Width - start.Length));
            }
            terminal.Out.WriteLine();
        }
    }

    private static string Cut(string text, int width) => text.Length <= width || width < 8 ? text : string.Concat(text.AsSpan(0, width - 1).TrimEnd(), "…");

    // A rule as `rules --format json` tells it.
    private static Dictionary<string, object?> Of(Rule rule)
    {
        RulePage? page = RulePage.Of(rule);
        return PromptJson.Object(
            ("id", rule.Id),
            ("group", rule.Group.Title()),
            ("severity", rule.Default.Word()),
            ("summary", page?.Summary ?? ""),
            ("page", page?.Markdown ?? "")
        );
    }

    private static string Nearest(string id) => Spelling.Nearest(id, Rules.All.Select(r => r.Id)) is { } meant ? $"; did you mean `{meant}`?" : "";
}

/// <summary>Headings for the groups of rules.</summary>
internal static class RuleGroupTitles
{
    public static string Title(this RuleGroup group) => group switch
    {
        RuleGroup.FrontMatter => "Front matter",
        RuleGroup.SamplesAndTests => "Samples and tests",
        _ => group.ToString(),
    };
}

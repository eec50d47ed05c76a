namespace PromptLsp.Language.Linting;

/// <summary>A rule's page: <c>Rules/X.md</c>, carried in the assembly. Hover, <c>promptlsp rules</c> and <c>docs/rules</c> show it.</summary>
public sealed class RulePage
{
    private RulePage(string markdown) => Markdown = markdown;

    public string Markdown { get; }

    /// <summary>The page's first paragraph on one line: what the rule finds.</summary>
    public string Summary => string.Join(' ', Markdown
        .Split('\n')
        .Select(l => l.Trim())
        .SkipWhile(l => l.Length == 0 || l[0] == '#')
        .TakeWhile(l => l.Length > 0 && l[0] != '#'));

    /// <summary>The page of a rule; null where nobody has written it.</summary>
    public static RulePage? Of(Rule rule)
    {
        using Stream? stream = typeof(RulePage).Assembly.GetManifestResourceStream($"rules/{FileName(rule.Id)}");
        if (stream is null)
            return null;
        using var reader = new StreamReader(stream);
        return new(reader.ReadToEnd().ReplaceLineEndings("\n"));
    }

    /// <summary>The page's file beside the rule's class: <c>UndefinedVariable.md</c> for <c>undefined-variable</c>.</summary>
    public static string FileName(string id) =>
        string.Concat(id.Split('-').Select(word => word.Length == 0 ? "" : char.ToUpperInvariant(word[0]) + word[1..])) + ".md";
}

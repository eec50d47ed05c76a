using PromptLsp.Language.Semantics;
using PromptLsp.Language.Syntax;
using PromptLsp.Language.Syntax.Yaml;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Linting;

/// <summary>A key that a workspace wants every prompt to have. Partials are exempt: they are parts of prompts.</summary>
internal static class MissingKey
{
    public static IEnumerable<Finding> Find(PromptModel prompt, string key, string message, string line)
    {
        FrontMatter frontMatter = prompt.Document.FrontMatter;
        if (prompt.Environment.IsPartial || !frontMatter.Yaml.IsValid || IsSaid(frontMatter.Keys?.Find(key)?.Value))
            yield break;
        SourceText text = prompt.Document.Text;
        YamlEntry? name = frontMatter.Keys?.Find("name");
        yield return new(name?.Span ?? frontMatter.OpenFence ?? text.LineSpan(0), message)
        {
            Fixes =
                frontMatter.Keys?.Find(key) is not null || (frontMatter.Exists && frontMatter.CloseFence is null)
                    ? []
                    : [new Fix($"Add `{key}`", Insert(text, frontMatter, name, line))],
        };
    }

    private static bool IsSaid(YamlNode? value) => value?.Resolved() switch
    {
        null => false,
        YamlScalar scalar => !string.IsNullOrWhiteSpace(scalar.Value) && !scalar.IsNull(),
        YamlSequence list => !list.Items.IsEmpty,
        _ => true,
    };

    // Behind the name, else at the top of the front matter, else in front matter of its own.
    private static TextEdit Insert(SourceText text, FrontMatter frontMatter, YamlEntry? name, string line)
    {
        if (frontMatter.OpenFence is not { } open)
            return TextEdit.Insert(frontMatter.Span.End, $"---{text.NewLine}{line}{text.NewLine}---{text.NewLine}");
        int above = text.LineAt(name is { Value.Span.IsEmpty: false } ? name.Span.End - 1 : open.Start);
        return TextEdit.Insert(text.LineSpan(above).End, text.NewLine + line);
    }
}

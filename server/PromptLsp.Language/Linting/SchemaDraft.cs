using PromptLsp.Language.Semantics;
using PromptLsp.Language.Syntax.Yaml;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Linting;

/// <summary>A first <c>input.schema</c> for a prompt without one: what the body and its partials read, each with the type that its uses suggest.</summary>
public static class SchemaDraft
{
    /// <summary>The edit that writes it; null where the prompt has one, reads nothing, or where there is no plain place for it.</summary>
    public static TextEdit? Of(PromptModel prompt)
    {
        if (
            prompt.Header.DeclaresInputs
            || prompt.Document.Body.IsOpaque
            || prompt.Document.OtherFormat is not null
            || Place(prompt) is not var (at, before, indent, after)
        )
            return null;
        string[] lines = [.. Lines(prompt)];
        if (lines.Length == 0)
            return null;
        string end = prompt.Document.Text.NewLine;
        return TextEdit.Insert(
            at,
            before.Replace("\n", end, StringComparison.Ordinal)
                + string.Concat(lines.Select(l => indent + l + end))
                + after.Replace("\n", end, StringComparison.Ordinal)
        );
    }

    private static IEnumerable<string> Lines(PromptModel prompt)
    {
        IEnumerable<string> own = prompt.Facts.References.FindAll(prompt.IsUndefined).ConvertAll(r => r.Node.Name).Distinct(StringComparer.Ordinal);
        return own.Select(name => SchemaText.Picoschema(prompt.TypesByUse.Input(name)))
            .Concat(
                prompt.FreeNames.Except(own, StringComparer.Ordinal).Where(n => n != FreeNames.Any).Order(StringComparer.Ordinal).Select(n => n + ": string")
            );
    }

    // Where it goes, what stands before and behind its lines, and how far they are indented.
    private static (int At, string Before, string Indent, string After)? Place(PromptModel prompt)
    {
        SourceText text = prompt.Document.Text;
        if (!prompt.Document.FrontMatter.Exists)
            return (prompt.Document.Body.Span.Start, "---\ninput:\n  schema:\n", "    ", "---\n");
        if (prompt.Document.FrontMatter is not { CloseFence: { } close, Yaml.IsValid: true, Keys: var keys })
            return null;
        switch (keys?.Find("input")?.Value)
        {
            case null when keys is null || text.Content[keys.Span.Start] != '{':
                return (close.Start, "input:\n  schema:\n", "    ", "");
            // Above the other keys of a block.
            case YamlMapping { Entries: [var first, ..] } input when text.Content[input.Span.Start] != '{' && input.Find("schema") is null:
                int line = text.LineStart(text.LineAt(first.Key.Span.Start));
                string indent = new(' ', first.Key.Span.Start - line);
                return (line, indent + "schema:\n", indent + "  ", "");
            default:
                return null;
        }
    }
}

using PromptLsp.Language.Semantics;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Linting;

/// <summary>A comment above a finding's line that turns its rule off there.</summary>
public static class SuppressionEdit
{
    /// <summary>
    /// Null where no comment can stand above the line: before the opening fence, in an island of several lines, where the dialect has no comments.
    /// </summary>
    public static TextEdit? For(PromptModel prompt, Finding finding)
    {
        SourceText text = prompt.Document.Text;
        int line = text.LineAt(finding.Span.Start),
            start = text.LineStart(line);
        string words = "promptlsp-disable-next-line " + finding.Rule;
        string indent = new([.. text.Line(line).TakeWhile(c => c is ' ' or '\t')]);
        if (prompt.Document.FrontMatter is { Exists: true } frontMatter && start < frontMatter.Span.End)
            // A comment is read in whole YAML alone.
            return frontMatter.Yaml.IsValid && start >= frontMatter.Content.Start && start < frontMatter.Content.End
                ? TextEdit.Insert(start, $"{indent}# {words}{text.NewLine}")
                : null;
        if (prompt.Document.Body.IslandAt(start) is { } island && island.Start < start && start < island.End)
            return null;
        // The comments of a body that is not read are not read either.
        return !prompt.Document.Body.IsOpaque && prompt.Notation.CommentLine(words) is { } comment ? TextEdit.Insert(start, comment + text.NewLine) : null;
    }
}

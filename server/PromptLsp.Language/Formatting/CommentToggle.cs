using System.Collections.Immutable;
using PromptLsp.Language.Catalog.Dialects;
using PromptLsp.Language.Syntax;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Formatting;

/// <summary>Makes comments of lines, and lines of comments: YAML's in the front matter, the dialect's in the body.</summary>
public static class CommentToggle
{
    private const string Yaml = "#";

    /// <summary>
    /// The edits that turn lines into comments; where all of them are comments, those that turn them back. Empty lines and the fences of the
    /// front matter stay as they are.
    /// </summary>
    /// <param name="lines">Numbers of lines, in their order.</param>
    /// <returns>Null where the dialect's comments are not known.</returns>
    public static ImmutableArray<TextEdit>? Edits(PromptDocument document, IEnumerable<int> lines)
    {
        SourceText text = document.Text;
        var keys = new List<TextSpan>();
        var body = new List<TextSpan>();
        foreach (int line in lines)
        {
            if (Written(text, line) is not { Length: > 0 } written || IsFence(document, line))
                continue;
            (document.FrontMatter.Exists && written.Start < document.FrontMatter.Span.End ? keys : body).Add(written);
        }
        if (body.Count == 0)
            return YamlEdits(text, keys);
        if (KnownNotations.Of(document.Dialect).LineComment is not { } comment)
            return null;
        ImmutableArray<TextEdit>?[] removed = [.. body.Select(line => comment.Remove(text, line))];
        IEnumerable<TextEdit> edits =
            removed.All(r => r is not null) && keys.TrueForAll(k => IsYaml(text, k))
                ? removed.SelectMany(r => r!.Value)
                : body.SelectMany(line => comment.Add(text, line));
        return [.. YamlEdits(text, keys), .. edits];
    }

    private static ImmutableArray<TextEdit> YamlEdits(SourceText text, List<TextSpan> lines)
    {
        if (lines.TrueForAll(line => IsYaml(text, line)))
            return [.. lines.Select(line => new TextEdit(new TextSpan(line.Start, text.Slice(line).StartsWith(Yaml + " ") ? 2 : 1), ""))];
        // At one column, the leftmost of theirs.
        int column = lines.Min(line => line.Start - text.LineSpan(text.LineAt(line.Start)).Start);
        return [.. lines.Select(line => TextEdit.Insert(text.LineSpan(text.LineAt(line.Start)).Start + column, Yaml + " "))];
    }

    private static bool IsYaml(SourceText text, TextSpan line) => text.Slice(line).StartsWith(Yaml);

    // From the first to the last character of a line that is no blank.
    private static TextSpan Written(SourceText text, int line)
    {
        TextSpan whole = text.LineSpan(line);
        ReadOnlySpan<char> written = text.Slice(whole);
        int start = written.Length - written.TrimStart().Length;
        return new(whole.Start + start, written.Trim().Length);
    }

    private static bool IsFence(PromptDocument document, int line) =>
        document.FrontMatter.OpenFence is { } open && document.Text.LineAt(open.Start) == line
        || (document.FrontMatter.CloseFence is { } close && document.Text.LineAt(close.Start) == line);
}

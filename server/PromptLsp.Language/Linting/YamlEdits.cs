using PromptLsp.Language.Syntax.Yaml;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Linting;

/// <summary>Small edits of maps and lists that leave the rest of the user's YAML as it stands.</summary>
internal static class YamlEdits
{
    /// <summary>Adds a line to a map, as its last.</summary>
    public static TextEdit Add(SourceText text, YamlMapping mapping, string line)
    {
        if (mapping.Entries.IsEmpty)
            return new(mapping.Span, $"{{ {line} }}");
        YamlEntry last = mapping.Entries[^1];
        return IsFlow(text, mapping) ? TextEdit.Insert(last.Span.End, ", " + line) : Below(text, mapping.Entries[0].Key.Span, last.Span, line);
    }

    /// <summary>Adds an item to a list, as its last.</summary>
    public static TextEdit Add(SourceText text, YamlSequence list, string item)
    {
        if (list.Items.IsEmpty)
            return new(list.Span, $"[{item}]");
        if (IsFlow(text, list))
            return TextEdit.Insert(list.Items[^1].Span.End, ", " + item);
        int dash = text.Content.LastIndexOf('-', list.Items[0].Span.Start);
        return Below(text, new(dash, 1), list.Items[^1].Span, "- " + item);
    }

    /// <summary>True for what is written with braces or brackets.</summary>
    public static bool IsFlow(SourceText text, YamlNode node) => node.Span.Start < text.Length && text.Content[node.Span.Start] is '{' or '[';

    // On a line of its own behind the last one, as far in as the first.
    private static TextEdit Below(SourceText text, TextSpan first, TextSpan last, string line)
    {
        int indent = first.Start - text.LineStart(text.LineAt(first.Start));
        int end = text.LineSpan(text.LineAt(Math.Max(last.Start, last.End - 1))).End;
        return TextEdit.Insert(end, text.NewLine + new string(' ', indent) + line);
    }
}

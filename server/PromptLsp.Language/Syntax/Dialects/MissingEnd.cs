using PromptLsp.Language.Text;

namespace PromptLsp.Language.Syntax.Dialects;

/// <summary>The end of a block that nothing ends, at the end of the text.</summary>
internal static class MissingEnd
{
    /// <summary>On a line of its own where what opens the block has one; else behind the last line's words.</summary>
    /// <param name="opening">Where the block opens.</param>
    /// <param name="closing">What ends it (<c>{{/if}}</c>).</param>
    public static Repair Add(SourceText text, int opening, string closing)
    {
        bool endsLine = text.Length == 0 || text.Content[^1] is '\n' or '\r';
        string before = !endsLine && IsAlone(text, opening) ? text.NewLine : "",
            after = endsLine && text.Length > 0 ? text.NewLine : "";
        return new($"Add `{closing}`", TextEdit.Insert(text.Length, before + closing + after));
    }

    private static bool IsAlone(SourceText text, int opening)
    {
        ReadOnlySpan<char> line = text.Slice(text.LineSpan(text.LineAt(opening))).Trim();
        return line.StartsWith("{{") && line.EndsWith("}}") && line.LastIndexOf("{{") == 0;
    }
}

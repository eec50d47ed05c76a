using System.Collections.Immutable;
using PromptLsp.Language.Semantics;
using PromptLsp.Language.Syntax.Body;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Linting;

/// <summary>Moves a value, or the block that writes it, to a <c>user</c> message behind it: the next there is, else one of its own at the end.</summary>
internal static class UserMessage
{
    private const string User = "user";

    /// <summary>The edits; none where what is moved would mean something else there.</summary>
    public static ImmutableArray<TextEdit> Take(PromptModel prompt, OutputUse output)
    {
        SourceText text = prompt.Document.Text;
        if (
            prompt.Document.Body.Nodes.FirstOrDefault(n => n.Span.Contains(output.Node.Span)) is not { } whole
            || Written(prompt, whole) is not { } moved
            || !MeansTheSame(prompt, moved)
        )
            return [];
        TextSpan line = Line(prompt, moved);
        string written =
            output.Node == whole && output.Node.Value is NameExpression name
                ? string.Join(text.NewLine, $"<{name.Name}>", text[moved], $"</{name.Name}>")
                : text[moved];
        if (Next(prompt, moved) is { } next)
            return
            [
                new(line, ""),
                TextEdit.Insert(next, (text.Content[next - 1] == '\n' ? "" : text.NewLine) + written + (EndsLine(text, next) ? "" : text.NewLine)),
            ];
        // Behind an include of it, another prompt would go on in the new message.
        if (prompt.Environment.IsPartial)
            return [];
        int end = prompt.Document.Body.Span.End;
        string message = prompt.Notation.Role(User) + text.NewLine + written + text.NewLine;
        // What is moved from the very end is written anew right there.
        return line.End == end
            ? [new(line, (line.Start == prompt.Document.Body.Span.Start || text.Content[line.Start - 1] == '\n' ? "" : text.NewLine) + message)]
            : [new(line, ""), TextEdit.Insert(end, (text.Content[end - 1] == '\n' ? "" : text.NewLine) + message)];
    }

    // With its braces.
    private static TextSpan? Written(PromptModel prompt, BodyNode node)
    {
        if (
            prompt.Document.Body.IslandAt(node.Span.Start) is not { } first
            || prompt.Document.Body.IslandAt(Math.Max(node.Span.Start, node.Span.End - 1)) is not { } last
        )
            return null;
        // An island with several statements is one of them no longer.
        return prompt.Document.Body.Nodes.Count(n => n is not TextNode && TextSpan.FromBounds(first.Start, last.End).Overlaps(n.Span)) == 1
            ? TextSpan.FromBounds(first.Start, last.End)
            : null;
    }

    // Begins no message, gives nothing a value that others read, and reads nothing that is given another one behind it.
    private static bool MeansTheSame(PromptModel prompt, TextSpan moved)
    {
        if (prompt.Facts.Messages.Exists(m => moved.Contains(m.Node.Span)) || prompt.Facts.Includes.Exists(i => moved.Contains(i.Node.Span)))
            return false;
        HashSet<string> read = new(StringComparer.Ordinal);
        foreach (Reference reference in prompt.Facts.References.FindAll(r => moved.Contains(r.Span)))
        {
            if (reference is { IsWrite: true, Symbol.Kind: not SymbolKind.LoopVariable })
                return false;
            read.Add(reference.Node.Name);
        }
        return !prompt.Facts.References.Exists(r =>
            r.IsWrite && r.Span.Start >= moved.End && r.Symbol?.Kind != SymbolKind.LoopVariable && read.Contains(r.Node.Name)
        );
    }

    // Behind what begins the message.
    private static int? Next(PromptModel prompt, TextSpan moved)
    {
        foreach (MessageStart message in prompt.Facts.Messages)
        {
            if (
                message is { IsConditional: false, Role.Value: User }
                && message.Node.Span.Start >= moved.End
                && prompt.Document.Body.IslandAt(message.Node.Span.Start) is { } island
            )
                return EndsLine(prompt.Document.Text, island.End)
                    ? prompt.Document.Text.LineSpanWithEnd(prompt.Document.Text.LineAt(island.End)).End
                    : island.End;
        }
        return null;
    }

    // The whole line, where nothing else stands on it.
    private static TextSpan Line(PromptModel prompt, TextSpan moved)
    {
        SourceText text = prompt.Document.Text;
        int start = Math.Max(text.LineStart(text.LineAt(moved.Start)), prompt.Document.Body.Span.Start);
        return text.Slice(TextSpan.FromBounds(start, moved.Start)).IsWhiteSpace() && EndsLine(text, moved.End)
            ? TextSpan.FromBounds(start, text.LineSpanWithEnd(text.LineAt(moved.End)).End)
            : moved;
    }

    private static bool EndsLine(SourceText text, int offset) => text.Slice(TextSpan.FromBounds(offset, text.LineSpan(text.LineAt(offset)).End)).IsWhiteSpace();
}

using System.Collections.Immutable;
using PromptLsp.Language.Catalog;
using PromptLsp.Language.Completion;
using PromptLsp.Language.Hover;
using PromptLsp.Language.Linting;
using PromptLsp.Language.Navigation;
using PromptLsp.Language.Semantics;
using PromptLsp.Language.Symbols;
using PromptLsp.Language.Syntax;
using PromptLsp.Language.Syntax.Body;
using PromptLsp.Language.Text;
using Xunit;

namespace PromptLsp.Testing;

/// <summary>What holds of any text at all, however broken, with a cursor anywhere in it.</summary>
public static class Invariants
{
    private const int LongestMessage = 1000;

    public static void Hold(string text, params IEnumerable<int> cursors)
    {
        PromptModel prompt = Editor.Model(text);
        Tree(prompt.Document);
        foreach (Finding finding in Linter.Quick(prompt, CancellationToken.None))
            Holds(finding, prompt.Document.Text);
        Names(prompt);
        Outlined(Outline.Of(prompt), new(0, text.Length));
        foreach (int cursor in cursors)
            Hold(prompt, cursor);
    }

    /// <summary>Each line of the outline has a name, and its name lies within it: clients refuse anything else.</summary>
    private static void Outlined(ImmutableArray<OutlineItem> items, TextSpan parent)
    {
        foreach (OutlineItem item in items)
        {
            Assert.False(string.IsNullOrWhiteSpace(item.Name), $"A {item.Kind} at {item.Span} has no name.");
            IsOneLine(item.Name);
            Inside(item.Span, parent);
            Inside(item.NameSpan, item.Span);
            Outlined(item.Children, item.Span);
        }
    }

    /// <summary>Names lie in the text, stand there as they are, and renaming any of them makes edits that do not overlap.</summary>
    private static void Names(PromptModel prompt)
    {
        SourceText text = prompt.Document.Text;
        ImmutableArray<Mention> mentions = Mentions.Of(prompt);
        Edits(mentions.Select(m => new TextEdit(m.Span, "x")), new(0, text.Length));
        Assert.All(mentions.Where(m => m.Subject.Kind != SubjectKind.Prompt), m => Assert.Equal(m.Subject.Name, text[m.Span]));
    }

    /// <summary>Body, front matter and problems lie where they should, and no character of the body is in neither text nor code.</summary>
    private static void Tree(PromptDocument document)
    {
        TextSpan body = document.Body.Span, all = new(0, document.Text.Length);
        Assert.Equal(document.Text.Length, body.End);
        Inside(document.FrontMatter.Span, all);
        Assert.True(document.FrontMatter.Span.End == body.Start, "The body begins where front matter ends.");
        Inside(document.FrontMatter.Content, all);
        Assert.All(document.FrontMatter.Problems, p => Holds(p, all));
        Assert.All(document.Body.Problems, p => Holds(p, body));
        Assert.All(
            document.Body.Nodes.Zip(document.Body.Nodes.Skip(1)),
            p => Assert.True(p.First.Span.End <= p.Second.Span.End, $"{p.Second.Span} ends before {p.First.Span}.")
        );
        var pieces = new List<TextSpan>(document.Body.Islands);
        Nodes(document.Body.Nodes, body, pieces);
        Covers(pieces, body);
    }

    private static void Nodes(IEnumerable<SyntaxNode> nodes, TextSpan parent, List<TextSpan> texts)
    {
        int from = parent.Start;
        foreach (SyntaxNode node in nodes)
        {
            Inside(node.Span, parent);
            Assert.True(node.Span.Start >= from, $"{node.GetType().Name} {node.Span} stands before its elder sibling.");
            from = node.Span.Start;
            if (node is TextNode)
                texts.Add(node.Span);
            Nodes(node.Children, node.Span, texts);
        }
    }

    private static void Covers(List<TextSpan> pieces, TextSpan body)
    {
        pieces.Sort(static (a, b) => a.Start.CompareTo(b.Start));
        int end = body.Start;
        foreach (TextSpan piece in pieces)
        {
            Assert.True(piece.Start == end, $"Text and code meet neither at {end} nor at {piece.Start}.");
            end = piece.End;
        }
        Assert.Equal(body.End, end);
    }

    private static void Holds(Problem problem, TextSpan within)
    {
        Inside(problem.Span, within);
        Assert.False(string.IsNullOrWhiteSpace(problem.Message));
        if (problem.Repair is { } repair)
            Inside(repair.Edit.Span, within);
    }

    private static void Holds(Finding finding, SourceText text)
    {
        var all = new TextSpan(0, text.Length);
        Inside(finding.Span, all);
        IsOneLine(finding.Message);
        Assert.NotNull(Rules.Find(finding.Rule));
        Assert.NotEqual(Severity.Off, finding.Severity);
        foreach (Fix fix in finding.Fixes)
        {
            IsOneLine(fix.Title);
            Edits(fix.Edits, all);
        }
        foreach (RelatedPlace place in finding.Related)
        {
            IsOneLine(place.Message);
            if (place.Path is null)
                Inside(place.Span, all);
        }
    }

    private static void Hold(PromptModel prompt, int cursor)
    {
        SourceText text = prompt.Document.Text;
        var all = new TextSpan(0, text.Length);
        foreach (CompletionItem item in Completions.At(prompt, cursor).Items)
        {
            Inside(item.Replace, all);
            Assert.True(item.Replace.Touches(cursor), $"`{item.Label}` replaces {item.Replace}, away from the cursor at {cursor}.");
            Assert.True(text.Slice(item.Replace).IndexOfAny('\r', '\n') < 0, $"`{item.Label}` replaces more than a line.");
            Assert.NotEmpty(item.Label);
            Edits([new TextEdit(item.Replace, item.InsertText ?? item.Label), .. item.AlsoEdit], all);
        }
        if (Mentions.At(prompt, cursor) is { } mention)
            Assert.True(mention.Span.Touches(cursor), $"The name is at {mention.Span}, away from the cursor at {cursor}.");
        if (Hovers.At(prompt, cursor, CancellationToken.None) is { } hover)
        {
            Inside(hover.Span, all);
            Assert.True(hover.Span.Touches(cursor), $"The hover is about {hover.Span}, away from the cursor at {cursor}.");
            Assert.NotEmpty(hover.Markdown);
        }
    }

    private static void Edits(IEnumerable<TextEdit> edits, TextSpan within)
    {
        int end = 0;
        foreach (TextEdit edit in edits.OrderBy(e => e.Span.Start).ThenBy(e => e.Span.End))
        {
            Inside(edit.Span, within);
            Assert.True(edit.Span.Start >= end, $"The edit of {edit.Span} overlaps another.");
            end = edit.Span.End;
        }
    }

    private static void Inside(TextSpan span, TextSpan outer) =>
        Assert.True(span.Length >= 0 && outer.Contains(span), $"{span} is not inside {outer}.");

    private static void IsOneLine(string message)
    {
        Assert.False(string.IsNullOrWhiteSpace(message));
        Assert.True(message.AsSpan().IndexOfAny('\r', '\n') < 0, $"More than one line: {message}");
        Assert.True(message.Length <= LongestMessage, $"{message.Length} characters are more than one reads: {message[..Math.Min(message.Length, 80)]}…");
    }
}

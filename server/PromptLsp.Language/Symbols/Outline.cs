using System.Collections.Immutable;
using PromptLsp.Language.Catalog.Types;
using PromptLsp.Language.Semantics;
using PromptLsp.Language.Syntax.Body;
using PromptLsp.Language.Syntax.Yaml;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Symbols;

/// <summary>One line of a prompt's outline, with what lies inside it.</summary>
/// <param name="Span">All of it.</param>
/// <param name="NameSpan">What to show when it is chosen; inside <paramref name="Span"/>.</param>
public sealed record OutlineItem(string Name, string? Detail, OutlineKind Kind, TextSpan Span, TextSpan NameSpan, ImmutableArray<OutlineItem> Children);

public enum OutlineKind
{
    Key,
    Input,
    Sample,
    Message,
    Block,
    Include,
    Variable,
    Function,
}

/// <summary>A prompt's outline: the front matter's keys with the inputs, then the messages with what stands in them.</summary>
public static class Outline
{
    private const int Most = 5000, LongestDetail = 60;

    public static ImmutableArray<OutlineItem> Of(PromptModel prompt) =>
        prompt.Document.OtherFormat is not null ? [] : [.. Keys(prompt), .. Messages(prompt)];

    private static IEnumerable<OutlineItem> Keys(PromptModel prompt)
    {
        foreach (YamlEntry entry in prompt.Document.FrontMatter.Keys?.Entries ?? [])
        {
            ImmutableArray<OutlineItem> children = entry.Key.Value switch
            {
                "input" => Fields(prompt.Header.Inputs, entry.Span, OutlineKind.Input, 8),
                "output" when prompt.Header.Output is { } output => Fields(output, entry.Span, OutlineKind.Key, 8),
                "samples" =>
                [
                    .. prompt
                        .Header.Samples.Where(s => entry.Span.Contains(s.NameSpan))
                        .Select(s => new OutlineItem(Name(s.Name), null, OutlineKind.Sample, Around(s.NameSpan, s.Node.Span), s.NameSpan, [])),
                ],
                _ => [],
            };
            yield return new(
                Name(entry.Key.Value),
                (entry.Value as YamlScalar)?.Value is { Length: > 0 } value ? Short(value) : null,
                OutlineKind.Key,
                entry.Span,
                entry.Key.Span,
                children
            );
        }
    }

    private static ImmutableArray<OutlineItem> Fields(PromptType type, TextSpan within, OutlineKind kind, int depth) =>
        type switch
        {
            ArrayType array when depth > 0 => Fields(array.Item, within, kind, depth - 1),
            ObjectType made when depth > 0 =>
            [
                .. made
                    .Fields.Where(f => f.NameSpan is { } span && within.Contains(span))
                    .Select(f => new OutlineItem(
                        Name(f.Name),
                        f.Type.Display,
                        kind,
                        f.NameSpan!.Value,
                        f.NameSpan.Value,
                        Fields(f.Type, Behind(f.NameSpan.Value, within), kind, depth - 1)
                    ))
                    .Select(Widened),
            ],
            _ => [],
        };

    // What an alias stands for is written before it, and outlined there.
    private static TextSpan Behind(TextSpan name, TextSpan within) => TextSpan.FromBounds(name.Start, within.End);

    // An item lies around its children.
    private static OutlineItem Widened(OutlineItem item) =>
        item.Children.IsEmpty ? item : item with { Span = TextSpan.FromBounds(item.Span.Start, Math.Max(item.Span.End, item.Children.Max(c => c.Span.End))) };

    private static IEnumerable<OutlineItem> Messages(PromptModel prompt)
    {
        TextSpan body = prompt.Document.Body.Span;
        int left = Most;
        List<OutlineItem> items = [.. Nodes(prompt, prompt.Document.Body.Nodes, 12, ref left)];
        MessageStart[] starts = [.. prompt.Facts.Messages.Where(m => !m.IsConditional && m.Role?.Value is string)];
        int from = 0;
        for (int i = 0; i <= starts.Length; i++)
        {
            int end = i < starts.Length ? Beginning(starts[i].Node, items) : body.End;
            List<OutlineItem> inside = items.FindAll(item => from <= item.Span.Start && item.Span.Start < end);
            if (i == 0)
            {
                foreach (OutlineItem item in inside)
                    yield return item;
            }
            else
            {
                CallExpression start = starts[i - 1].Node;
                yield return new(
                    Name((string)starts[i - 1].Role!.Value!),
                    "message",
                    OutlineKind.Message,
                    TextSpan.FromBounds(from, Math.Max(start.Span.End, end)),
                    start.Span,
                    [.. inside]
                );
            }
            from = end;
        }
    }

    // Of a block that starts a message, before its name.
    private static int Beginning(CallExpression start, List<OutlineItem> items) =>
        items.Find(item => item.Span.Contains(start.Span))?.Span.Start ?? start.Span.Start;

    private static ImmutableArray<OutlineItem> Nodes(PromptModel prompt, IEnumerable<SyntaxNode> nodes, int depth, ref int left)
    {
        var items = ImmutableArray.CreateBuilder<OutlineItem>();
        foreach (SyntaxNode node in nodes)
        {
            if (depth == 0 || left == 0)
                break;
            OutlineItem? item = node switch
            {
                AssignNode { Target: NameExpression name } assign => new(
                    Name(name.Name),
                    prompt.Facts.TypeOf(assign.Value).Display,
                    OutlineKind.Variable,
                    assign.Span,
                    name.Span,
                    []
                ),
                CaptureNode { Target: NameExpression name } capture => new(
                    Name(name.Name),
                    capture.Keyword,
                    OutlineKind.Variable,
                    capture.Span,
                    name.Span,
                    Nodes(prompt, capture.Body, depth - 1, ref left)
                ),
                FunctionNode { Name: { } name } function => new(
                    Name(name.Name),
                    function.Keyword,
                    OutlineKind.Function,
                    function.Span,
                    name.Span,
                    Nodes(prompt, function.Body, depth - 1, ref left)
                ),
                OutputNode { Value: CallExpression { Kind: CallKind.Include } include } => new(
                    Short(prompt.Document.Text[include.Span]),
                    null,
                    OutlineKind.Include,
                    include.Span,
                    include.Span,
                    []
                ),
                BlockNode block => new(
                    Short(Header(prompt, block)),
                    null,
                    OutlineKind.Block,
                    block.Span,
                    block.KeywordSpan,
                    Nodes(prompt, block.Children.SelectMany<SyntaxNode, SyntaxNode>(c => c is Branch branch ? branch.Body : [c]), depth - 1, ref left)
                ),
                _ => null,
            };
            if (item is null || !item.Span.Contains(item.NameSpan))
                continue;
            left--;
            items.Add(item);
        }
        return items.ToImmutable();
    }

    // `for item in items`: the block's first line, without braces.
    private static string Header(PromptModel prompt, BlockNode block)
    {
        SourceText text = prompt.Document.Text;
        int end = Math.Min(block.Span.End, text.LineSpan(text.LineAt(block.Span.Start)).End);
        int close = text.Content.IndexOf('}', block.Span.Start, end - block.Span.Start);
        return text[TextSpan.FromBounds(block.Span.Start, close < 0 ? end : close)].TrimEnd(' ', '~', '-', '%').TrimStart('{', '%', ' ', '~', '-', '#');
    }

    private static TextSpan Around(TextSpan a, TextSpan b) => TextSpan.FromBounds(Math.Min(a.Start, b.Start), Math.Max(a.End, b.End));

    // Editors refuse an empty name.
    private static string Name(string name) => string.IsNullOrWhiteSpace(name) ? "(no name)" : Short(name);

    private static string Short(string text)
    {
        int end = text.AsSpan().IndexOfAny('\r', '\n');
        string line = (end < 0 ? text : text[..end]).Trim();
        return line.Length == 0 ? "…" : line.Length <= LongestDetail ? line : string.Concat(line.AsSpan(0, LongestDetail - 1), "…");
    }
}

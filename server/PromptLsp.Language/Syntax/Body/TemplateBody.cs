using System.Collections.Immutable;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Syntax.Body;

/// <summary>
/// The body of a prompt as every feature sees it, whatever its dialect: text, outputs, blocks, calls, each with its span in the file.
/// A dialect produces it from any text; what is broken costs only itself and stands in <see cref="Problems"/>.
/// </summary>
public sealed class TemplateBody(TextSpan span, ImmutableArray<BodyNode> nodes, ImmutableArray<Problem> problems, ImmutableArray<TextSpan> islands)
{
    public TextSpan Span { get; } = span;

    public ImmutableArray<BodyNode> Nodes { get; } = nodes;

    /// <summary>What our tree thinks wrong. The engine's own verdict decides whether it is reported.</summary>
    public ImmutableArray<Problem> Problems { get; } = problems;

    /// <summary>The code islands with their braces, in order: <c>{{ … }}</c>, <c>{% … %}</c>. All else is text.</summary>
    public ImmutableArray<TextSpan> Islands { get; } = islands;

    /// <summary>Where reading can begin again after an edit, in order.</summary>
    internal ImmutableArray<Restart> Restarts { get; init; } = [];

    /// <summary>How code is read here may depend on whether something is wrong before it.</summary>
    internal bool DependsOnProblems { get; init; }

    /// <summary>What the body's names mean is not known: its variables cannot be told. Where not even its code is read, the body is one text.</summary>
    public bool IsOpaque { get; init; }

    /// <summary>The nodes whose names and calls have a known meaning: none where the body is opaque.</summary>
    internal ImmutableArray<BodyNode> Understood => IsOpaque ? [] : Nodes;

    /// <summary>The island around an offset: between its opening and its closing braces, or right behind unclosed ones.</summary>
    public TextSpan? IslandAt(int offset)
    {
        int low = 0, high = Islands.Length - 1;
        while (low <= high)
        {
            int middle = (low + high) / 2;
            if (Islands[middle].End < offset)
                low = middle + 1;
            else if (Islands[middle].Start > offset)
                high = middle - 1;
            else
                return Islands[middle];
        }
        return null;
    }

    /// <summary>The nodes from the outermost to the innermost whose span touches an offset.</summary>
    public ImmutableArray<SyntaxNode> PathTo(int offset)
    {
        var path = ImmutableArray.CreateBuilder<SyntaxNode>();
        IEnumerable<SyntaxNode> level = Nodes.Skip(BinarySearch.CountBefore<BodyNode, ByEnd>(Nodes.AsSpan(), offset));
        while (Innermost(level, offset) is { } node)
        {
            path.Add(node);
            level = node.Children;
        }
        return path.ToImmutable();
    }

    // Where two siblings meet at the offset, code wins over text, and the one that ends there over the one that begins there.
    private static SyntaxNode? Innermost(IEnumerable<SyntaxNode> nodes, int offset)
    {
        SyntaxNode? best = null;
        foreach (SyntaxNode node in nodes)
        {
            if (node.Span.Start > offset)
                break;
            if (
                node.Span.Touches(offset)
                && (best is null or TextNode || (best.Span.End <= offset && node is not TextNode && node.Span.Contains(offset) && best.Span.End != offset))
            )
                best = node;
        }
        return best;
    }

    private readonly struct ByEnd : IOrder<BodyNode>
    {
        public static int Of(BodyNode item) => item.Span.End;
    }
}

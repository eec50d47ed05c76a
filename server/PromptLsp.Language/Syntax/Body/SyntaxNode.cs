using System.Collections.Immutable;
using System.Runtime.InteropServices;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Syntax.Body;

/// <summary>A part of the body. Children lie inside their parent and stand in the order of the text.</summary>
public abstract class SyntaxNode(TextSpan span)
{
    public TextSpan Span { get; } = span;

    public abstract IEnumerable<SyntaxNode> Children { get; }

    /// <summary>This node as it is where the text before it has become longer by so many characters; shorter where that is negative.</summary>
    internal abstract SyntaxNode Moved(int by);
}

/// <summary>What stands in the body one after the other: text, outputs, statements, blocks.</summary>
public abstract class BodyNode(TextSpan span) : SyntaxNode(span)
{
    internal abstract override BodyNode Moved(int by);
}

/// <summary>What has a value.</summary>
public abstract class Expression(TextSpan span) : SyntaxNode(span)
{
    internal abstract override Expression Moved(int by);
}

/// <summary>Nodes in a row.</summary>
internal static class SyntaxNodes
{
    /// <summary>A child that may be missing.</summary>
    public static IEnumerable<SyntaxNode> IfAny(SyntaxNode? node) => node is null ? [] : [node];

    public static ImmutableArray<T> Moved<T>(this ImmutableArray<T> nodes, int by)
        where T : SyntaxNode
    {
        if (nodes.IsEmpty)
            return nodes;
        var moved = new T[nodes.Length];
        for (int i = 0; i < moved.Length; i++)
            moved[i] = (T)nodes[i].Moved(by);
        return ImmutableCollectionsMarshal.AsImmutableArray(moved);
    }
}

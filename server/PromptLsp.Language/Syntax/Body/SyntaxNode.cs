using PromptLsp.Language.Text;

namespace PromptLsp.Language.Syntax.Body;

/// <summary>A part of the body. Children lie inside their parent and stand in the order of the text.</summary>
public abstract class SyntaxNode(TextSpan span)
{
    public TextSpan Span { get; } = span;

    public abstract IEnumerable<SyntaxNode> Children { get; }
}

/// <summary>What stands in the body one after the other: text, outputs, statements, blocks.</summary>
public abstract class BodyNode(TextSpan span) : SyntaxNode(span);

/// <summary>What has a value.</summary>
public abstract class Expression(TextSpan span) : SyntaxNode(span);

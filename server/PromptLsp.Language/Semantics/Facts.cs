using System.Collections.Immutable;
using PromptLsp.Language.Catalog;
using PromptLsp.Language.Catalog.Types;
using PromptLsp.Language.Syntax.Body;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Semantics;

/// <summary>A name that is read or written in the body, and what it means there.</summary>
/// <param name="Symbol">Null for a name that means nothing here.</param>
/// <param name="IsWrite">The name is given a value, or declared.</param>
/// <param name="IsCallee">The name is called, with arguments or by a pipe.</param>
/// <param name="Members">How many members were read before: a member of the name itself is the next one.</param>
public readonly record struct Reference(NameExpression Node, Symbol? Symbol, bool IsWrite, bool IsCallee, int Members)
{
    public TextSpan Span => Node.Span;
}

/// <summary>A member that is read, and what it is read of.</summary>
/// <param name="Status">What was found there, in a word.</param>
public readonly record struct MemberUse(MemberExpression Node, PromptType TargetType, MemberStatus Status)
{
    /// <summary>The schema's field, where it is one.</summary>
    public Field? Field => MemberLookup.Of(TargetType, Node.Name).Field;
}

/// <summary>A member that is read by a text that is written out: <c>customer["name"]</c>.</summary>
public readonly record struct KeyUse(IndexExpression Node, LiteralExpression Key, PromptType TargetType);

/// <summary>A call of a function of the dialect, of the body's own, or of something that is none.</summary>
/// <param name="Callee">Where the function is named.</param>
/// <param name="Arguments">What it is given, the piped value first; names where they are given.</param>
/// <param name="Node">The call; null where a function stands alone (<c>{{ date.now }}</c>).</param>
public sealed record CallUse(Expression Callee, CatalogFunction? Function, Symbol? OwnFunction, IReadOnlyList<GivenArgument> Arguments, CallExpression? Node);

public readonly record struct GivenArgument(string? Name, Expression Value, PromptType Type, bool IsPiped);

/// <summary>A value that is written into a message.</summary>
/// <param name="Role">The message's role; null where it depends on a branch.</param>
/// <param name="Starts">What may have begun the message: calls of <c>role</c>, and includes that begin messages of their own.</param>
/// <param name="Unasked">What of it is optional, and nothing has asked whether it is there.</param>
public readonly record struct OutputUse(OutputNode Node, PromptType Type, string? Role, ImmutableArray<CallExpression> Starts, Expression? Unasked);

/// <summary>A condition of an <c>if</c>, a <c>while</c>, a <c>?:</c>, or an operand of <c>&amp;&amp;</c>, <c>||</c> and <c>!</c>.</summary>
/// <param name="Around">The operation that it is an operand of; null for a whole condition, and for one in parentheses.</param>
public readonly record struct ConditionUse(Expression Node, PromptType Type, Expression? Around);

/// <summary><c>a == b</c>, or a <c>case</c>'s subject and a value of its <c>when</c>.</summary>
public sealed record ComparisonUse(Expression Left, PromptType LeftType, Expression Right, PromptType RightType, TextSpan Span);

public sealed record LoopUse(LoopNode Node, PromptType SourceType);

/// <summary>A call that starts a message.</summary>
/// <param name="Role">The role's name where it is written out.</param>
/// <param name="IsConditional">Stands inside a block, so that it may not be reached.</param>
public sealed record MessageStart(CallExpression Node, LiteralExpression? Role, bool IsConditional);

/// <summary>An include.</summary>
/// <param name="Path">The path where it is written out.</param>
/// <param name="Role">The role of the message it stands in; null where that depends on a branch.</param>
/// <param name="RoleAfter">The role of the message that goes on behind it; null where that depends on more than the text.</param>
public sealed record IncludeUse(CallExpression Node, LiteralExpression? Path, string? Role, string? RoleAfter, bool IsConditional);

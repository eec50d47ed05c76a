using System.Collections.Immutable;
using PromptLsp.Language.Catalog;
using PromptLsp.Language.Catalog.Types;
using PromptLsp.Language.Semantics;
using PromptLsp.Language.Syntax.Body;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Hover;

/// <summary>What there is to say of code in the body: a name, a member, a function, a statement, a role, an include.</summary>
internal static class BodyHover
{
    public static HoverText? At(PromptModel prompt, int offset)
    {
        ImmutableArray<SyntaxNode> path = prompt.Document.Body.PathTo(offset);
        return path.IsEmpty || prompt.Document.Body.IsOpaque ? null
            : Keyword(prompt, path, offset)
            ?? Include(prompt, path, offset)
            ?? Role(path, offset)
            ?? Function(prompt, path, offset)
            ?? Member(prompt, path, offset)
            ?? Parameter(prompt, path, offset)
            ?? Name(prompt, path);
    }

    private static HoverText? Keyword(PromptModel prompt, ImmutableArray<SyntaxNode> path, int offset)
    {
        if (prompt.Meaning.Statements is not { } statements)
            return null;
        for (int i = path.Length - 1; i >= 0; i--)
        {
            (CatalogStatement? said, TextSpan span) = path[i] switch
            {
                BlockNode block when block.KeywordSpan.Touches(offset) => (
                    statements.Find(prompt.Document.Text[block.KeywordSpan]) ?? statements.Find(block.Keyword),
                    block.KeywordSpan
                ),
                BlockNode { CloseSpan: { } close } when close.Touches(offset) => (statements.Find(ControlWord.End), close),
                Branch branch when branch.KeywordSpan.Touches(offset) => (
                    statements.Find(prompt.Document.Text[branch.KeywordSpan]) ?? statements.Find(WordOf(branch, i == 0 ? null : path[i - 1])),
                    branch.KeywordSpan
                ),
                StatementNode statement when statement.KeywordSpan.Touches(offset) && WordOf(statement) is { } word => (
                    statements.Find(word),
                    statement.KeywordSpan
                ),
                _ => default,
            };
            if (said is not null)
                return new(span, $"**{said.Keyword}**\n\n{said.Summary}");
        }
        return null;
    }

    private static ControlWord WordOf(Branch branch, SyntaxNode? block) => branch.Kind switch
    {
        BranchKind.When => ControlWord.When,
        BranchKind.Else => ControlWord.Else,
        _ => block is IfNode { Branches: [var first, ..] } && first == branch ? ControlWord.If : ControlWord.ElseIf,
    };

    private static ControlWord? WordOf(StatementNode statement) => statement.Kind switch
    {
        StatementKind.Break => ControlWord.Break,
        StatementKind.Continue => ControlWord.Continue,
        StatementKind.Return => ControlWord.Return,
        StatementKind.Import => ControlWord.Import,
        StatementKind.ReadOnly => ControlWord.ReadOnly,
        _ => null,
    };

    private static HoverText? Include(PromptModel prompt, ImmutableArray<SyntaxNode> path, int offset)
    {
        if (
            path.OfType<CallExpression>().LastOrDefault() is not { } call
            || path[^1] is not LiteralExpression literal
            || !literal.Span.Touches(offset)
            || call.First != literal
        )
            return null;
        return IncludedPartial.Of(prompt, call) is { } partial ? new(literal.Span, PartialText.Of(partial)) : null;
    }

    private static HoverText? Role(ImmutableArray<SyntaxNode> path, int offset) =>
        path.OfType<CallExpression>().LastOrDefault() is { Kind: CallKind.Role }
        && path[^1] is LiteralExpression { Value: string name } literal
        && literal.Span.Touches(offset)
        && Roles.Find(name) is { } role
            ? new(literal.Span, $"**{role.Name}**{(role.Alias is { } alias ? $" (or `{alias}`)" : "")}\n\n{role.Summary}")
            : null;

    private static HoverText? Function(PromptModel prompt, ImmutableArray<SyntaxNode> path, int offset)
    {
        foreach (SyntaxNode node in path.Reverse())
        {
            if (node is NameExpression or MemberExpression && prompt.Typing.FunctionOf((Expression)node) is { } function)
                return new(node.Span, FunctionText.Of(function, prompt.Notation));
        }
        return path[^1] is NameExpression name && name.Span.Touches(offset) && prompt.Typing.IsNamespace(name)
            ? new(name.Span, $"**{name.Name}**\n\n{prompt.Functions?.FindNamespace(name.Name)?.Summary}")
            : null;
    }

    private static HoverText? Member(PromptModel prompt, ImmutableArray<SyntaxNode> path, int offset)
    {
        if (path[^1] is not MemberExpression member || !member.NameSpan.Touches(offset) || member.Name.Length == 0)
            return null;
        if (prompt.Scopes.AsInput(member) is { } input && prompt.Scopes.Find(input) is { } symbol)
            return new(member.NameSpan, SymbolText.Of(symbol));
        MemberLookup found = MemberLookup.Of(prompt.Typing.Of(member.Target), member.Name, prompt.Meaning);
        string owner = prompt.Document.Text[member.Target.Span];
        return found.Status == MemberStatus.Known
            ? new(member.NameSpan, SymbolText.Of(found.Field ?? new Field(member.Name, found.Type), owner, SampleOf(prompt, member)))
            : null;
    }

    private static object? SampleOf(PromptModel prompt, Expression expression) => expression switch
    {
        NameExpression name => prompt.Scopes.Find(name)?.Sample,
        MemberExpression member => SampleOf(prompt, member.Target) is IReadOnlyDictionary<string, object?> map ? map.GetValueOrDefault(member.Name) : null,
        _ => null,
    };

    private static HoverText? Parameter(PromptModel prompt, ImmutableArray<SyntaxNode> path, int offset)
    {
        if (
            path.OfType<Argument>().LastOrDefault() is not { Name: { } name } argument
            || !argument.NameSpan.Touches(offset)
            || path.OfType<CallExpression>().LastOrDefault() is not { } call
        )
            return null;
        if (call.Kind == CallKind.Include)
            return IncludedPartial.Of(prompt, call) is { } partial && partial.Model.Header.Inputs.Find(name) is { } input
                ? new(argument.NameSpan, SymbolText.Of(input, partial.Path))
                : null;
        return prompt.Typing.FunctionOf(call.Callee)?.Parameters.FirstOrDefault(p => string.Equals(p.Name, name, StringComparison.Ordinal)) is { } parameter
            ? new(argument.NameSpan, $"`{parameter.Display}`\n\n{parameter.Summary}")
            : null;
    }

    private static HoverText? Name(PromptModel prompt, ImmutableArray<SyntaxNode> path)
    {
        if (path[^1] is not NameExpression name)
            return null;
        Symbol? symbol = prompt.Scopes.FindDeclared(name.Name, name.Span) ?? prompt.Scopes.Find(name);
        if (symbol is not null && OwnFunction.Of(prompt, symbol) is { } function)
            return new(name.Span, $"{Markdown.Block(function.Signature, prompt.Notation.Fence)}\n\n*function of this prompt*");
        return (symbol ?? GivenNames.Of(prompt).Find(name.Name)) is { } found ? new(name.Span, SymbolText.Of(found)) : null;
    }
}

using PromptLsp.Language.Catalog;
using PromptLsp.Language.Catalog.Types;
using PromptLsp.Language.Semantics;
using PromptLsp.Language.Syntax.Body;

namespace PromptLsp.Language.Completion.Code;

/// <summary>The shapes that a value can have: what its type says, and for dates and lengths of time, which no schema knows, what made it.</summary>
internal static class Shapes
{
    // A name that is assigned a name, and so on.
    private const int MostNames = 8;

    public static ValueShape Of(PromptModel prompt, Expression expression) => Of(prompt, expression, 0);

    private static ValueShape Of(PromptModel prompt, Expression expression, int names)
    {
        PromptType type = prompt.Typing.Of(expression);
        if (!type.IsAny || names > MostNames)
            return ValueShapes.Of(type);
        if (prompt.Typing.FunctionOf(expression) is { } alone)
            return OfResult(alone);
        return expression switch
        {
            GroupExpression group => Of(prompt, group.Inner, names),
            CallExpression call when prompt.Typing.FunctionOf(call.Callee) is { } function => OfResult(function),
            MemberExpression member => prompt
                .Meaning.OwnMembers(Of(prompt, member.Target, names))
                .FirstOrDefault(m => string.Equals(m.Name, member.Name, StringComparison.Ordinal))
                is { Shape: not ValueShape.None } fact
                ? fact.Shape
                : ValueShape.Any,
            NameExpression name when prompt.Scopes.Find(name) is { Kind: SymbolKind.Local, MadeOf: [Expression value] } => Of(prompt, value, names + 1),
            _ => ValueShape.Any,
        };
    }

    private static ValueShape OfResult(CatalogFunction function) =>
        function.ReturnRule == ReturnRule.Plain && function.Returns != ValueShape.None ? function.Returns : ValueShape.Any;
}

using PromptLsp.Language.Catalog;
using PromptLsp.Language.Semantics;
using PromptLsp.Language.Syntax.Body;

namespace PromptLsp.Language.Completion.Code;

/// <summary>Completes functions: behind a pipe, behind a namespace's dot, and where a function itself is meant.</summary>
internal static class FunctionCompletion
{
    /// <summary>
    /// Behind a pipe: functions about what is piped, then others that take it, then those that take anything, then those for which the engine
    /// makes a text of it first. What cannot take it at all is left out; its namespace still leads there.
    /// </summary>
    public static IEnumerable<CompletionItem> Behind(CodeCursor cursor, Expression piped)
    {
        if (cursor.Prompt.Functions is not { } functions)
            return [];
        ValueShape given = Shapes.Of(cursor.Prompt, piped);
        return functions.All
            .Where(f => !f.Parameters.IsEmpty && !f.IsMessageFunction && CanTake(f, given))
            .Select(f => Item(cursor, f, f.Name, isPiped: true, Fit(cursor, f, given) + (given == ValueShape.Any && !IsUsual(cursor, f) ? LessUsual : 0)))
            .Concat(NameCompletion.OwnFunctions(cursor))
            .Concat(NameCompletion.Namespaces(cursor, ""));
    }

    /// <summary>Where a function's namespace stands behind a pipe already, or its name without one.</summary>
    public static IEnumerable<CompletionItem> Namespaces(CodeCursor cursor, Expression piped) =>
        NameCompletion.Namespaces(cursor, cursor.Prompt.Meaning.NamespaceOf(Shapes.Of(cursor.Prompt, piped) & ~ValueShape.Null));

    /// <summary>Behind a namespace's dot: all that it has, and what cannot take what is piped last.</summary>
    public static IEnumerable<CompletionItem> Of(CodeCursor cursor, string space, MemberExpression member)
    {
        bool isAlias = cursor.Path is [.., UnaryExpression { Operator: UnaryOperator.FunctionItself }, _];
        Expression? piped = cursor.Call is { Piped: { } given } pipe && pipe.Callee == member ? given : null;
        ValueShape shape = piped is null ? ValueShape.Any : Shapes.Of(cursor.Prompt, piped);
        foreach (CatalogFunction function in cursor.Prompt.Functions!.InNamespace(space))
        {
            bool fits = piped is null || (!function.Parameters.IsEmpty && CanTake(function, shape));
            CompletionItem item = Item(cursor, function, function.ShortName, piped is not null, fits ? Ranks.Members : Ranks.Unlikely);
            yield return isAlias ? item.Bare() : item;
        }
    }

    /// <summary>Where a function itself is the value: <c>array.each @…</c>.</summary>
    public static IEnumerable<CompletionItem> Named(CodeCursor cursor) => cursor.Prompt.Functions is not { } functions
        ? []
        : functions.All
            .Where(f => !f.Parameters.IsEmpty && f.Namespace.Length > 0)
            .Select(f => Item(cursor, f, f.Name, isPiped: true, Ranks.Functions).Bare())
            .Concat(NameCompletion.OwnFunctions(cursor))
            .Concat(NameCompletion.Namespaces(cursor, ""));

    /// <summary>One function, with places for the arguments that it cannot do without.</summary>
    public static CompletionItem Item(CodeCursor cursor, CatalogFunction function, string label, bool isPiped, int rank)
    {
        string arguments = HasArguments(cursor)
            ? ""
            : string.Join(
                " ",
                function.Parameters.Skip(isPiped ? 1 : 0).Where(p => p is { IsOptional: false, IsRest: false }).Select((p, i) => Placeholder(cursor, p, i))
            );
        bool asksForValues = arguments.Length > 0 && (function.IsMessageFunction || function.TakesOtherNames);
        return new(label, CompletionKind.Function, cursor.Word)
        {
            InsertText =
                arguments.Length == 0 ? label
                : asksForValues && function is { Parameters.Length: 1 } or { TakesOtherNames: true } ? label + " " + cursor.Prompt.Notation.Quoted("$1")
                : label + " " + arguments,
            IsSnippet = arguments.Length > 0,
            ThenComplete = asksForValues,
            Detail = function.Signature,
            Rank = rank + Likelihood(cursor, function),
            Documentation = () => FunctionText.Of(function, cursor.Prompt.Notation),
        };
    }

    /// <summary>Where a value stands. With arguments of its own it needs parentheses wherever others stand beside it.</summary>
    public static CompletionItem AsValue(CodeCursor cursor, CatalogFunction function)
    {
        CompletionItem item = Item(cursor, function, function.Name, isPiped: false, Ranks.Builtins);
        return item.IsSnippet && (cursor.Path is [.., Argument or LoopNode, _] || cursor.Prompt.Notation.EnclosesCalls)
            ? item with
            {
                InsertText = $"({item.InsertText})",
            }
            : item;
    }

    private static string Placeholder(CodeCursor cursor, FunctionParameter parameter, int index)
    {
        string place = $"${{{index + 1}:{parameter.Name}}}";
        if (parameter.IsNamed)
            return cursor.Prompt.Notation.Argument(parameter.Name, place);
        return parameter.Takes == ValueShape.String ? cursor.Prompt.Notation.Quoted(place) : place;
    }

    private static CompletionItem Bare(this CompletionItem item) => item with { InsertText = null, IsSnippet = false, ThenComplete = false };

    // The name alone is replaced where it is called already.
    private static bool HasArguments(CodeCursor cursor) =>
        cursor.Call is { } call && call.Callee.Span.Touches(cursor.Word.Start) && (!call.Arguments.IsEmpty || cursor.NextCharacter == '(');

    // The usual ones of a namespace stand before the rest of it.
    private static int Likelihood(CodeCursor cursor, CatalogFunction function)
    {
        int place = cursor.Prompt.Functions!.FindNamespace(function.Namespace)?.Usual.IndexOf(function.ShortName) ?? 0;
        return place < 0 ? LessUsual : place;
    }

    private const int BehindUsual = 20, LessUsual = 50;

    private static int Fit(CodeCursor cursor, CatalogFunction function, ValueShape given) =>
        (function.Pipes & given) == ValueShape.None ? Ranks.Unlikely
        : given == ValueShape.Any ? Ranks.Functions
        : function.Namespace == cursor.Prompt.Meaning.NamespaceOf(given & ~ValueShape.Null) ? Ranks.Nearest
        : cursor.Prompt.Meaning.IsFallback(function)
        && (given & ~ValueShape.Null) is ValueShape.String or ValueShape.Array or ValueShape.Integer or ValueShape.Number or ValueShape.Fraction
            ? Ranks.Nearest + BehindUsual
        : function.Pipes == ValueShape.Any ? Ranks.Statements
        : Ranks.Functions;

    // Where nothing is known of a value, it is a text, a list or an object.
    private static bool IsUsual(CodeCursor cursor, CatalogFunction function) =>
        function.Namespace == cursor.Prompt.Meaning.NamespaceOf(ValueShape.String)
        || function.Namespace == cursor.Prompt.Meaning.NamespaceOf(ValueShape.Array)
        || function.Namespace == cursor.Prompt.Meaning.NamespaceOf(ValueShape.Object);

    // The engine makes a text of anything, a list of a text and of an object, and an object of a list; of nothing else it makes a date or a number.
    private static bool CanTake(CatalogFunction function, ValueShape given)
    {
        if ((given & function.Pipes) != ValueShape.None || (function.Pipes & ValueShape.String) != ValueShape.None)
            return true;
        ValueShape from = ValueShape.None;
        if ((function.Pipes & ValueShape.Array) != ValueShape.None)
            from |= ValueShape.String | ValueShape.Object;
        if ((function.Pipes & ValueShape.Object) != ValueShape.None)
            from |= ValueShape.Array;
        return (given & from) != ValueShape.None;
    }
}

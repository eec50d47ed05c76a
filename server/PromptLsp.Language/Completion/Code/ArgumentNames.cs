using PromptLsp.Language.Catalog;
using PromptLsp.Language.Catalog.Types;
using PromptLsp.Language.Semantics;
using PromptLsp.Language.Syntax.Body;

namespace PromptLsp.Language.Completion.Code;

/// <summary>Completes the names that arguments can be given by: a partial's inputs, a function's parameters.</summary>
internal static class ArgumentNames
{
    /// <summary>Where an argument could begin.</summary>
    public static IEnumerable<CompletionItem> Of(CodeCursor cursor, CallExpression call) =>
        cursor.Prompt.Typing.FunctionOf(call.Callee) is not { } function ? []
        : function.TakesOtherNames ? Inputs(cursor, call)
        : Parameters(cursor, call, function);

    /// <summary>In the name of an argument that has its colon.</summary>
    public static IEnumerable<CompletionItem> InPlaceOf(CodeCursor cursor, Argument argument) =>
        cursor.Call is { } call && call.Arguments.Contains(argument)
            ? Of(cursor, call).Select(i => i with { Label = i.Label.TrimEnd(':', '='), InsertText = null, IsSnippet = false, ThenComplete = false })
            : [];

    private static IEnumerable<CompletionItem> Inputs(CodeCursor cursor, CallExpression call)
    {
        if (IncludedPartial.Of(cursor.Prompt, call) is not { } partial)
            yield break;
        foreach (CompletionItem item in partial.Model.Header.DeclaresInputs ? [] : Undeclared(cursor, call, partial))
            yield return item;
        int place = 0;
        foreach ((Field input, bool isRequired) in IncludedPartial.Parameters(partial))
        {
            if (IsGiven(call, input.Name))
                continue;
            bool hasWords = input.Type is EnumType or ScalarType { Kind: ScalarKind.Boolean };
            yield return new(cursor.Prompt.Notation.ArgumentLabel(input.Name), CompletionKind.Parameter, cursor.Word)
            {
                InsertText = cursor.Prompt.Notation.Argument(input.Name, hasWords ? "" : "${1:" + input.Name + "}"),
                IsSnippet = !hasWords,
                ThenComplete = hasWords,
                Detail = input.Type.Display + (isRequired ? "" : "?"),
                Rank = Ranks.Needed + place++,
                Documentation = () => SymbolText.Of(input, partial.Path),
            };
        }
    }

    // What a partial reads that declares nothing.
    private static IEnumerable<CompletionItem> Undeclared(CodeCursor cursor, CallExpression call, Partial partial) =>
        partial
            .Model.FreeNames.Where(name => name != FreeNames.Any && !IsGiven(call, name))
            .Order(StringComparer.Ordinal)
            .Select(
                (name, i) =>
                    new CompletionItem(cursor.Prompt.Notation.ArgumentLabel(name), CompletionKind.Parameter, cursor.Word)
                    {
                        InsertText = cursor.Prompt.Notation.Argument(name, "${1:" + name + "}"),
                        IsSnippet = true,
                        Rank = Ranks.Needed + i,
                    }
            );

    // Required arguments are mostly given by their place; one looks for the names of those that may be left out.
    private static IEnumerable<CompletionItem> Parameters(CodeCursor cursor, CallExpression call, CatalogFunction function)
    {
        int first = call.Arguments.TakeWhile(a => a.Name is null && a.Span.End < cursor.Word.Start).Count() + (call.Piped is null ? 0 : 1);
        for (int i = cursor.Prompt.Meaning.TakesHelpers ? 0 : first; i < function.Parameters.Length; i++)
        {
            FunctionParameter parameter = function.Parameters[i];
            if (
                (cursor.Prompt.Meaning.TakesHelpers && !parameter.IsNamed)
                || parameter.IsRest
                || parameter.Takes == ValueShape.Function
                || IsGiven(call, parameter.Name)
                || function is { IsMessageFunction: true, Parameters.Length: 1 }
            )
                continue;
            yield return new(cursor.Prompt.Notation.ArgumentLabel(parameter.Name), CompletionKind.Parameter, cursor.Word)
            {
                InsertText = cursor.Prompt.Notation.Argument(parameter.Name, ""),
                ThenComplete = true,
                Detail = parameter.Takes.Display() + (parameter.IsOptional ? "?" : ""),
                // Behind one that is named the others are named too.
                Rank =
                    (
                        call.Arguments.Any(a => a.Name is not null) ? Ranks.Expected - Ranks.Needed
                        : function.IsMessageFunction ? Ranks.Needed
                        : Ranks.OptionalArguments
                    ) + i,
                Documentation = () => parameter.Summary,
            };
        }
    }

    private static bool IsGiven(CallExpression call, string name) => call.Arguments.Any(a => string.Equals(a.Name, name, StringComparison.Ordinal));
}

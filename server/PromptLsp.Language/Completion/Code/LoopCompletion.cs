using PromptLsp.Language.Catalog;
using PromptLsp.Language.Catalog.Types;
using PromptLsp.Language.Semantics;
using PromptLsp.Language.Syntax.Body;

namespace PromptLsp.Language.Completion.Code;

/// <summary>Completes the head of a loop: the lists that there are, its <c>in</c>, its options.</summary>
internal static class LoopCompletion
{
    /// <summary>Where the loop's variable is named: each list with a name for one of its items.</summary>
    public static IEnumerable<CompletionItem> Beginning(CodeCursor cursor)
    {
        if (cursor.HasMoreBehind)
            return [];
        return cursor
            .Prompt.Scopes.VisibleAt(cursor.Offset)
            .Concat(cursor.Given.All)
            .SelectMany(s =>
                s.Type is ObjectType type
                    ? type
                        .Fields.Where(f => f.Type is ArrayType)
                        .Select(f => new List(
                            CodeCursor.IsName(f.Name) ? s.Name + "." + f.Name : $"{s.Name}[{cursor.Prompt.Notation.Quoted(f.Name)}]",
                            f.Name,
                            f.Type,
                            IsOwn: false
                        ))
                : s.Type is ArrayType ? [new List(CodeCursor.IsName(s.Name) ? s.Name : cursor.Prompt.Notation.Variable(s.Name), s.Name, s.Type, IsOwn: true)]
                : []
            )
            .Select(list => new CompletionItem(cursor.Prompt.Notation.LoopHead(ItemOf(list.Name), list.Path) ?? list.Path, CompletionKind.Local, cursor.Word)
            {
                Detail = list.Type.Display,
                Rank = list.IsOwn ? Ranks.Inputs : Ranks.Context,
            });
    }

    /// <param name="Path">How the body reads it.</param>
    /// <param name="IsOwn">It is a variable itself, and no member of one.</param>
    private sealed record List(string Path, string Name, PromptType Type, bool IsOwn);

    /// <summary>Behind the variable.</summary>
    public static IEnumerable<CompletionItem> In(CodeCursor cursor) =>
        cursor.Prompt.Notation.BeforeList is { } word
            ?
            [
                new(word.TrimEnd(), CompletionKind.Statement, cursor.Word)
                {
                    InsertText = cursor.HasMoreBehind ? word.TrimEnd() : word,
                    ThenComplete = !cursor.HasMoreBehind,
                    Rank = Ranks.Expected,
                },
            ]
            : [];

    /// <summary>Behind the list: what there is to say of the loop.</summary>
    public static IEnumerable<CompletionItem> Behind(CodeCursor cursor, LoopNode loop)
    {
        if (loop.Source is MissingExpression)
            return In(cursor);
        return cursor.Prompt.Meaning.LoopOptions
            .Where(o => o.Within == null || o.Within == loop.Keyword)
            .Where(o => !loop.Arguments.Any(a => string.Equals(a.Name, o.Name, StringComparison.Ordinal)))
            .Select((o, i) => new CompletionItem(o.TakesValue ? o.Name + ":" : o.Name, CompletionKind.Parameter, cursor.Word)
            {
                InsertText = o.TakesValue ? o.Name + ": " : null,
                Detail = o.TakesValue ? "integer" : null,
                Rank = Ranks.Needed + i,
                Documentation = () => o.Summary,
            });
    }

    // orders → order, categories → category; a name that is no plural gives no better word.
    private static string ItemOf(string list) =>
        !CodeCursor.IsName(list) ? ItemOf(list.Replace('-', '_').Replace(' ', '_') is var words && CodeCursor.IsName(words) ? words : "items")
        : list.EndsWith("ies", StringComparison.Ordinal) && list.Length > 4 ? list[..^3] + "y"
        : list.Length > 2 && list[^1] == 's' && list[^2] is not ('s' or 'u' or 'i') ? list[..^1]
        : "item";
}

using System.Collections.Immutable;
using PromptLsp.Language.Syntax.Body;

namespace PromptLsp.Language.Semantics;

/// <summary>
/// Binds a body after an edit from the last mark before it on. What stands before keeps its facts where nothing behind the mark, now or
/// then, can be seen from there: no function, no other value of a name assigned there, no partial that changes the message.
/// </summary>
internal static class Rebinding
{
    /// <summary>The names of the edited body; null where all of it must be bound anew.</summary>
    public static DeclaredNames? GoOn(PromptModel prompt, EarlierMeaning earlier)
    {
        if (
            LastMark(prompt.Document.Body, earlier) is not { } mark
            || earlier.Facts.Includes.Take(mark.Includes).Any(i => MessageFlow.After(prompt, i.Path?.Value as string, i.Role) != i.RoleAfter)
        )
            return null;
        Scopes before = earlier.Facts.Scopes,
            scopes = before.First(mark.Symbols, mark.Open);
        DeclaredNames names = new(scopes, new Typing(scopes, prompt), mark, earlier.Facts);
        Declarations.Collect(prompt, names);
        int start = prompt.Document.Body.Nodes[mark.Nodes].Span.Start;
        return IsSeenBefore(start, before, mark) || IsSeenBefore(start, scopes, mark) ? null : names;
    }

    private static Mark? LastMark(TemplateBody body, EarlierMeaning earlier)
    {
        ImmutableArray<BodyNode> before = earlier.Document.Body.Nodes;
        return earlier.Facts.Marks.FindLast(m => m.Nodes > 0 && m.Nodes < body.Nodes.Length && before[m.Nodes - 1] == body.Nodes[m.Nodes - 1]);
    }

    private static bool IsSeenBefore(int start, Scopes scopes, Mark mark)
    {
        foreach (Symbol symbol in scopes.From(mark.Symbols))
        {
            if (symbol.Scope.Start < start || (symbol.Kind == SymbolKind.Local && IsAssignedBefore(symbol, scopes, mark)))
                return true;
        }
        return false;
    }

    // The symbols of a name stand in the order of their declaration, and few names are assigned often.
    private static bool IsAssignedBefore(Symbol local, Scopes scopes, Mark mark) =>
        scopes.Named(local.Name).TakeWhile(s => s.Order < mark.Symbols).Any(s => s.Kind == SymbolKind.Local);
}

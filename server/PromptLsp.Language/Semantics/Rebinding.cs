using System.Collections.Immutable;
using PromptLsp.Language.Syntax.Body;

namespace PromptLsp.Language.Semantics;

/// <summary>
/// Binds a body after an edit from the last checkpoint before it on. What stands before keeps its facts where nothing behind the checkpoint, now or
/// then, can be seen from there: no function, no other value of a name assigned there, no partial that changes the message.
/// </summary>
internal static class Rebinding
{
    /// <summary>The names of the edited body; null where all of it must be bound anew.</summary>
    public static DeclaredNames? GoOn(PromptModel prompt, EarlierMeaning earlier)
    {
        if (LastCheckpoint(prompt.Document.Body, earlier) is not { } checkpoint)
            return null;
        int start = prompt.Document.Body.Nodes[checkpoint.Nodes].Span.Start;
        if (earlier.Facts.Includes.Any(i => i.Node.Span.Start < start && MessageFlow.After(prompt, i.Path?.Value as string, i.Role) != i.RoleAfter))
            return null;
        Scopes before = earlier.Facts.Scopes,
            scopes = before.First(checkpoint.Symbols, checkpoint.Open, start);
        DeclaredNames names = new(scopes, new Typing(scopes, prompt), checkpoint, earlier.Facts);
        Declarations.Collect(prompt, names);
        return IsSeenBefore(start, before, checkpoint) || IsSeenBefore(start, scopes, checkpoint) ? null : names;
    }

    private static Checkpoint? LastCheckpoint(TemplateBody body, EarlierMeaning earlier)
    {
        ImmutableArray<BodyNode> before = earlier.Document.Body.Nodes;
        return earlier.Facts.Checkpoints.FindLast(m => m.Nodes > 0 && m.Nodes < body.Nodes.Length && before[m.Nodes - 1] == body.Nodes[m.Nodes - 1]);
    }

    private static bool IsSeenBefore(int start, Scopes scopes, Checkpoint checkpoint)
    {
        foreach (Symbol symbol in scopes.From(checkpoint.Symbols))
        {
            if (symbol.Scope.Start < start || (symbol.Kind == SymbolKind.Local && IsAssignedBefore(symbol, scopes, checkpoint)))
                return true;
        }
        // What is put into a local by its members reaches where it was read before, the next time round.
        return scopes.MemberWrites.Exists(w => w.Into.Span.Start >= start && scopes.Find(w.Into) is { } local && local.Order < checkpoint.Symbols);
    }

    // The symbols of a name stand in the order of their declaration, and few names are assigned often.
    private static bool IsAssignedBefore(Symbol local, Scopes scopes, Checkpoint checkpoint) =>
        scopes.Named(local.Name).TakeWhile(s => s.Order < checkpoint.Symbols).Any(s => s.Kind == SymbolKind.Local);
}

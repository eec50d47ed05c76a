using PromptLsp.Language.Syntax.Body;

namespace PromptLsp.Language.Semantics;

/// <summary>The names that a prompt or a partial takes from outside, through its own includes too.</summary>
internal static class FreeNames
{
    /// <summary>Stands for "any name": a partial that cannot be read, or that reads names nobody can tell.</summary>
    public const string Any = "*";

    public static IReadOnlySet<string> Of(PromptModel prompt)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        Collect(prompt, names);
        foreach (Inclusion include in IncludeGraph.Below(prompt, static i => i.SeesNames))
        {
            if (include.Partial is not { } partial)
                names.Add(Any);
            else if (include.IsFirst)
                Collect(partial.Model, names);
        }
        return names;
    }

    private static void Collect(PromptModel prompt, HashSet<string> names)
    {
        BodyFacts facts = prompt.Facts;
        if (facts.ReadsUnknownNames || prompt.Document.Body.IsOpaque)
            names.Add(Any);
        Symbol? last = null;
        foreach (Reference reference in facts.References)
        {
            // What means the same as before has the same name.
            if (reference.IsWrite || (last is not null && reference.Symbol == last) || !IsFree(reference, facts))
                continue;
            names.Add(reference.Node.Name);
            last = reference.Symbol;
        }
    }

    private static bool IsFree(Reference reference, BodyFacts facts) =>
        reference.Symbol is null
            ? facts.FunctionOf(reference.Node) is null
                && !facts.IsNamespace(reference.Node)
                && reference.Node.Kind is not (NameKind.Loop or NameKind.Context)
                && !IsOfUnknown(reference, facts)
            : reference.Symbol.Kind == SymbolKind.Input;

    // A member of what a block brings, which nobody has described.
    private static bool IsOfUnknown(Reference reference, BodyFacts facts) =>
        reference.Node is { Kind: NameKind.Variable, Up: 0 }
        && facts.Scopes.SubjectAt(reference.Span.Start) is { Scope.Start: > 0 }
        && facts.Scopes.MayBeMember(reference.Span.Start);
}

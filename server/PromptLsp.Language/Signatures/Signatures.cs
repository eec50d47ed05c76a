using System.Collections.Immutable;
using PromptLsp.Language.Catalog;
using PromptLsp.Language.Semantics;
using PromptLsp.Language.Syntax.Body;

namespace PromptLsp.Language.Signatures;

/// <summary>A function's signature while its arguments are typed.</summary>
/// <param name="Parameters">Each parameter as it stands in <paramref name="Label"/>.</param>
/// <param name="Active">The parameter that is being typed; null where there are no more.</param>
public sealed record Signature(string Label, string Summary, ImmutableArray<(string Label, string? Summary)> Parameters, int? Active);

/// <summary>Which function's arguments are typed at a place.</summary>
public static class Signatures
{
    public static Signature? At(PromptModel prompt, int offset)
    {
        foreach (SyntaxNode node in prompt.Document.Body.PathTo(offset).Reverse())
        {
            if (node is CallExpression call && offset > call.Callee.Span.End && prompt.Facts.FunctionOf(call.Callee) is { } function)
                return Of(function, Active(function, call, offset));
        }
        // Behind a blank with nothing typed yet no call reaches: the one before it is meant.
        int before = offset;
        while (before > 0 && prompt.Document.Text.Content[before - 1] == ' ')
            before--;
        if (before == offset || prompt.Document.Body.IslandAt(offset) is not { } island || island.Start >= before)
            return null;
        ImmutableArray<SyntaxNode> path = prompt.Document.Body.PathTo(before);
        if (path is not [.., Expression])
            return null;
        foreach (SyntaxNode node in path.Reverse())
        {
            if (node is CallExpression call && call.Callee.Span.End <= before && prompt.Facts.FunctionOf(call.Callee) is { } function)
                return Of(function, Active(function, call, offset));
            // What is piped in is the first argument: there the call tells.
            if (node is NameExpression or MemberExpression && node.Span.End == before && !path.Any(p => p is CallExpression { Piped: not null } piped && piped.Callee == node) && prompt.Facts.FunctionOf((Expression)node) is { } alone)
                return Of(alone, alone.Parameters.IsEmpty ? null : 0);
        }
        return null;
    }

    private static Signature? Of(CatalogFunction function, int? active) =>
        function.IsConstant ? null : new(function.Signature, function.Summary, [.. function.Parameters.Select(p => (p.Display, p.Summary))], active);

    private static int? Active(CatalogFunction function, CallExpression call, int offset)
    {
        int index = call.Piped is null ? 0 : 1;
        foreach (Argument argument in call.Arguments)
        {
            if (argument.Name is { } name && argument.Span.Touches(offset))
                return IndexOf(function, name);
            if (argument.Span.End < offset)
                index++;
        }
        if (index < function.Parameters.Length)
            return index;
        return function.Parameters is [.., { IsRest: true }] ? function.Parameters.Length - 1 : null;
    }

    private static int? IndexOf(CatalogFunction function, string name)
    {
        for (int i = 0; i < function.Parameters.Length; i++)
        {
            if (string.Equals(function.Parameters[i].Name, name, StringComparison.Ordinal))
                return i;
        }
        return null;
    }
}

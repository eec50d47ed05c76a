using System.Runtime.InteropServices;
using PromptLsp.Language.Syntax.Body;

namespace PromptLsp.Language.Semantics;

/// <summary>Which values are made, wholly or in part, of what comes from outside.</summary>
internal static class Taint
{
    public static bool Of(SyntaxNode node, Scopes scopes)
    {
        if (!scopes.HasUntrusted)
            return false;
        return SourcesOf(node, scopes).Exists(n => IsOfAll(n, scopes) || scopes.Find(n) is { IsUntrusted: true });
    }

    // All that the prompt is given, with what comes from outside.
    private static bool IsOfAll(NameExpression name, Scopes scopes) => name.Kind == NameKind.This && scopes.Meaning.SubjectName is null;

    /// <summary>The names whose values go into a value.</summary>
    public static List<NameExpression> SourcesOf(SyntaxNode node, Scopes scopes)
    {
        var names = new List<NameExpression>();
        Sources(node, scopes, names);
        return names;
    }

    /// <summary>Marks all that is made of untrusted inputs, directly or through other names, in time linear in what there is.</summary>
    /// <param name="symbols">The symbols of the scopes that are not marked yet.</param>
    public static void Spread(ReadOnlySpan<Symbol> symbols, Scopes scopes)
    {
        if (!scopes.HasUntrusted)
            return;
        var made = new Dictionary<IReadOnlyList<SyntaxNode>, List<Symbol>>(ReferenceEqualityComparer.Instance);
        foreach (Symbol symbol in symbols)
        {
            if (symbol.MadeOf.Count > 0)
                (CollectionsMarshal.GetValueRefOrAddDefault(made, symbol.MadeOf, out _) ??= []).Add(symbol);
        }
        var users = new Dictionary<Symbol, List<List<Symbol>>>();
        var marked = new Queue<List<Symbol>>();
        foreach ((IReadOnlyList<SyntaxNode> values, List<Symbol> same) in made)
            Follow(values, same);
        foreach ((NameExpression into, Expression value) in scopes.MemberWrites)
        {
            if (scopes.Find(into) is { Kind: SymbolKind.Local, IsUntrusted: false } local)
                Follow([value], made.GetValueOrDefault(local.MadeOf, [local]));
        }
        while (marked.TryDequeue(out List<Symbol>? same))
        {
            foreach (Symbol symbol in same)
            {
                if (symbol.IsUntrusted)
                    continue;
                symbol.IsUntrusted = true;
                foreach (List<Symbol> user in users.GetValueOrDefault(symbol, []))
                    marked.Enqueue(user);
            }
        }

        void Follow(IReadOnlyList<SyntaxNode> values, List<Symbol> same)
        {
            var names = new List<NameExpression>();
            foreach (SyntaxNode value in values)
                Sources(value, scopes, names);
            foreach (NameExpression name in names)
            {
                if (IsOfAll(name, scopes))
                    marked.Enqueue(same);
                else if (scopes.Find(name) is not { } source)
                    continue;
                else if (source.IsUntrusted)
                    marked.Enqueue(same);
                else
                    (CollectionsMarshal.GetValueRefOrAddDefault(users, source, out _) ??= []).Add(same);
            }
        }
    }

    // A comparison gives true or false, and neither is an outsider's text.
    private static void Sources(SyntaxNode node, Scopes scopes, List<NameExpression> names)
    {
        switch (node)
        {
            case NameExpression name:
                names.Add(name);
                break;
            case BinaryExpression { IsTruth: true }:
            case UnaryExpression { Operator: UnaryOperator.Not }:
                break;
            case MemberExpression count when count.Name == scopes.Meaning.CountMember:
                break;
            case MemberExpression member when scopes.AsInput(member) is { } input:
                names.Add(input);
                break;
            case MemberExpression { Target: NameExpression given } member when IsOfAll(given, scopes):
                names.Add(new(member.NameSpan, member.Name));
                break;
            case IndexExpression { Target: NameExpression given, Index: LiteralExpression { Value: string key } literal } when IsOfAll(given, scopes):
                names.Add(new(literal.Content, key));
                break;
            case ConditionalExpression conditional:
                Sources(conditional.Then, scopes, names);
                Sources(conditional.Else, scopes, names);
                break;
            case CallExpression call:
                // What a function of the body's own writes of what it reads itself.
                if (call.Callee is NameExpression function)
                    names.Add(function);
                if (call.Piped is { } piped)
                    Sources(piped, scopes, names);
                foreach (Argument argument in call.Arguments)
                    Sources(argument.Value, scopes, names);
                break;
            default:
                foreach (SyntaxNode child in node.Children)
                    Sources(child, scopes, names);
                break;
        }
    }
}

using PromptLsp.Language.Catalog;
using PromptLsp.Language.Catalog.Types;
using PromptLsp.Language.Semantics;
using PromptLsp.Language.Syntax.Body;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Linting;

/// <summary>An input or local that takes the name of a statement, a message function, or a namespace that the body uses.</summary>
public sealed class ReservedName : Rule
{
    public override string Id => "reserved-name";

    public override RuleGroup Group => RuleGroup.Variables;

    public override Severity Default => Severity.Error;

    public override IEnumerable<Finding> Find(PromptModel prompt, CancellationToken cancel)
    {
        if (prompt.Meaning.Statements is not { } statements || prompt.Functions is not { } functions)
            yield break;
        if (prompt.Meaning.FunctionsHideNames)
        {
            foreach (Finding hidden in Hidden(prompt, functions))
                yield return hidden;
            yield break;
        }
        var declared = prompt.Facts.Scopes.All.Where(s =>
            s is { Declaration: not null, DeclaredIn: null }
            && s.Kind is SymbolKind.Input or SymbolKind.Local or SymbolKind.LoopVariable or SymbolKind.Parameter
        );
        // A thousand loops declare the same few names.
        var harmless = new HashSet<string>(StringComparer.Ordinal);
        foreach (Symbol symbol in declared)
        {
            if (harmless.Contains(symbol.Name))
                continue;
            if (Clash(prompt, symbol, statements, functions) is not { } clash)
            {
                if (symbol.Kind != SymbolKind.Input)
                    harmless.Add(symbol.Name);
                continue;
            }
            string better = symbol.Name + "_value";
            yield return new(symbol.Declaration!.Value, $"`{symbol.Name}` {clash}; give it another name, such as `{better}`")
            {
                Fixes =
                [
                    new($"Rename to `{better}`", [])
                    {
                        NewName = new(better, [.. Functions(prompt, symbol.Name, functions)], [.. Misread(prompt, symbol.Name)]),
                    },
                ],
            };
        }
    }

    // Where a function of the same name is called with nothing, the input may be meant.
    private static IEnumerable<Finding> Hidden(PromptModel prompt, FunctionCatalog functions)
    {
        foreach (Field input in prompt.Header.Inputs.Fields)
        {
            if (input.NameSpan is not { } span || input.Origin is not null || functions.Find(input.Name) is null)
                continue;
            CallUse[] bare =
            [
                .. prompt.Facts.Calls.Where(c =>
                    c is { Node.Arguments: [], Callee: NameExpression callee } && string.Equals(callee.Name, input.Name, StringComparison.Ordinal)
                ),
            ];
            if (bare.Length == 0 || prompt.Notation.OfSubject(input.Name) is not { } read)
                continue;
            string better = input.Name + "_value";
            yield return new(
                span,
                $"`{prompt.Notation.Island(input.Name)}` calls the helper of that name; the input is read as `{prompt.Notation.Island(read)}`, or "
                    + $"by another name, such as `{better}`"
            )
            {
                Severity = Severity.Warning,
                Fixes = [new($"Read it as `{read}`", [.. bare.Select(c => new TextEdit(c.Callee.Span, read))])],
            };
        }
    }

    private static string? Clash(PromptModel prompt, Symbol symbol, StatementCatalog statements, FunctionCatalog functions)
    {
        string name = symbol.Name;
        if (statements.Find(name) is { IsKeyword: true } || prompt.Meaning.IsLiteral(name))
            return IsUsed(prompt, name) || Misread(prompt, name).Any() || symbol.Kind != SymbolKind.Input
                ? "is a word of the template language, which reads it as that"
                : null;
        if (functions.Find(name) is { IsMessageFunction: true } or { Parameters: [{ Content: ParameterContent.Include }, ..] })
            return Calls(prompt, name) ? $"is also the function `{name}`, which the body calls" : null;
        if (functions.FindNamespace(name) is not null && UsesNamespace(prompt, name, functions))
            return $"hides the functions of `{name}.`, which the body uses";
        return null;
    }

    // Where the name stands for what it hides.
    private static IEnumerable<TextSpan> Functions(PromptModel prompt, string name, FunctionCatalog functions) =>
        from reference in prompt.Facts.References
        where string.Equals(reference.Node.Name, name, StringComparison.Ordinal)
        where
            prompt.Facts.MemberOf(reference) is { } member
                ? functions.Find(name + "." + member.Name) is not null
                : reference.IsCallee && functions.Find(name) is not null
        select reference.Span;

    private static bool IsUsed(PromptModel prompt, string name) =>
        prompt.Facts.References.Exists(r => string.Equals(r.Node.Name, name, StringComparison.Ordinal));

    // `{{ when }}`, of which nothing is left but a slip of a statement, or a statement that ends the template.
    private static IEnumerable<TextSpan> Misread(PromptModel prompt, string name) => prompt.Document.Body.Problems.Select(p => p.Span)
        .Concat(prompt.Document.Body.Nodes.SelectMany(n => Misread(n, loops: 0)))
        .Where(span => prompt.Document.Text.Slice(span).SequenceEqual(name) && IsAlone(prompt, span))
        .Distinct();

    private static IEnumerable<TextSpan> Misread(SyntaxNode node, int loops) => node switch
    {
        StatementNode { Value: null, Kind: StatementKind.Break or StatementKind.Continue } when loops > 0 => [],
        StatementNode { Value: null, KeywordSpan: var word } => [word],
        OutputNode { Value: LiteralExpression { Value: bool or null } literal } => [literal.Span],
        _ => node.Children.SelectMany(c => Misread(c, loops + (node is LoopNode or WhileNode ? 1 : 0))),
    };

    // Nothing else stands in its braces.
    private static bool IsAlone(PromptModel prompt, TextSpan word)
    {
        string content = prompt.Document.Text.Content;
        return content.AsSpan(0, word.Start).TrimEnd(" \t-~") is [.., '{', '{'] && content.AsSpan(word.End).TrimStart(" \t-~") is ['}', '}', ..];
    }

    private static bool Calls(PromptModel prompt, string name) =>
        prompt.Facts.Calls.Exists(c => c.Node is not null && c.Callee is NameExpression callee && string.Equals(callee.Name, name, StringComparison.Ordinal));

    private static bool UsesNamespace(PromptModel prompt, string name, FunctionCatalog functions) =>
        prompt.Facts.Members.Exists(m =>
            m.Node.Target is NameExpression target
            && string.Equals(target.Name, name, StringComparison.Ordinal)
            && functions.Find(name + "." + m.Node.Name) is not null
        );
}

using System.Collections.Immutable;
using PromptLsp.Language.Syntax.Body;

namespace PromptLsp.Language.Semantics;

/// <summary>A function that the body defines, and what it takes.</summary>
internal sealed record OwnFunction(string Name, ImmutableArray<OwnFunction.Taken> Parameters)
{
    /// <param name="IsRest">Takes all arguments that are left.</param>
    public sealed record Taken(string Name, bool IsOptional, bool IsRest)
    {
        public string Display => IsRest ? $"…{Name}" : IsOptional ? Name + "?" : Name;
    }

    /// <summary><c>greet(name, greeting?)</c></summary>
    public string Signature => $"{Name}({string.Join(", ", Parameters.Select(p => p.Display))})";

    /// <summary>The function that a symbol stands for; null where another file declares it, or nothing in the text does.</summary>
    public static OwnFunction? Of(PromptModel prompt, Symbol symbol) =>
        symbol is not { Kind: SymbolKind.Function, Declaration: { } declared, DeclaredIn: null }
            ? null
            : prompt.Document.Body.PathTo(declared.Start).LastOrDefault(n => n is FunctionNode or AssignNode) switch
            {
                FunctionNode function => new(symbol.Name, [.. function.Parameters.Select(p => new Taken(p.Name, p.Default is not null, IsRest(prompt, p)))]),
                AssignNode { Target: CallExpression { Arguments: var given } } => new(
                    symbol.Name,
                    [.. given.Select(a => a.Value).OfType<NameExpression>().Select(n => new Taken(n.Name, false, false))]
                ),
                _ => null,
            };

    private static bool IsRest(PromptModel prompt, Parameter parameter) =>
        prompt.Document.Text.Content.AsSpan(parameter.Span.Start + parameter.Name.Length).StartsWith("...");
}

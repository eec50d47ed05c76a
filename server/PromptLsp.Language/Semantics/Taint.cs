using PromptLsp.Language.Syntax.Body;

namespace PromptLsp.Language.Semantics;

/// <summary>Whether a value is made, wholly or in part, of what comes from outside.</summary>
internal static class Taint
{
    // A comparison with an untrusted value gives true or false, and neither is the outsider's text.
    public static bool Of(SyntaxNode node, Scopes scopes) => node switch
    {
        NameExpression name => scopes.Find(name.Name, name.Span.Start)?.IsUntrusted ?? false,
        BinaryExpression { Operator: "==" or "!=" or "<" or ">" or "<=" or ">=" or "&&" or "||" } => false,
        UnaryExpression { Operator: "!" } => false,
        MemberExpression { Name: "size" } => false,
        ConditionalExpression conditional => Of(conditional.Then, scopes) || Of(conditional.Else, scopes),
        CallExpression call => (call.Piped is { } piped && Of(piped, scopes)) || call.Arguments.Any(a => Of(a.Value, scopes)),
        _ => node.Children.Any(child => Of(child, scopes)),
    };
}

using System.Collections.Immutable;
using PromptLsp.Language.Semantics;
using PromptLsp.Language.Syntax;
using PromptLsp.Language.Syntax.Body;
using PromptLsp.Language.Syntax.Dialects.Handlebars;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Rendering.Engines.Handlebars;

/// <summary>Helpers that nothing here has. The engine of Dotprompt rejects a template that names one anywhere, even where it is never reached.</summary>
internal sealed class UnknownHelpers
{
    private readonly DeclaredHelpers _declared;

    private UnknownHelpers(DeclaredHelpers declared) => _declared = declared;

    /// <summary>The first of them; null where there is none.</summary>
    public static (string Name, TextSpan Span)? First(PromptModel prompt) => new UnknownHelpers(prompt.Environment.Helpers).In(prompt.Document.Body.Nodes, []);

    private (string Name, TextSpan Span)? In(IEnumerable<SyntaxNode> nodes, ImmutableHashSet<string> parameters)
    {
        foreach (SyntaxNode node in nodes)
        {
            if (In(node, parameters) is { } found)
                return found;
        }
        return null;
    }

    private (string Name, TextSpan Span)? In(SyntaxNode node, ImmutableHashSet<string> parameters) =>
        node switch
        {
            TextNode or CommentNode or NameExpression or LiteralExpression => null,
            LoopNode loop => In([loop.Source, .. loop.Arguments], parameters)
                ?? In(loop.Body, Add(parameters, [.. SyntaxNodes.IfAny(loop.Variable), .. SyntaxNodes.IfAny(loop.IndexVariable)]))
                ?? In(SyntaxNodes.IfAny(loop.Else), parameters),
            WithNode with => In([with.Subject, .. with.Arguments], parameters)
                ?? In(with.Body, Add(parameters, SyntaxNodes.IfAny(with.Variable)))
                ?? In(SyntaxNodes.IfAny(with.Else), parameters),
            SectionNode section => In(section.Body, Add(parameters, section.Parameters)) ?? In(SyntaxNodes.IfAny(section.Else), parameters),
            CallBlockNode block => In(block.Call, parameters)
                ?? In(block.Body, Add(parameters, block.Parameters))
                ?? In(SyntaxNodes.IfAny(block.Else), parameters),
            InlinePartialNode inline => In(inline.Call.Arguments, parameters) ?? In(inline.Body, Add(parameters, inline.Parameters)),
            DecoratorNode decorator => In(decorator.Call.Arguments, parameters),
            CallExpression { Kind: CallKind.Include } include => In(include.Arguments, parameters),
            CallExpression call => Called(call, parameters) ?? (IsParameter(call, parameters) ? null : In(call.Arguments, parameters)),
            _ => In(node.Children, parameters),
        };

    private (string Name, TextSpan Span)? Called(CallExpression call, ImmutableHashSet<string> parameters) =>
        IsParameter(call, parameters)
        || (HandlebarsWords.FirstPart(call.Callee) is { } name && (HandlebarsWords.Helpers.Contains(name) || _declared.Find(name) is not null))
            ? null
            : (HandlebarsWords.FirstPart(call.Callee) ?? "this", call.Callee.Span);

    private static bool IsParameter(CallExpression call, ImmutableHashSet<string> parameters) =>
        call.Callee is NameExpression { Kind: not (NameKind.This or NameKind.Parent), Up: 0 } name && parameters.Contains(name.Name);

    private static ImmutableHashSet<string> Add(ImmutableHashSet<string> parameters, IEnumerable<SyntaxNode> names) =>
        parameters.Union(names.OfType<NameExpression>().Select(n => n.Name));
}

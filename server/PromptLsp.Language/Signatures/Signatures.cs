using System.Collections.Immutable;
using PromptLsp.Language.Catalog;
using PromptLsp.Language.Catalog.Types;
using PromptLsp.Language.Semantics;
using PromptLsp.Language.Syntax.Body;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Signatures;

/// <summary>A function's signature while its arguments are typed.</summary>
/// <param name="Parameters">Each parameter as it stands in <paramref name="Label"/>.</param>
/// <param name="Active">The parameter that is being typed; null where there are no more.</param>
public sealed record Signature(string Label, string Summary, ImmutableArray<(string Label, string? Summary)> Parameters, int? Active);

/// <summary>
/// Which function's arguments are typed at a place: of the dialect, of the prompt itself, of a block, or an include, which takes what its partial does.
/// </summary>
public static class Signatures
{
    public static Signature? At(PromptModel prompt, int offset)
    {
        if (CodeCursor.At(prompt, offset) is not { Comment: null } cursor)
            return null;
        ImmutableArray<SyntaxNode> path = cursor.Path;
        // In the callee itself, and in what is piped, no argument is typed.
        for (int i = path.Length - 2; i >= 0; i--)
        {
            if (path[i] is CallExpression call && path[i + 1] is Argument argument)
            {
                int index = call.Arguments.IndexOf(argument);
                return i > 0 && path[i - 1] is CallBlockNode block && block.Call == call
                    ? OfBlock(cursor, block.KeywordSpan, index, argument) ?? Of(cursor, call, index)
                    : Of(cursor, call, index);
            }
            if (path[i] is BlockNode or Branch && path[i + 1] is Expression or Argument)
                return OfBlock(cursor, path[i], path[i + 1]);
        }
        return null;
    }

    private static Signature? OfBlock(CodeCursor cursor, SyntaxNode block, SyntaxNode value)
    {
        // The two values of a comparison that the block makes stand side by side, without an operator between them.
        int index = value is BinaryExpression { OperatorSpan.Length: 0 } both && both.Right.Span.Start <= cursor.Word.Start ? 1 : 0;
        return OfBlock(cursor, block is BlockNode { KeywordSpan: var word } ? word : ((Branch)block).KeywordSpan, index, value as Argument);
    }

    // #ifEquals value other
    private static Signature? OfBlock(CodeCursor cursor, TextSpan keyword, int index, Argument? argument)
    {
        // While the word itself is typed, the tree has a longer one than the file.
        if (keyword.End > cursor.Word.Start)
            return null;
        if (cursor.Prompt.Meaning.Statements?.Find(cursor.Prompt.Document.Text[keyword]) is not { Values: { IsEmpty: false } values } statement)
            return null;
        int active = argument is not null && NameOf(cursor, argument) is { } name
            ? values.IndexOf(values.FirstOrDefault(v => v.Name.StartsWith(name + "=", StringComparison.Ordinal))!)
            : index;
        return new(
            $"{statement.Keyword} {string.Join(' ', values.Select(v => v.Name))}",
            statement.Summary,
            [.. values.Select(v => (v.Name, (string?)v.Summary))],
            active >= 0 && active < values.Length ? active : null
        );
    }

    private static Signature? Of(CodeCursor cursor, CallExpression call, int argument)
    {
        if (cursor.Prompt.Typing.FunctionOf(call.Callee) is { IsConstant: false } function)
        {
            if (function.TakesOtherNames && (argument > 0 || call.Piped is not null) && IncludedPartial.Of(cursor.Prompt, call) is { } partial)
                return OfPartial(cursor, partial, call, argument);
            return new(
                function.Signature,
                function.Summary,
                [.. function.Parameters.Select(p => (p.Display, p.Summary))],
                Active(cursor, call, argument, [.. function.Parameters.Select(p => p.Name)], function.Parameters is [.., { IsRest: true }])
            );
        }
        return call.Callee is NameExpression name && cursor.Prompt.Scopes.Find(name) is { Kind: SymbolKind.Function } own
            ? OfOwn(cursor, own, call, argument)
            : null;
    }

    // include "voice" to: string, tone?: enum: warm, formal
    private static Signature OfPartial(CodeCursor cursor, Partial partial, CallExpression call, int argument)
    {
        ImmutableArray<(Field Input, bool IsRequired)> inputs = IncludedPartial.Parameters(partial);
        string? typed = NameOf(cursor, call.Arguments[argument]);
        string path = call.First is LiteralExpression { Value: string written } ? written : partial.Path;
        int active = inputs.IndexOf(inputs.FirstOrDefault(p => typed is null ? !call.Arguments.Any(a => a.Name == p.Input.Name) : p.Input.Name == typed));
        (string Label, string? Summary)[] parameters =
        [
            .. inputs.Select(p => ($"{p.Input.Name}{(p.IsRequired ? "" : "?")}: {p.Input.Type.Display}", p.Input.Description)),
        ];
        return new(
            $"{cursor.Prompt.Notation.Include(path)} {string.Join("  ", parameters.Select(p => p.Label))}".TrimEnd(),
            partial.Model.Header.Description ?? "",
            [.. parameters],
            active < 0 ? null : active
        );
    }

    private static Signature? OfOwn(CodeCursor cursor, Symbol own, CallExpression call, int argument)
    {
        if (OwnFunction.Of(cursor.Prompt, own) is not { } function)
            return null;
        return new(
            function.Signature,
            "A function of this prompt.",
            [.. function.Parameters.Select(p => (p.Display, (string?)null))],
            Active(cursor, call, argument, [.. function.Parameters.Select(p => p.Name)], function.Parameters is [.., { IsRest: true }])
        );
    }

    // Of the word at the cursor the file tells more than the mark that stands for it.
    private static string? NameOf(CodeCursor cursor, Argument argument) =>
        argument.Name is not null && argument.NameSpan.Contains(cursor.Word.Start) ? cursor.Prompt.Document.Text[cursor.Word] : argument.Name;

    // What is piped in is the first one. A name says itself which it is.
    private static int? Active(CodeCursor cursor, CallExpression call, int argument, ImmutableArray<string> names, bool isEndless)
    {
        if (NameOf(cursor, call.Arguments[argument]) is { } name)
            return names.IndexOf(name) is >= 0 and var named ? named : null;
        int index = argument + (call.Piped is null ? 0 : 1);
        return index < names.Length ? index : isEndless ? names.Length - 1 : null;
    }
}

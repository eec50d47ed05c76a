using System.Collections.Immutable;
using PromptLsp.Language.Catalog;
using PromptLsp.Language.Catalog.Types;
using PromptLsp.Language.Semantics;
using PromptLsp.Language.Syntax.Body;

namespace PromptLsp.Language.Completion.Code;

/// <summary>Completes code in the body: what the syntax around the cursor asks for, even if what should follow is still missing.</summary>
internal static class CodeCompletion
{
    public static CompletionList At(CodeCursor cursor) => new([.. Offers(cursor)]);

    private static IEnumerable<CompletionItem> Offers(CodeCursor cursor)
    {
        if (cursor.Comment is { } comment)
            return SuppressionCompletion.At(cursor.Prompt.Document.Text, comment.Content.Start, cursor.Offset);
        if (cursor.Quoted is { } literal)
            return ExpectedValues.InQuotes(cursor, literal);
        if (cursor.IsAtEnd)
            return StatementCompletion.Ends(cursor);
        return cursor.IsInNumber || cursor.IsRightBehindValue
            ? []
            : cursor.Node switch
            {
                MemberExpression member => MemberCompletion.Of(cursor, member),
                Argument argument => ArgumentNames.InPlaceOf(cursor, argument),
                LoopNode loop => LoopCompletion.Behind(cursor, loop),
                NameExpression name => OfName(cursor, name),
                // A partial's name that stands without quotes.
                LiteralExpression when cursor.Call is { Kind: CallKind.Include } include && include.First == cursor.Node => ExpectedValues.At(
                    cursor,
                    (LiteralExpression)cursor.Node
                ),
                _ => [],
            };
    }

    private static IEnumerable<CompletionItem> OfName(CodeCursor cursor, NameExpression name)
    {
        SyntaxNode? parent = cursor.Path.Length > 1 ? cursor.Path[^2] : null;
        switch (parent)
        {
            case LoopNode loop when loop.Variable == name:
                return LoopCompletion.Beginning(cursor);
            case LoopNode loop
                when loop.Source == name && cursor.Prompt.Notation.BeforeList is not null && cursor.WordBefore != cursor.Prompt.Notation.BeforeList.TrimEnd():
                return LoopCompletion.In(cursor);
            // Whether it is read as a condition without its `if`, or as a statement of the branch.
            case Branch or OutputNode or SectionNode when cursor.WordBefore == cursor.Prompt.Meaning.Statements?.Find(ControlWord.Else)?.Keyword:
                return StatementCompletion.BehindElse(cursor);
            case SectionNode when cursor.IsAtBlock:
                return StatementCompletion.Blocks(cursor);
            case CaptureNode or FunctionNode or StatementNode { Kind: StatementKind.Break or StatementKind.Continue }:
                return [];
            case CallExpression { Piped: { } piped } pipe when pipe.Callee == name:
                return FunctionCompletion.Behind(cursor, piped);
            case MemberExpression when cursor.Path is [.., CallExpression { Piped: { } into } pipe, MemberExpression callee, _] && pipe.Callee == callee:
                return FunctionCompletion.Namespaces(cursor, into);
            case MemberExpression or IndexExpression when cursor.Path is [.., var owner, _] && owner.Children.FirstOrDefault() == name:
                return NameCompletion.Owners(cursor);
            case UnaryExpression { Operator: UnaryOperator.FunctionItself }:
                return FunctionCompletion.Named(cursor);
            case OutputNode when !cursor.StartsStatement:
                return [];
            case Argument { Name: null } when cursor.Call is { } call && IsComplete(cursor, call):
                return cursor.Prompt.Meaning.TakesHelpers ? ArgumentNames.Of(cursor, call) : [];
            // What is given to a partial without a name reaches nothing in it.
            case Argument { Name: null } argument
                when cursor.Call is { } call
                    && cursor.Prompt.Typing.FunctionOf(call.Callee) is { TakesOtherNames: true }
                    && (call.Piped is not null || call.Arguments[0] != argument):
                return ArgumentNames.Of(cursor, call);
        }
        ImmutableArray<CompletionItem> expected = [.. ExpectedValues.At(cursor, name)];
        // A word before a string could only call it.
        if (cursor.NextLiteral is not null)
            return expected;
        IEnumerable<CompletionItem> arguments = parent is Argument { Name: null } && cursor.Call is { } called ? ArgumentNames.Of(cursor, called) : [];
        return ExpectedValues.AreAll(cursor, name)
            ? expected.Concat(arguments)
            : expected.Concat(arguments).Concat(NameCompletion.At(cursor, name)).DistinctBy(i => (i.Label, i.Kind));
    }

    // Behind a variable, or behind a function's last argument, there is nothing to say but a pipe or the end.
    private static bool IsComplete(CodeCursor cursor, CallExpression call)
    {
        Typing typing = cursor.Prompt.Typing;
        if (typing.FunctionOf(call.Callee) is { } function)
            return !function.TakesOtherNames && call.Arguments.Length + (call.Piped is null ? 0 : 1) > function.MaximumCount;
        return call.Callee switch
        {
            NameExpression { Kind: NameKind.Variable } name => cursor.Prompt.Scopes.Find(name) is { } symbol
                ? symbol.Kind is not (SymbolKind.Function or SymbolKind.Given or SymbolKind.Local)
                : typing.IsNamespace(name),
            MemberExpression member => typing.IsNamespace(member.Target) || typing.Of(member) is not ScalarType { Kind: ScalarKind.Any },
            LiteralExpression => true,
            _ => false,
        };
    }
}

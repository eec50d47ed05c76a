using System.Collections.Immutable;
using PromptLsp.Language.Catalog;
using PromptLsp.Language.Catalog.Types;
using PromptLsp.Language.Semantics;
using PromptLsp.Language.Syntax.Body;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Completion.Code;

/// <summary>
/// The very values that a place asks for, in quotes or before them: a role, an include's path, a word of an enum on the other side of a
/// comparison, in a <c>when</c> or for a parameter, the name of a member.
/// </summary>
internal sealed class ExpectedValues
{
    private readonly CodeCursor _cursor;
    private readonly Expression _place;

    private ExpectedValues(CodeCursor cursor, Expression place)
    {
        _cursor = cursor;
        _place = place;
    }

    /// <summary>Where no quote stands yet: the values with their quotes. A string that begins right at the cursor is replaced.</summary>
    public static IEnumerable<CompletionItem> At(CodeCursor cursor, Expression place)
    {
        TextSpan replace = cursor.NextLiteral ?? cursor.Word;
        return new ExpectedValues(cursor, place)
            .All()
            .Select(
                (value, i) =>
                    value with
                    {
                        Label =
                            value.Kind == CompletionKind.Value ? value.Label
                            : value.Kind == CompletionKind.Include ? cursor.Prompt.Notation.Partial(value.Label)
                            : cursor.Prompt.Notation.Quoted(value.Label),
                        Replace = replace,
                        Rank = Ranks.Expected + value.Rank + i,
                        FilterText = value.Label,
                    }
            );
    }

    /// <summary>Between quotes: the values alone, and the closing quote where it is missing.</summary>
    public static IEnumerable<CompletionItem> InQuotes(CodeCursor cursor, LiteralExpression literal)
    {
        SourceText text = cursor.Prompt.Document.Text;
        TextSpan replace = literal.IsUnclosed ? Unclosed(text.Content, literal.Content.Start, cursor.Offset) : OnOneLine(text, literal.Content, cursor.Offset);
        bool isBare = literal.Span == literal.Content;
        char quote = literal.Span.Length > 0 ? text.Content[literal.Span.Start] : '"';
        return new ExpectedValues(cursor, literal)
            .All()
            .Where(v => v.Kind != CompletionKind.Value)
            .Select(
                (value, i) =>
                    value with
                    {
                        Replace = replace,
                        InsertText = isBare
                            ? cursor.Prompt.Notation.Partial(value.Label)
                            : cursor.Prompt.Notation.Escaped(value.Label, quote) + (literal.IsUnclosed ? quote : ""),
                        Rank = Ranks.Expected + value.Rank + i,
                    }
            );
    }

    /// <summary>The shapes that the place asks for: those of a parameter, or of what it is compared or combined with.</summary>
    public static ValueShape ShapeAt(CodeCursor cursor, Expression place) => new ExpectedValues(cursor, place).Shape();

    /// <summary>Nothing but these values can stand here.</summary>
    public static bool AreAll(CodeCursor cursor, Expression place) => new ExpectedValues(cursor, place).IsFirstOfMessageOrInclude();

    private static TextSpan OnOneLine(SourceText text, TextSpan span, int offset)
    {
        int end = text.LineSpan(text.LineAt(offset)).End;
        return span.Start <= offset && text.LineAt(span.Start) == text.LineAt(offset)
            ? TextSpan.FromBounds(span.Start, Math.Max(offset, Math.Min(span.End, end)))
            : new(offset, 0);
    }

    // Without its end a string takes in the rest of the line: the word around the cursor is meant.
    private static TextSpan Unclosed(string text, int start, int offset)
    {
        int end = offset;
        while (end < text.Length && (char.IsLetterOrDigit(text[end]) || text[end] is '_' or '-' or '/' or '.'))
            end++;
        return start <= offset && text.AsSpan(start, offset - start).IndexOfAny('\r', '\n') < 0
            ? TextSpan.FromBounds(start, end)
            : TextSpan.FromBounds(offset, end);
    }

    private bool IsFirstOfMessageOrInclude() =>
        _cursor.Call is { } call
        && (
            call.Kind is CallKind.Role
            || (
                call.Kind == CallKind.Include
                && _cursor.Path is [.., Argument { Name: null } argument, _]
                && call.Arguments.IndexOf(argument) == 0
                && call.Piped is null
            )
        );

    private ValueShape Shape()
    {
        switch (Parent(out int depth))
        {
            case BinaryExpression { Operator: BinaryOperator.Range or BinaryOperator.RangeBelow }:
            case Argument when depth > 0 && _cursor.Path[depth - 1] is LoopNode:
                return ValueShape.Integer;
            case BinaryExpression { Operator: not (BinaryOperator.And or BinaryOperator.Or or BinaryOperator.Coalesce or BinaryOperator.IfPresent) } binary:
                return Shapes.Of(_cursor.Prompt, binary.Right == _cursor.Path[depth + 1] ? binary.Left : binary.Right);
            case Argument argument
                when depth > 0 && _cursor.Path[depth - 1] is CallExpression call && _cursor.Prompt.Typing.FunctionOf(call.Callee) is { } function:
                return InputOf(function, call, argument) is { } input
                    ? ValueShapes.Of(input.Type)
                    : ParameterOf(function, call, argument)?.Takes ?? ValueShape.Any;
            default:
                return ValueShape.Any;
        }
    }

    private IEnumerable<CompletionItem> All()
    {
        switch (Parent(out int depth))
        {
            case BinaryExpression { Operator: BinaryOperator.Equal or BinaryOperator.NotEqual } comparison:
                return OfType(_cursor.TypeOf(comparison.Right == _cursor.Path[depth + 1] ? comparison.Left : comparison.Right));
            case BinaryExpression { Operator: BinaryOperator.Coalesce or BinaryOperator.IfPresent } fallback when fallback.Right == _cursor.Path[depth + 1]:
                return OfType(_cursor.TypeOf(fallback.Left));
            // when "free" || "pro"
            case BinaryExpression { Operator: BinaryOperator.Or }
                when depth > 0 && _cursor.Path[depth - 1] is Branch { Kind: BranchKind.When } && _cursor.Path.OfType<CaseNode>().LastOrDefault() is { } subject:
                return Unused(OfType(_cursor.TypeOf(subject.Subject)), subject);
            case Branch { Kind: BranchKind.When } when _cursor.Path.OfType<CaseNode>().LastOrDefault() is { } chosen:
                return Unused(OfType(_cursor.TypeOf(chosen.Subject)), chosen);
            case IndexExpression index when index.Index == _cursor.Path[depth + 1]:
                return MemberNames(_cursor.TypeOf(index.Target));
            case ArrayExpression list:
                return InList(list, depth);
            case Argument argument when depth > 0 && _cursor.Path[depth - 1] is CallExpression call:
                return OfArgument(call, argument);
            case CallExpression { Kind: CallKind.Include } include when include.Piped == _place:
                return IncludePaths();
            default:
                return [];
        }
    }

    // The node that the place is a part of, past parentheses.
    private SyntaxNode? Parent(out int depth)
    {
        depth = _cursor.Path.Length - 2;
        while (depth >= 0 && _cursor.Path[depth] is GroupExpression)
            depth--;
        return depth < 0 ? null : _cursor.Path[depth];
    }

    // ["free", …] | array.contains customer.tier
    private IEnumerable<CompletionItem> InList(ArrayExpression list, int depth)
    {
        CallExpression? call = _cursor.Path.Take(depth).OfType<CallExpression>().LastOrDefault();
        if (call is null || _cursor.Prompt.Typing.FunctionOf(call.Callee) is not { } function)
            return [];
        bool isFirst = call.Piped == list || (call.Piped is null && call.Arguments is [var first, ..] && first.Value == list);
        if (isFirst && function.Parameters is [{ Content: ParameterContent.Includes }, ..])
            return IncludePaths();
        Argument? other = call.Piped is null ? call.Arguments.ElementAtOrDefault(1) : call.Arguments.FirstOrDefault();
        return isFirst && other is not null && function.Parameters is [_, { Content: ParameterContent.ItemOfFirst }, ..]
            ? OfType(_cursor.TypeOf(other.Value))
            : [];
    }

    private IEnumerable<CompletionItem> OfArgument(CallExpression call, Argument argument)
    {
        if (_cursor.Prompt.Typing.FunctionOf(call.Callee) is not { } function)
            return [];
        if (InputOf(function, call, argument) is { } input)
            return OfType(input.Type);
        if (ParameterOf(function, call, argument) is not { } parameter)
            return [];
        PromptType first = (call.Piped ?? call.Arguments[0].Value) is var value && value != argument.Value ? _cursor.TypeOf(value) : PromptType.Any;
        return parameter.Content switch
        {
            ParameterContent.Role => RoleNames(),
            ParameterContent.Include => IncludePaths(),
            ParameterContent.MemberOfItem => MemberNames(first is ArrayType list ? list.Item : PromptType.Any),
            ParameterContent.MemberOfFirst => MemberNames(first),
            ParameterContent.ItemOfFirst => OfType(first is ArrayType items ? items.Item : PromptType.Any),
            ParameterContent.SameAsFirst => OfType(first),
            _ => parameter.Words.Select(w => Value(w.Name, CompletionKind.EnumValue, w.Meaning)),
        };
    }

    private Field? InputOf(CatalogFunction function, CallExpression call, Argument argument) =>
        function.TakesOtherNames && argument.Name is { } name ? IncludedPartial.Of(_cursor.Prompt, call)?.Model.Header.Inputs.Find(name) : null;

    private static FunctionParameter? ParameterOf(CatalogFunction function, CallExpression call, Argument argument)
    {
        if (argument.Name is { } name)
            return function.Parameters.FirstOrDefault(p => string.Equals(p.Name, name, StringComparison.Ordinal));
        int index = call.Arguments.IndexOf(argument) + (call.Piped is null ? 0 : 1);
        return index < function.Parameters.Length ? function.Parameters[index] : null;
    }

    private static IEnumerable<CompletionItem> OfType(PromptType type) => type switch
    {
        EnumType values => values.Values.Select(v => Value(v, CompletionKind.EnumValue, null)),
        ScalarType { Kind: ScalarKind.Boolean } => [Value("true", CompletionKind.Value, null), Value("false", CompletionKind.Value, null)],
        UnionType union => union.Options.SelectMany(OfType),
        _ => [],
    };

    // Values that have a branch already come behind those that have none.
    private IEnumerable<CompletionItem> Unused(IEnumerable<CompletionItem> values, CaseNode chosen)
    {
        HashSet<string> used =
        [
            .. chosen
                .Branches.SelectMany(b => b.Conditions)
                .SelectMany(Alternatives)
                .OfType<LiteralExpression>()
                .Where(c => !c.Span.Touches(_cursor.Offset))
                .Select(c => c.Value)
                .OfType<string>(),
        ];
        return values.Select(v => used.Contains(v.Label) ? v with { Rank = Ranks.Needed } : v);
    }

    private static IEnumerable<Expression> Alternatives(Expression condition) =>
        condition is BinaryExpression { Operator: BinaryOperator.Or } either ? Alternatives(either.Left).Append(either.Right) : [condition];

    private IEnumerable<CompletionItem> MemberNames(PromptType type) =>
        type is ObjectType made ? MemberCompletion.Fields(made, "", _cursor.Word).Select(f => f with { Rank = 0 }) : [];

    // Who speaks next is mostly not who spoke last.
    private IEnumerable<CompletionItem> RoleNames()
    {
        string? before = _cursor.Prompt.Facts.Messages.FindLast(m => m.Node.Span.End < _place.Span.Start)?.Role?.Value as string;
        string next = before switch
        {
            null => "system",
            "user" => "model",
            _ => "user",
        };
        // Behind other messages a system message comes too late.
        return Roles
            .All.OrderBy(r =>
                r.Name == next ? 0
                : r.Name == "system" && before is not null ? 2
                : 1
            )
            .Select(role => Value(role.Name, CompletionKind.Role, "role") with { Documentation = () => role.Summary });
    }

    private IEnumerable<CompletionItem> IncludePaths() =>
        _cursor
            .Prompt.Environment.Partials()
            .Take(MostPaths)
            .OrderBy(p => p.Include.Count(c => c == '/'))
            .Select(partial =>
                Value(partial.Include, CompletionKind.Include, partial.Path) with
                {
                    Documentation = () => _cursor.Prompt.Environment.Include(partial.Include).Found is { } found ? PartialText.Of(found) : null,
                }
            );

    private const int MostPaths = 1000;

    private static CompletionItem Value(string text, CompletionKind kind, string? detail) => new(text, kind, default) { Detail = detail, Rank = 0 };
}

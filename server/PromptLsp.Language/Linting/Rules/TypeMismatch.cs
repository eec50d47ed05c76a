using PromptLsp.Language.Catalog;
using PromptLsp.Language.Catalog.Types;
using PromptLsp.Language.Semantics;
using PromptLsp.Language.Syntax.Body;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Linting;

/// <summary>A value used as what it is not: looped over, taken apart, compared with what it can never be, printed as an object.</summary>
public sealed class TypeMismatch : Rule
{
    public const string Name = "type-mismatch";

    public override string Id => Name;

    public override RuleGroup Group => RuleGroup.Variables;

    public override Severity Default => Severity.Warning;

    public override IEnumerable<Finding> Find(PromptModel prompt, CancellationToken cancel) =>
        Loops(prompt).Concat(Members(prompt)).Concat(Comparisons(prompt)).Concat(Outputs(prompt)).Concat(Choices(prompt)).Concat(Letters(prompt));

    private static IEnumerable<Finding> Loops(PromptModel prompt)
    {
        foreach (LoopUse loop in prompt.Facts.Loops)
        {
            if (
                loop.SourceType is ScalarType { Kind: ScalarKind.Integer or ScalarKind.Number or ScalarKind.Boolean }
                || (loop.SourceType is ScalarType { Kind: ScalarKind.String } or EnumType && !prompt.Meaning.LoopsThroughText)
            )
                yield return new(loop.Node.Source.Span, $"`{Text(prompt, loop.Node.Source)}` is {A(loop.SourceType)}; a loop needs a list");
            else if (
                loop is { SourceType: ScalarType { Kind: ScalarKind.String }, Node.Source: NameExpression or MemberExpression }
                && prompt.Meaning.ToList is { } cut
                && prompt.Notation.Piped(cut) is { } pipe
            )
                yield return new(
                    loop.Node.Source.Span,
                    $"`{Text(prompt, loop.Node.Source)}` is {A(loop.SourceType)}, and this loop goes through its letters; declare it as a list, or "
                        + $"cut it up: `{pipe.TrimStart()} {prompt.Notation.Quoted(",")}`"
                );
        }
    }

    private static IEnumerable<Finding> Members(PromptModel prompt)
    {
        foreach (MemberUse use in prompt.Facts.Members)
        {
            if (
                use.Status != MemberStatus.NotAnObject
                || use.Node.Name.Length == 0
                || (use.TargetType is ArrayType && prompt.Facts.AssignedMembers.Contains(use.Node.Name))
            )
                continue;
            // Of an input that hides a namespace of functions, reserved-name tells.
            if (use.Node.Target is NameExpression space && prompt.Functions?.Find(space.Name + "." + use.Node.Name) is not null)
                continue;
            string owner = Text(prompt, use.Node.Target);
            if (Meant(prompt, use) is { } meant)
                yield return meant;
            else
                yield return new(use.Node.NameSpan, use.TargetType is ArrayType
                ? $"`{owner}` is {A(use.TargetType)} and has no member `{use.Node.Name}`; loop over it, or take one item with `[0]`"
                : $"`{owner}` is {A(use.TargetType)} and has no member `{use.Node.Name}`");
        }
    }

    // What other languages have as members, Scriban has as functions.
    private static Finding? Meant(PromptModel prompt, MemberUse use)
    {
        string owner = Text(prompt, use.Node.Target),
            name = use.Node.Name;
        ValueShape shape = ValueShapes.Of(use.TargetType);
        // `e` and `h` are filters in other languages, never members.
        if (
            name.Length < 2
            || prompt.Functions is not { } functions
            || prompt
                .Meaning.FunctionsFor(name)
                .Concat(functions.Namespaces.Select(n => n.Name + "." + name))
                .Select(functions.Find)
                .FirstOrDefault(f => f is not null && (f.Pipes & shape) != ValueShape.None)
                is not { } function
        )
            return null;
        bool isSize = prompt.Meaning.IsCount(function) && use.TargetType is not ScalarType { Kind: not ScalarKind.String };
        string? better = isSize ? "." + prompt.Meaning.CountMember : prompt.Notation.Piped(function.Name);
        if (better is null)
            return null;
        // Where nothing but the braces follows, the pipe can stand in its place.
        int end = use.Node.Span.End;
        ReadOnlySpan<char> rest = prompt.Document.Body.IslandAt(end) is { } island ? prompt.Document.Text.Slice(TextSpan.FromBounds(end, island.End)) : "x";
        bool isCalled = rest.StartsWith("()");
        bool isLast = prompt.Notation.IsEndOfIsland(rest[(isCalled ? 2 : 0)..]);
        return new(use.Node.NameSpan, $"`{owner}` is {A(use.TargetType)} and has no member `{name}`; write `{owner}{better}`")
        {
            Fixes =
                isLast || isSize
                    ? [new($"Change to `{owner}{better}`", new TextEdit(TextSpan.FromBounds(use.Node.Target.Span.End, isCalled ? end + 2 : end), better))]
                    : [],
        };
    }

    private static IEnumerable<Finding> Comparisons(PromptModel prompt)
    {
        foreach (ComparisonUse use in prompt.Facts.Comparisons)
        {
            if (Impossible(prompt, use.Left, use.LeftType, use.Right) is { } finding)
                yield return finding;
            else if (Impossible(prompt, use.Right, use.RightType, use.Left) is { } other)
                yield return other;
        }
    }

    private static Finding? Impossible(PromptModel prompt, Expression subject, PromptType type, Expression other)
    {
        // `!tier == "pro"`: `!` binds tighter.
        if (
            subject is UnaryExpression { Operator: UnaryOperator.Not, Operand: var operand }
            && other is LiteralExpression { Value: string and not ("true" or "false") }
            && Opposite(prompt, TextSpan.FromBounds(subject.Span.End, Math.Max(subject.Span.End, other.Span.Start))) is { } opposite
        )
        {
            string meantBy = $"{Text(prompt, operand)} {opposite} {Text(prompt, other)}";
            return new(subject.Span, $"`{Text(prompt, subject)}` is true or false, and never `{Text(prompt, other)}`; write `{meantBy}`")
            {
                Fixes = [Fix.ChangeTo(meantBy, TextSpan.FromBounds(subject.Span.Start, other.Span.End))],
            };
        }
        if (type is ScalarType scalar && other is LiteralExpression { Value: string text, IsUnclosed: false } && IsNever(scalar, text) is { } never)
            return new(other.Span, $"`{Text(prompt, subject)}` is {never}, and never `{text}`");
        if (
            type is EnumType choice
            && other is LiteralExpression { Value: long or double or bool } number
            && !choice.Values.Contains(prompt.Document.Text[number.Span], StringComparer.Ordinal)
        )
            return new(
                number.Span,
                $"`{Text(prompt, subject)}` is never `{Text(prompt, number)}`; it is one of {string.Join(", ", choice.Values.Take(8).Select(v => $"`{v}`"))}"
            );
        if (
            type is not EnumType allowed
            || other is not LiteralExpression { Value: string value } literal
            || allowed.Values.Contains(value, StringComparer.Ordinal)
            || literal.IsUnclosed
        )
            return null;
        string? meant = Spelling.Nearest(value, allowed.Values);
        return new(
            literal.Span,
            $"`{Text(prompt, subject)}` is never `{value}`; "
                + $"{(meant is null ? "it is one of " + string.Join(", ", allowed.Values.Take(8).Select(v => $"`{v}`")) : $"did you mean `{meant}`?")}"
        )
        {
            Fixes = Fix.ChangeToOneOf(value, allowed.Values, meant, literal.Content),
        };
    }

    // What a value is that never reads as this text; null where it may.
    private static string? IsNever(ScalarType type, string text) => type.Kind switch
    {
        ScalarKind.Boolean when text is not ("true" or "false") => "true or false",
        ScalarKind.Integer or ScalarKind.Number when text.AsSpan().IndexOfAnyInRange('0', '9') < 0 => "a number",
        _ => null,
    };

    // The sign for the other answer than the one that stands there.
    private static string? Opposite(PromptModel prompt, TextSpan between)
    {
        ReadOnlySpan<char> sign = prompt.Document.Text.Slice(between).Trim();
        (string? equal, string? different) = (prompt.Notation.Sign(BinaryOperator.Equal), prompt.Notation.Sign(BinaryOperator.NotEqual));
        return sign.SequenceEqual(equal) ? different : sign.SequenceEqual(different) ? equal : null;
    }

    private static IEnumerable<Finding> Outputs(PromptModel prompt)
    {
        string? json = prompt.Meaning.ToJson is { } function ? prompt.Notation.Piped(function) : null;
        foreach (OutputUse output in prompt.Facts.Outputs)
        {
            if (
                prompt.Meaning.PrintOfObject is { } print
                && output.Node.Value is NameExpression or MemberExpression or IndexExpression
                && output.Type is ObjectType { Fields.IsEmpty: false } or ArrayType { Item: ObjectType { Fields.IsEmpty: false } }
            )
            {
                yield return AsPrinted(prompt, output, print);
                continue;
            }
            if (Arithmetic(prompt, output.Node.Value) is { } wrong)
                yield return wrong;
            if (output.Node.Value is not (NameExpression or MemberExpression or IndexExpression))
                continue;
            if (output.Type is ArrayType { Item: ObjectType { IsClosed: true, Fields.IsEmpty: false } } && json is not null)
                yield return new(output.Node.Span, $"`{Text(prompt, output.Node.Value)}` is a list of objects; loop over it, or write `{json.TrimStart()}`")
                {
                    Fixes = [AsJson(output, json)],
                };
            else if (output.Type is ObjectType { IsClosed: true } type)
                yield return OfObject(output, type, Text(prompt, output.Node.Value), json);
        }
    }

    private static Finding OfObject(OutputUse output, ObjectType type, string written, string? json)
    {
        // `name: { type: string }` is a slip in the schema.
        if (type.Fields is [{ Name: "type", Type: ScalarType declared }])
            return new(
                output.Node.Span,
                $"`{written}` is an object with a member `type`, as Picoschema reads `{{ type: {declared.Display} }}`; a value of that type is "
                    + $"declared by `: {declared.Display}` alone"
            );
        string says = $"`{written}` is an object; print one of its members{Example(type)}";
        return json is null ? new(output.Node.Span, says) : new(output.Node.Span, $"{says}, or `{json.TrimStart()}`") { Fixes = [AsJson(output, json)] };
    }

    private static Fix AsJson(OutputUse output, string pipe) => new("Print it as JSON", TextEdit.Insert(output.Node.Span.End, pipe));

    // What an engine with operators refuses to calculate with a text.
    private static Finding? Arithmetic(PromptModel prompt, Expression value)
    {
        if (
            value
            is not BinaryExpression
            {
                Operator: BinaryOperator.Subtract or BinaryOperator.Divide or BinaryOperator.DivideWhole or BinaryOperator.Remainder
            } both
        )
            return null;
        Expression? text =
            IsText(both.Left) ? both.Left
            : IsText(both.Right) ? both.Right
            : null;
        return text is null
            ? null
            : new(
                both.Span,
                $"`{Text(prompt, text)}` is {A(prompt.Facts.TypeOf(text))}, and `{prompt.Document.Text[both.OperatorSpan]}` takes numbers: it "
                    + "stops the rendering"
            );
        bool IsText(Expression operand) =>
            operand is NameExpression or MemberExpression && prompt.Facts.TypeOf(operand) is ScalarType { Kind: ScalarKind.String } or EnumType;
    }

    private static Finding AsPrinted(PromptModel prompt, OutputUse output, string print)
    {
        string written = Text(prompt, output.Node.Value);
        string says =
            output.Type is ArrayType
                ? $"`{written}` is a list of objects, each of which prints as `{print}`"
                : $"`{written}` is an object, which prints as `{print}`";
        if (prompt.Meaning.ToJson is not { } function)
            return new(output.Node.Span, says);
        string json = prompt.Notation.Applied(function, written);
        return new(output.Node.Span, $"{says}; write `{json}`{(output.Type is ObjectType type ? $", or print one of its members{Example(type)}" : "")}")
        {
            Fixes = [new("Print it as JSON", new TextEdit(output.Node.Span, json))],
        };
    }

    // The engine takes a text for the list of its letters.
    private static IEnumerable<Finding> Letters(PromptModel prompt)
    {
        foreach (CallUse call in prompt.Facts.Calls)
        {
            if (
                call
                    is not {
                        Function: { } function,
                        Arguments: [{ Value: NameExpression or MemberExpression, Type: ScalarType { Kind: ScalarKind.String } } given, ..]
                    }
                || function.Namespace.Length == 0
                || function.Namespace != prompt.Meaning.NamespaceOf(ValueShape.Array)
                || prompt.Meaning.IsCount(function)
            )
                continue;
            string? better = prompt.Functions?.Find($"{prompt.Meaning.NamespaceOf(ValueShape.String)}.{function.ShortName}")?.Name;
            yield return new(
                given.Value.Span,
                $"`{function.Name}` takes a list, and `{Text(prompt, given.Value)}` is a string, which counts as the list of its "
                    + $"letters{(better is null ? "" : $"; for text there is `{better}`")}"
            );
        }
    }

    // `name || "friend"`, where other languages choose one of both.
    private static IEnumerable<Finding> Choices(PromptModel prompt)
    {
        foreach (OutputUse output in prompt.Facts.Outputs)
        {
            if (Choice(prompt, output.Node.Value) is { } printed)
                yield return printed;
        }
        // All symbols of a name share one list.
        foreach (Symbol local in prompt.Facts.Scopes.All.Where(s => s.Kind == SymbolKind.Local).DistinctBy(s => s.MadeOf, ReferenceEqualityComparer.Instance))
        {
            foreach (Expression value in local.MadeOf.OfType<Expression>())
            {
                if (Choice(prompt, value) is { } assigned)
                    yield return assigned;
            }
        }
    }

    private static Finding? Choice(PromptModel prompt, Expression value)
    {
        if (value is GroupExpression group)
            return Choice(prompt, group.Inner);
        if (
            value
            is not BinaryExpression
            {
                Operator: BinaryOperator.Or or BinaryOperator.And,
                Right: LiteralExpression { Value: string or long or double } other
            } both
        )
            return null;
        string left = Text(prompt, both.Left),
            right = Text(prompt, other),
            said = $"`{prompt.Document.Text[both.OperatorSpan]}` gives true or false, and none of its sides";
        // What gives true or false itself is never missing.
        if (Unwrapped(both.Left) is BinaryExpression { IsTruth: true } or UnaryExpression { Operator: UnaryOperator.Not })
            return new(both.Span, said);
        if (
            (both.Operator == BinaryOperator.Or ? prompt.Notation.Otherwise(left, right) : prompt.Notation.Choice(left, right, prompt.Notation.Quoted("")))
            is not { } meant
        )
            return null;
        return new(both.Span, $"{said}; write `{meant}`") { Fixes = [Fix.ChangeTo(meant, both.Span)] };
    }

    private static Expression Unwrapped(Expression value) => value is GroupExpression group ? Unwrapped(group.Inner) : value;

    private static string Example(ObjectType type) => type.Fields.IsEmpty ? "" : $" such as `.{type.Fields[0].Name}`";

    private static string Text(PromptModel prompt, Expression expression) => prompt.Document.Text[expression.Span];

    private static string A(PromptType type) => TypeNames.A(type);
}

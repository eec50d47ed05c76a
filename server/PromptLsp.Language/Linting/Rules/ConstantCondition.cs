using System.Collections.Immutable;
using PromptLsp.Language.Catalog;
using PromptLsp.Language.Catalog.Types;
using PromptLsp.Language.Semantics;
using PromptLsp.Language.Syntax.Body;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Linting;

/// <summary>A condition on a value that always counts as true, although it may hold nothing.</summary>
public sealed class ConstantCondition : Rule
{
    public override string Id => "constant-condition";

    public override RuleGroup Group => RuleGroup.Variables;

    public override Severity Default => Severity.Warning;

    public override IEnumerable<Finding> Find(PromptModel prompt, CancellationToken cancel)
    {
        foreach (ConditionUse condition in prompt.Facts.Conditions)
        {
            if ((condition.Node is LiteralExpression literal ? OtherValue(prompt, condition, literal) : Always(prompt, condition)) is { } finding)
                yield return finding;
        }
    }

    private static Finding? Always(PromptModel prompt, ConditionUse condition)
    {
        if (prompt.Meaning.AlwaysTrue(condition.Type, IsCount(prompt, condition.Node)) is not var (though, test, negated) || CanBeNull(prompt, condition.Node))
            return null;
        // `!` binds tighter than what would follow the name.
        UnaryExpression? not = condition.Around as UnaryExpression;
        TextSpan whole = (not ?? condition.Node).Span;
        string written = prompt.Document.Text[condition.Node.Span];
        if (test is null)
            return new(condition.Node.Span, $"`{written}` is always there, so this condition {(not is null ? "always" : "never")} holds");
        string better = (condition.Node is CallExpression { Piped: null } ? $"({written})" : written) + (not is null ? test : negated);
        return new(condition.Node.Span, $"`{written}` is always there, and {though} counts as true too; write `{better}`")
        {
            Fixes = [Fix.ChangeTo(better, whole)],
        };
    }

    // `tier == "pro" || "team"`: the second text is a condition of its own, and always holds. `while 1` is meant.
    private static Finding? OtherValue(PromptModel prompt, ConditionUse condition, LiteralExpression literal)
    {
        if (
            literal.Value is not (string or long or double)
            || condition.Around is not BinaryExpression both
            || both.Right != literal
            || ComparisonIn(both.Left, both.Operator) is not { } before
        )
            return null;
        string written = prompt.Document.Text[literal.Span],
            compared = $"{prompt.Document.Text[before.Left.Span]} {prompt.Document.Text[before.OperatorSpan]} ";
        return new(literal.Span, $"`{written}` alone always holds; write `{compared}{written}`")
        {
            Fixes = [new($"Change to `{compared}{written}`", TextEdit.Insert(literal.Span.Start, compared))],
        };
    }

    // The last comparison before another value for it.
    private static BinaryExpression? ComparisonIn(Expression expression, BinaryOperator joint) => expression switch
    {
        BinaryExpression { Operator: BinaryOperator.Equal } equal when joint == BinaryOperator.Or => equal,
        BinaryExpression { Operator: BinaryOperator.NotEqual } different when joint == BinaryOperator.And => different,
        BinaryExpression both when both.Operator == joint => ComparisonIn(both.Right is LiteralExpression ? both.Left : both.Right, joint),
        _ => null,
    };

    // Only what the schema promises is surely there: a required input, or a required member of one all the way down; and what counts or
    // makes a text whatever it gets.
    private static bool CanBeNull(PromptModel prompt, Expression expression, int names = 0) =>
        expression switch
        {
            NameExpression { Kind: NameKind.Variable } name => prompt.Facts.Scopes.Find(name) switch
            {
                { Kind: SymbolKind.Input, IsOptional: false, Field: not null } => false,
                { Kind: SymbolKind.Local, Type.IsAny: false, IsInBlock: false, MadeOf: var made } when names < MostNames => made is [Expression value]
                    && CanBeNull(prompt, value, names + 1),
                _ => true,
            },
            LiteralExpression { Value: not null } or InterpolatedExpression => false,
            GroupExpression group => CanBeNull(prompt, group.Inner, names),
            CallExpression call => !IsCount(prompt, call),
            MemberExpression { IsNullSafe: false } size when size.Name == prompt.Meaning.CountMember && IsCounted(prompt.Facts.TypeOf(size.Target)) => false,
            MemberExpression member => CanBeNull(prompt, member.Target, names)
                || MemberLookup.Of(prompt.Facts.TypeOf(member.Target), member.Name) is not { Status: MemberStatus.Known, Field: { IsOptional: false } },
            _ => true,
        };

    // A name that is made of a name, and so on.
    private const int MostNames = 8;

    private static bool IsCounted(PromptType type) => type is ArrayType or EnumType or ScalarType { Kind: ScalarKind.String };

    private static bool IsCount(PromptModel prompt, Expression expression) => expression switch
    {
        MemberExpression member => member.Name == prompt.Meaning.CountMember,
        CallExpression call => prompt.Facts.FunctionOf(call.Callee) is { } function && prompt.Meaning.IsCount(function),
        _ => false,
    };
}

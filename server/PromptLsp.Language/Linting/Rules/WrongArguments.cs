using PromptLsp.Language.Catalog;
using PromptLsp.Language.Semantics;
using PromptLsp.Language.Syntax.Body;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Linting;

/// <summary>A call with too few or too many arguments, or with a name that the function does not take: it fails when rendered.</summary>
public sealed class WrongArguments : Rule
{
    public override string Id => "wrong-arguments";

    public override RuleGroup Group => RuleGroup.Variables;

    public override Severity Default => Severity.Error;

    public override IEnumerable<Finding> Find(PromptModel prompt, CancellationToken cancel)
    {
        foreach (CallUse call in prompt.Facts.Calls)
        {
            if (call.Function is { IsConstant: false } function && !IsHalfTyped(call) && Wrong(call, function) is { } finding)
                yield return finding;
        }
    }

    private static bool IsHalfTyped(CallUse call) => call.Arguments.Any(a => a.Value is MissingExpression or UnaryExpression { Operator: "^" });

    private static Finding? Wrong(CallUse call, CatalogFunction function)
    {
        int given = call.Arguments.Count;
        if (given < function.RequiredCount)
            return new(call.Callee.Span, $"`{function.Name}` needs {Count(function.RequiredCount)}, and is given {given}; it reads `{function.Signature}`");
        if (function.MaximumCount is { } most && given > most && !function.TakesOtherNames)
        {
            TextSpan extra = TextSpan.FromBounds(call.Arguments[most].Value.Span.Start, call.Arguments[^1].Value.Span.End);
            return new(extra, $"`{function.Name}` takes {(most == 0 ? "no argument" : "at most " + Count(most))}, and is given {given}; it reads `{function.Signature}`");
        }
        return function.TakesOtherNames ? null : UnknownName(call, function) ?? Unfit(call, function);
    }

    // A value on which the function fails, whatever it holds.
    private static Finding? Unfit(CallUse call, CatalogFunction function)
    {
        for (int i = 0; i < call.Arguments.Count; i++)
        {
            GivenArgument given = call.Arguments[i];
            FunctionParameter? parameter = given.Name is { } name ? function.Parameters.FirstOrDefault(p => string.Equals(p.Name, name, StringComparison.Ordinal)) : i < function.Parameters.Length ? function.Parameters[i] : null;
            ValueShape shape = ValueShapes.Of(given.Type);
            if (parameter is null || shape is ValueShape.None or ValueShape.Any || (shape & ~Refusals.Of(function, parameter)) != ValueShape.None)
                continue;
            string? parser = shape != ValueShape.String ? null : parameter.Takes.HasFlag(ValueShape.Date) ? "date.parse" : parameter.Takes == ValueShape.Number ? "string.to_float" : null;
            return new(given.Value.Span, $"`{function.Name}` takes {parameter.Takes.Article()} for `{parameter.Name}`, and this is {TypeNames.A(given.Type)}{(parser is null ? "" : $"; `| {parser}` makes one of it")}")
            {
                Fixes = parser is not null && given.IsPiped ? [new($"Add `| {parser}`", TextEdit.Insert(given.Value.Span.End, $" | {parser}"))] : [],
            };
        }
        return null;
    }

    private static Finding? UnknownName(CallUse call, CatalogFunction function)
    {
        foreach (Argument argument in call.Node?.Arguments ?? [])
        {
            if (argument.Name is not { } name || function.Parameters.Any(p => string.Equals(p.Name, name, StringComparison.Ordinal)) || function.IsMessageFunction)
                continue;
            string? meant = Spelling.Nearest(name, function.Parameters.Select(p => p.Name));
            return new(argument.NameSpan, $"`{function.Name}` has no parameter `{name}`{(meant is null ? $"; it reads `{function.Signature}`" : $"; did you mean `{meant}`?")}")
            {
                Fixes = Fix.ChangeToMeant(meant, argument.NameSpan),
            };
        }
        return null;
    }

    private static string Count(int count) => count == 1 ? "1 argument" : $"{count} arguments";
}

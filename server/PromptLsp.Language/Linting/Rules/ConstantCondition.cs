using PromptLsp.Language.Semantics;
using PromptLsp.Language.Syntax.Body;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Linting;

/// <summary>A condition on a value that always counts as true: Scriban takes empty text, zero and an empty list for true.</summary>
public sealed class ConstantCondition : Rule
{
    public override string Id => "constant-condition";

    public override RuleGroup Group => RuleGroup.Variables;

    public override Severity Default => Severity.Warning;

    public override IEnumerable<Finding> Find(PromptModel prompt, CancellationToken cancel)
    {
        foreach (ConditionUse condition in prompt.Facts.Conditions)
        {
            if (CanBeNull(prompt, condition.Node) || Remedy(condition.Type) is not var (truth, test))
                continue;
            string written = prompt.Document.Text[condition.Node.Span];
            yield return new(condition.Node.Span, test is null
                ? $"`{written}` is always there, so this condition always holds"
                : $"`{written}` is always there, and {truth} counts as true too; write `{written}{test}`")
            {
                Fixes = test is null ? [] : [new($"Change to `{written}{test}`", TextEdit.Insert(condition.Node.Span.End, test))],
            };
        }
    }

    // Only what the schema promises is surely there: a required input, or a required member of one all the way down.
    private static bool CanBeNull(PromptModel prompt, Expression expression) => expression switch
    {
        NameExpression { Kind: NameKind.Variable } name => prompt.Facts.Scopes.Find(name.Name, name.Span.Start) is not { Kind: SymbolKind.Input, IsOptional: false, Field: not null },
        MemberExpression member => CanBeNull(prompt, member.Target)
            || MemberLookup.Of(prompt.Facts.TypeOf(member.Target), member.Name) is not { Status: MemberStatus.Known, Field: { IsOptional: false } },
        _ => true,
    };

    private static (string Truth, string? Test)? Remedy(PromptType type) => type switch
    {
        ScalarType { Kind: ScalarKind.String } => ("empty text", " != \"\""),
        ScalarType { Kind: ScalarKind.Integer or ScalarKind.Number } => ("zero", " != 0"),
        ArrayType => ("an empty list", ".size > 0"),
        ObjectType or EnumType => ("", null),
        _ => null,
    };
}

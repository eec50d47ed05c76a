using PromptLsp.Language.Catalog;
using PromptLsp.Language.Syntax;

namespace PromptLsp.Language.Linting;

/// <summary>From what parsing found wrong to what a rule says.</summary>
public static class Problems
{
    public static Finding ToFinding(this Problem problem) => new(problem.Span, problem.Message)
    {
        Severity = problem.IsAccepted ? Severity.Warning : Severity.Off,
        Fixes = problem.Repair is { } repair ? [new Fix(repair.Title, repair.Edit) { IsSafe = repair.IsSafe }] : [],
    };
}

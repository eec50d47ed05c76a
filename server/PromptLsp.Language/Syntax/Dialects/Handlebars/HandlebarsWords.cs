using System.Collections.Frozen;
using PromptLsp.Language.Syntax.Body;

namespace PromptLsp.Language.Syntax.Dialects.Handlebars;

/// <summary>The names that mean something by themselves.</summary>
internal static class HandlebarsWords
{
    /// <summary>The helpers there are without an application: those of Handlebars and those of Dotprompt.</summary>
    public static FrozenSet<string> Helpers { get; } = FrozenSet.Create(
        StringComparer.Ordinal,
        "if", "unless", "each", "with", "lookup", "log", "json", "ifEquals", "unlessEquals", "role", "history", "media", "section",
        // Handlebars knows them, and fails when one is called.
        "helperMissing", "blockHelperMissing");

    public static CallKind KindOf(Expression callee) => callee is not NameExpression { Kind: NameKind.Variable } name ? CallKind.Function : name.Name switch
    {
        "role" => CallKind.Role,
        "history" => CallKind.History,
        "media" => CallKind.Media,
        "section" => CallKind.Section,
        _ => CallKind.Function,
    };

    /// <summary>The first part of the name by which the engine looks for a helper; null for a subject alone.</summary>
    public static string? FirstPart(Expression callee)
    {
        string? first = null;
        while (true)
        {
            switch (callee)
            {
                case MemberExpression member:
                    (first, callee) = (member.Name, member.Target);
                    break;
                case IndexExpression index:
                    (first, callee) = (((LiteralExpression)index.Index).Value?.ToString(), index.Target);
                    break;
                case NameExpression { Kind: NameKind.This or NameKind.Parent }:
                    return first;
                case NameExpression name:
                    return name.Name;
                default:
                    return first;
            }
        }
    }
}

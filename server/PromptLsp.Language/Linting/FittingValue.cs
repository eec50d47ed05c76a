using PromptLsp.Language.Catalog.Dialects;
using PromptLsp.Language.Catalog.Types;
using PromptLsp.Language.Syntax.Yaml;

namespace PromptLsp.Language.Linting;

/// <summary>A value to begin with that a type takes: of a choice its first, else an empty one.</summary>
internal static class FittingValue
{
    /// <summary>As YAML, on one line.</summary>
    public static string InYaml(PromptType type) =>
        type switch
        {
            EnumType { Values: [var first, ..] } => IsPlain(first)
                ? first
                : $"\"{first.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"",
            ScalarType { Kind: ScalarKind.Integer or ScalarKind.Number } => "0",
            ScalarType { Kind: ScalarKind.Boolean } => "false",
            ScalarType { Kind: ScalarKind.Null } => "null",
            ArrayType => "[]",
            ObjectType made when made.Fields.Any(f => !f.IsOptional) =>
                $"{{ {string.Join(", ", made.Fields.Where(f => !f.IsOptional).Select(f => $"{f.Name}: {InYaml(f.Type)}"))} }}",
            ObjectType => "{ }",
            UnionType { Options: [var first, ..] } => InYaml(first),
            _ => "\"\"",
        };

    /// <summary>As an expression of the body; null for what has members or items.</summary>
    public static string? InCode(Notation notation, PromptType type) => type switch
    {
        EnumType { Values: [var first, ..] } => notation.Quoted(first),
        ScalarType { Kind: ScalarKind.Integer or ScalarKind.Number } => "0",
        ScalarType { Kind: ScalarKind.Boolean } => "false",
        ScalarType => notation.Quoted(""),
        _ => null,
    };

    // A word that a flow map takes as it is, and that means itself.
    private static bool IsPlain(string word) =>
        word.Length > 0
        && word.All(c => char.IsLetterOrDigit(c) || c is '_' or '-' or '.')
        && word[0] != '-'
        && new YamlScalar(default, word, IsPlain: true).Meaning() is string or long;
}

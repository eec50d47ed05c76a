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
            EnumType { Values: [var first, ..] } => Word(first),
            ScalarType { Kind: ScalarKind.Integer or ScalarKind.Number } => "0",
            ScalarType { Kind: ScalarKind.Boolean } => "false",
            ScalarType { Kind: ScalarKind.Null } => "null",
            ArrayType => "[]",
            ObjectType made when made.Fields.Any(f => !f.IsOptional) =>
                $"{{ {string.Join(", ", made.Fields.Where(f => !f.IsOptional).Select(f => Entry(f)))} }}",
            ObjectType => "{ }",
            UnionType { Options: [var first, ..] } => InYaml(first),
            _ => "\"\"",
        };

    /// <summary>A member with its value, on one line of YAML.</summary>
    public static string Entry(Field member) => $"{Word(member.Name)}: {InYaml(member.Type)}";

    /// <summary>As an expression of the body; null for what has members or items.</summary>
    public static string? InCode(Notation notation, PromptType type) => type switch
    {
        EnumType { Values: [var first, ..] } => notation.Quoted(first),
        ScalarType { Kind: ScalarKind.Integer or ScalarKind.Number } => "0",
        ScalarType { Kind: ScalarKind.Boolean } => "false",
        ScalarType => notation.Quoted(""),
        _ => null,
    };

    private static string Word(string word) =>
        IsPlain(word)
            ? word
            : $"\"{word.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    /// <summary>A word that a flow map takes as it is, and that means itself.</summary>
    public static bool IsPlain(string word) =>
        word.Length > 0
        && word.All(c => char.IsLetterOrDigit(c) || c is '_' or '-' or '.')
        && word[0] != '-'
        && new YamlScalar(default, word, IsPlain: true).Meaning() is string or long;
}

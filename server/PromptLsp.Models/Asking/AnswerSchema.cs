using System.Text;
using System.Text.Json;
using PromptLsp.Language.Catalog.Types;
using PromptLsp.Language.Semantics.Schemas;
using PromptLsp.Language.Syntax;
using PromptLsp.Language.Syntax.Yaml;
using PromptLsp.Language.Text;

namespace PromptLsp.Models.Asking;

/// <summary>Holds an answer against the schema that the prompt declares for it.</summary>
public static class AnswerSchema
{
    /// <summary>What does not fit, in one line; null where the answer is JSON of this type.</summary>
    public static string? Problem(string answer, PromptType type)
    {
        string text = answer.Trim();
        if (text.Length == 0)
            return "the answer is empty";
        if (text.StartsWith("```", StringComparison.Ordinal))
            return "the answer stands between code fences (```), which are no JSON";
        if (JsonProblem(text) is { } problem)
            return problem;
        // Every JSON text is YAML as well, so that the same eyes that check samples check it.
        var whole = new TextSpan(0, text.Length);
        return YamlTree.Parse(new(text), whole).Root is { } value && Conformance.Problems(value, type, "answer", whole).FirstOrDefault() is { } misfit
            ? misfit.Message
            : null;
    }

    /// <summary>Why a text is no JSON; null where it is.</summary>
    public static string? JsonProblem(string text)
    {
        try
        {
            var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(text));
            while (reader.Read())
            {
            }
            return null;
        }
        catch (JsonException problem)
        {
            return $"the answer is no JSON in its line {(problem.LineNumber ?? 0) + 1}";
        }
    }
}

using System.Collections.Immutable;
using PromptLsp.Language.Catalog;
using PromptLsp.Language.Catalog.Types;
using PromptLsp.Language.Completion.Yaml;
using PromptLsp.Language.Semantics;
using PromptLsp.Language.Semantics.Schemas;
using PromptLsp.Language.Syntax.Yaml;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Completion;

/// <summary>What an evaluation can name.</summary>
/// <param name="Prompts">The workspace's, by their paths from its root.</param>
/// <param name="Evaluated">The prompt that it names; null where there is none.</param>
public sealed record EvaluationNames(ImmutableArray<string> Prompts, ImmutableArray<ModelInfo> Models, PromptModel? Evaluated);

/// <summary>Completes evaluations.</summary>
internal static class EvaluationCompletion
{
    public static CompletionList At(SourceText text, int offset, EvaluationNames names)
    {
        if (YamlCursor.At(text, 0, offset) is not { } cursor)
            return CompletionList.Empty;
        TextSpan line = text.LineSpan(text.LineAt(offset));
        SourceText others = text.With(new TextEdit(line, new string(' ', line.Length)));
        IReadOnlyDictionary<string, PromptType> schemas = names.Evaluated?.Environment.Schemas ?? new Dictionary<string, PromptType>(StringComparer.Ordinal);
        var facts = new KeyFacts
        {
            Inputs = names.Evaluated?.Header.Inputs ?? ObjectType.Open,
            Models = names.Models,
            Prompts = names.Prompts,
            Schemas = schemas,
            TypeOf = schema => PromptSchema.Read(others, schema, schemas).Type,
        };
        return YamlCompletion.At(cursor, Keys.Evaluation, facts, YamlTree.Parse(others, new(0, others.Length)).Root);
    }
}

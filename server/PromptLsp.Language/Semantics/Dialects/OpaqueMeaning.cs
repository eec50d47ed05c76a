using System.Collections.Immutable;
using PromptLsp.Language.Catalog;

namespace PromptLsp.Language.Semantics.Dialects;

/// <summary>Of a language that is known by name only: nothing is said.</summary>
internal sealed class OpaqueMeaning : Meaning
{
    public override FunctionCatalog? Functions => null;

    public override StatementCatalog? Statements => null;

    public override bool IsLiteral(string word) => word is "true" or "false" or "null" or "this";

    public override ImmutableArray<string> FunctionsFor(string foreignName) => [];

    public override string? WordFor(string foreignWord) => null;

    public override string? AdviceOn(string foreignWord) => null;

    public override string? ToJson => null;

    public override string? Parser(ValueShape wanted) => null;
}

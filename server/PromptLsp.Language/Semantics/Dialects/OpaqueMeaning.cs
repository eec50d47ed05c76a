using System.Collections.Immutable;
using PromptLsp.Language.Catalog;
using PromptLsp.Language.Catalog.Types;

namespace PromptLsp.Language.Semantics.Dialects;

/// <summary>Of a language that is known by name only: nothing is said.</summary>
internal class OpaqueMeaning : Meaning
{
    public override FunctionCatalog? Functions => null;

    public override StatementCatalog? Statements => null;

    public override ImmutableArray<LoopOption> LoopOptions => [];

    public override ImmutableArray<CatalogMember> LoopMembers(string loopObject) => [];

    public override ImmutableArray<CatalogMember> OwnMembers(ValueShape shape) => [];

    public override PromptType? OwnMember(PromptType target, string name) => null;

    public override string? CountMember => null;

    public override bool IsCount(CatalogFunction function) => false;

    public override bool AsksForNothing(string member) => false;

    public override bool MissingStops => false;

    public override bool IsEmptyOfNull(CatalogFunction function) => false;

    public override bool StopsOnNull(CatalogFunction function) => false;

    internal override AlwaysTrue? AlwaysTrue(PromptType type, bool isCount) => null;

    internal override ValueShape Refuses(CatalogFunction function, FunctionParameter parameter) => ValueShape.None;

    public override string NamespaceOf(ValueShape shape) => "";

    public override bool IsFallback(CatalogFunction function) => false;

    public override bool IsLiteral(string word) => word is "true" or "false" or "null" or "this";

    public override ImmutableArray<string> FunctionsFor(string foreignName) => [];

    public override string? WordFor(string foreignWord) => null;

    public override string? AdviceOn(string foreignWord) => null;

    public override string? ToJson => null;

    public override string? ToList => null;

    public override string? Parser(ValueShape wanted) => null;
}

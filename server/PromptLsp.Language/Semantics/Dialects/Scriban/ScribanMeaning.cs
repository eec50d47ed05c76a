using System.Collections.Immutable;
using PromptLsp.Language.Catalog;
using PromptLsp.Language.Catalog.Types;
using PromptLsp.Language.Syntax.Dialects.Scriban;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Semantics.Dialects.Scriban;

/// <summary>What Scriban means.</summary>
internal sealed class ScribanMeaning : Meaning
{
    public override FunctionCatalog Functions => Catalog.Functions.Scriban;

    public override StatementCatalog Statements => Catalog.Statements.Scriban;

    public override ImmutableArray<LoopOption> LoopOptions => Catalog.Statements.LoopOptions;

    public override ImmutableArray<CatalogMember> LoopMembers(string loopObject) => BuiltinMembers.OfLoop(loopObject);

    public override ImmutableArray<CatalogMember> OwnMembers(ValueShape shape) => BuiltinMembers.Of(shape);

    // Any value is asked whether it is empty; lists and strings have their size, and nothing else.
    public override PromptType? OwnMember(PromptType target, string name) =>
        AsksForNothing(name) ? PromptType.Boolean
        : name == "size" && target is ArrayType or EnumType or ScalarType { Kind: ScalarKind.String } ? PromptType.Integer
        : null;

    public override string CountMember => "size";

    public override bool IsCount(CatalogFunction function) => function.ShortName == "size";

    public override bool AsksForNothing(string member) => member is "empty?" or "blank?";

    public override bool MissingStops => true;

    public override bool IsEmptyOfNull(CatalogFunction function) =>
        function.Name == "array.join"
        || (function.Namespace is "string" or "html" or "date" or "regex" && function.Returns == ValueShape.String && !function.Parameters.IsEmpty);

    public override bool StopsOnNull(CatalogFunction function) => function.Namespace == "regex";

    // Null and false alone count as false.
    internal override AlwaysTrue? AlwaysTrue(PromptType type, bool isCount) => type switch
    {
        ScalarType { Kind: ScalarKind.String } => new("empty text", " != \"\"", " == \"\""),
        ScalarType { Kind: ScalarKind.Integer } when isCount => new("zero", " > 0", " == 0"),
        ScalarType { Kind: ScalarKind.Integer or ScalarKind.Number } => new("zero", " != 0", " == 0"),
        ArrayType => new("an empty list", ".size > 0", ".size == 0"),
        ObjectType or EnumType => new("", null, null),
        _ => null,
    };

    internal override ValueShape Refuses(CatalogFunction function, FunctionParameter parameter) => Refusals.Of(function, parameter);

    public override string NamespaceOf(ValueShape shape) => shape switch
    {
        ValueShape.String => "string",
        ValueShape.Array => "array",
        ValueShape.Object => "object",
        ValueShape.Integer or ValueShape.Number or ValueShape.Fraction => "math",
        ValueShape.Date => "date",
        ValueShape.TimeSpan => "timespan",
        _ => "",
    };

    public override bool IsFallback(CatalogFunction function) => function.Name == "object.default";

    public override bool IsLiteral(string word) => word is "true" or "false" or "null" or "this";

    public override ImmutableArray<string> FunctionsFor(string foreignName) => ForeignFunctions.Find(foreignName);

    public override string? WordFor(string foreignWord) => ForeignWords.Find(foreignWord);

    public override string? AdviceOn(string foreignWord) => ForeignWords.Advise(foreignWord);

    public override string ToJson => "object.to_json";

    public override string ToList => "string.split";

    public override string? Parser(ValueShape wanted) =>
        wanted.HasFlag(ValueShape.Date) ? "date.parse"
        : wanted == ValueShape.Number ? "string.to_float"
        : null;

    internal override TextSpan? ForeignPlaceholder(PromptModel prompt) => ForeignPlaceholders.FirstIn(prompt);
}

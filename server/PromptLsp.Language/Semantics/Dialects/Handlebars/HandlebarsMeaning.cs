using System.Collections.Immutable;
using PromptLsp.Language.Catalog;
using PromptLsp.Language.Catalog.Types;
using PromptLsp.Language.Syntax.Body;

namespace PromptLsp.Language.Semantics.Dialects.Handlebars;

/// <summary>What Handlebars means, as Dotprompt uses it.</summary>
internal sealed class HandlebarsMeaning : OpaqueMeaning
{
    public override FunctionCatalog Functions => Catalog.Functions.Handlebars;

    public override StatementCatalog Statements => Catalog.Statements.Handlebars;

    public override string SubjectName => "this";

    public override string ContextSign => "@";

    public override string RootName => "root";

    public override ImmutableArray<CatalogMember> OwnNames => HandlebarsNames.Everywhere;

    public override ImmutableArray<CatalogMember> LoopNames => HandlebarsNames.OfLoop;

    public override bool IncludesSeeSubject => true;

    public override bool WritesFrontMatterOfPartials => true;

    public override bool FindsPartialsByName => true;

    public override bool LoopsThroughText => false;

    public override string PrintOfObject => "[object Object]";

    internal override bool AddsUp(PromptModel prompt, OutputNode output) => Sums.Are(prompt, output);

    // Others stay as text, and what follows is of the message before.
    public override bool TakesRole(string name) => name.Length > 0 && name.AsSpan().IndexOfAnyExceptInRange('a', 'z') < 0;

    public override bool Assigns => false;

    public override bool TakesHelpers => true;

    public override bool FunctionsHideNames => true;

    public override bool IsBlockOfInclude(string name) => name == "@partial-block";

    // Of an object, its values; a text has no items.
    public override PromptType ItemOf(PromptType source) => source switch
    {
        ArrayType array => array.Item,
        ObjectType { IsClosed: true, Fields: { IsEmpty: false } fields } => fields.Select(f => f.Type).Aggregate(ValueTypes.Join),
        ObjectType { Fields.IsEmpty: true, Others: { } others } => others,
        _ => PromptType.Any,
    };

    public override ImmutableArray<CatalogMember> OwnMembers(ValueShape shape) => shape switch
    {
        ValueShape.String => HandlebarsNames.OfText,
        ValueShape.Array => HandlebarsNames.OfList,
        _ => [],
    };

    public override PromptType? OwnMember(PromptType target, string name) =>
        name == CountMember && target is ArrayType or EnumType or ScalarType { Kind: ScalarKind.String } ? PromptType.Integer : null;

    public override string CountMember => "length";

    // Empty text, zero and an empty list count as false.
    internal override AlwaysTrue? AlwaysTrue(PromptType type, bool isCount) => type switch
    {
        EnumType words when !words.Values.Contains("", StringComparer.Ordinal) => new("", null, null),
        ObjectType => new("", null, null),
        _ => null,
    };

    public override bool IsLiteral(string word) => word is "true" or "false" or "null" or "undefined" or "this" or "else" or "as";

    public override string ToJson => "json";
}

using System.Collections.Immutable;
using PromptLsp.Language.Catalog;
using PromptLsp.Language.Syntax.Dialects.Scriban;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Semantics.Dialects.Scriban;

/// <summary>What Scriban means.</summary>
internal sealed class ScribanMeaning : Meaning
{
    public override FunctionCatalog Functions => Catalog.Functions.Scriban;

    public override StatementCatalog Statements => Catalog.Statements.Scriban;

    public override bool IsLiteral(string word) => word is "true" or "false" or "null" or "this";

    public override ImmutableArray<string> FunctionsFor(string foreignName) => ForeignFunctions.Find(foreignName);

    public override string? WordFor(string foreignWord) => ForeignWords.Find(foreignWord);

    public override string? AdviceOn(string foreignWord) => ForeignWords.Advise(foreignWord);

    public override string ToJson => "object.to_json";

    public override string? Parser(ValueShape wanted) => wanted.HasFlag(ValueShape.Date) ? "date.parse" : wanted == ValueShape.Number ? "string.to_float" : null;

    internal override TextSpan? ForeignPlaceholder(PromptModel prompt) => ForeignPlaceholders.FirstIn(prompt);
}

using System.Collections.Immutable;
using PromptLsp.Language.Catalog;
using PromptLsp.Language.Rendering;
using PromptLsp.Language.Syntax.Body;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Syntax.Dialects.Scriban;

/// <summary>Scriban, the default dialect.</summary>
public sealed class ScribanDialect : Dialect
{
    public override string Name => "scriban";

    public override FunctionCatalog? Functions => Catalog.Functions.Scriban;

    public override StatementCatalog? Statements => Catalog.Statements.Scriban;

    // `~` takes the white space around the comment away, its own line end too.
    public override string? CommentLine(string words) => $"{{{{~ # {words} ~}}}}";

    internal override TemplateBody Parse(SourceText text, TextSpan body, EarlierBody? earlier) => ScribanParser.Parse(text, body, earlier);

    public override bool HasEngine => true;

    public override ImmutableArray<Problem> Check(PromptDocument document) => ScribanEngine.Check(document);

    internal override ImmutableArray<TextEdit> Spacing(PromptDocument document) => ScribanSpacing.Edits(document);

    internal override void Prepare(PromptDocument document) => ScribanEngine.Prepare(document);

    internal override void Render(TemplateScope scope, RenderRun run, RenderOutput output) => ScribanEngine.Render(scope, run, output);
}

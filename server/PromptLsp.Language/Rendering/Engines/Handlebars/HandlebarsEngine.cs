using System.Collections.Immutable;
using PromptLsp.Language.Catalog.Dialects;
using PromptLsp.Language.Syntax;

namespace PromptLsp.Language.Rendering.Engines.Handlebars;

/// <summary>Handlebars as Dotprompt has it: an interpreter of our own, which gives what the reference engine gives.</summary>
internal sealed class HandlebarsEngine : Engine
{
    // Our tree is read as the reference engine reads: what it thinks wrong, that rejects.
    public override ImmutableArray<Problem> Check(PromptDocument document) => document.Body.Problems;

    public override bool SpellsTheSame(PromptDocument one, PromptDocument other) => KnownNotations.Of(one.Dialect).SpellsTheSame(one, other);

    public override void Prepare(PromptDocument document) => TreeEngine.Prepare(document);

    public override void Render(TemplateScope scope, RenderRun run, RenderOutput output) => TreeEngine.Render(scope, run, output);
}

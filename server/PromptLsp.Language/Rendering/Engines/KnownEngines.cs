using PromptLsp.Language.Rendering.Engines.Handlebars;
using PromptLsp.Language.Rendering.Engines.Scriban;
using PromptLsp.Language.Syntax.Dialects;

namespace PromptLsp.Language.Rendering.Engines;

/// <summary>What runs each dialect.</summary>
internal static class KnownEngines
{
    private static readonly Engine Scriban = new ScribanEngine(), Handlebars = new HandlebarsEngine();

    /// <summary>Null where there is none, so that bodies are neither checked nor rendered.</summary>
    public static Engine? Of(Dialect dialect) => dialect == KnownDialects.Scriban ? Scriban : dialect == KnownDialects.Handlebars ? Handlebars : null;

    /// <summary>Renders a template by the engine of its dialect.</summary>
    /// <exception cref="RenderFailedException">There is no engine, or it rejects the template, or that fails, or a limit is reached.</exception>
    public static void Render(TemplateScope scope, RenderRun run, RenderOutput output)
    {
        Dialect dialect = scope.Template.Document.Dialect;
        if (Of(dialect) is not { } engine)
            throw new RenderFailedException(
                RenderFailureKind.Limit,
                $"{dialect.Name} templates cannot be rendered yet",
                scope.Path,
                scope.Template.Document.Body.Span
            );
        engine.Render(scope, run, output);
    }
}

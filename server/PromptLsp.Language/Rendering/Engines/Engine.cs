using System.Collections.Immutable;
using PromptLsp.Language.Syntax;

namespace PromptLsp.Language.Rendering.Engines;

/// <summary>What runs templates of a dialect: it has the last word on whether a body is right, and renders it.</summary>
internal abstract class Engine
{
    /// <summary>What the engine itself finds wrong with a body; empty where it takes it.</summary>
    public abstract ImmutableArray<Problem> Check(PromptDocument document);

    /// <summary>True where the engine cuts two bodies into the same tokens, text and code, with nothing but blanks between them that may differ.</summary>
    public abstract bool SpellsTheSame(PromptDocument one, PromptDocument other);

    /// <summary>Gets ready what renderings of a document share, so that it does not count towards their time.</summary>
    public abstract void Prepare(PromptDocument document);

    /// <summary>Renders a template.</summary>
    /// <exception cref="RenderFailedException">The engine rejects the template, or it fails, or a limit is reached.</exception>
    public abstract void Render(TemplateScope scope, RenderRun run, RenderOutput output);
}

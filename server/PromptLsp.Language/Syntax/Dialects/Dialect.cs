using System.Collections.Immutable;
using PromptLsp.Language.Catalog;
using PromptLsp.Language.Rendering;
using PromptLsp.Language.Syntax.Body;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Syntax.Dialects;

/// <summary>A template language. It produces the neutral body; what else differs between dialects is asked of it, never guessed by a feature.</summary>
public abstract class Dialect
{
    /// <summary>The name that <c>template:</c> takes: <c>scriban</c>, <c>handlebars</c>, <c>liquid</c>.</summary>
    public abstract string Name { get; }

    /// <summary>The dialect's builtin functions; null where they are not known.</summary>
    public virtual FunctionCatalog? Functions => null;

    /// <summary>The dialect's statements; null where they are not known.</summary>
    public virtual StatementCatalog? Statements => null;

    /// <summary>An expression between the dialect's braces.</summary>
    public virtual string Island(string code) => "{{ " + code + " }}";

    /// <summary>A comment for a line of its own, of which the model sees nothing, not even an empty line; null where the dialect has no such thing.</summary>
    public virtual string? CommentLine(string words) => null;

    /// <summary>Reads a body. Never throws; linear in the body's length.</summary>
    public TemplateBody Parse(SourceText text, TextSpan body) => Parse(text, body, null);

    /// <summary>Reads a body, perhaps as it is after an edit.</summary>
    /// <param name="earlier">The body before an edit, of the same dialect and beginning at the same offset; taking parts of it over is allowed.</param>
    internal abstract TemplateBody Parse(SourceText text, TextSpan body, EarlierBody? earlier);

    /// <summary>True where an engine stands behind the dialect, so that bodies can be checked and rendered.</summary>
    public virtual bool HasEngine => false;

    /// <summary>What the engine itself finds wrong with a body; empty where it takes it.</summary>
    public virtual ImmutableArray<Problem> Check(PromptDocument document) => [];

    /// <summary>The edits that space the code of a body evenly; none of them changes what it renders to.</summary>
    internal virtual ImmutableArray<TextEdit> Spacing(PromptDocument document) => [];

    /// <summary>Gets ready what renderings of a document share, so that it does not count towards their time.</summary>
    internal virtual void Prepare(PromptDocument document)
    {
    }

    /// <summary>Renders a template of this dialect.</summary>
    /// <exception cref="RenderFailedException">The engine rejects the template, or it fails, or a limit is reached.</exception>
    internal virtual void Render(TemplateScope scope, RenderRun run, RenderOutput output) =>
        throw new RenderFailedException(RenderFailureKind.Limit, $"{Name} templates cannot be rendered yet", scope.Path, scope.Template.Document.Body.Span);

    /// <summary>Blocks that look like messages and render to nothing (<c>{{#role "x"}}</c>), for <c>block-role</c>.</summary>
    public virtual IEnumerable<RoleBlock> BlockRoles(SourceText text, TextSpan body) => [];
}

/// <summary>A role written as a block: the span of what opens it, the role's name, and the span of what closes it where it is closed.</summary>
public sealed record RoleBlock(TextSpan Open, string Role, TextSpan? Close);

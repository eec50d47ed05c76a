using PromptLsp.Language.Syntax.Body;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Syntax.Dialects;

/// <summary>How the bodies of a template language are read.</summary>
public abstract class Grammar
{
    /// <summary>Reads a body into the neutral tree. Never throws; linear in the body's length.</summary>
    /// <param name="earlier">The body before an edit, of the same dialect and beginning at the same offset; taking parts of it over is allowed.</param>
    internal abstract TemplateBody Parse(SourceText text, TextSpan body, EarlierBody? earlier);

    /// <summary>Blocks that look like messages and render to nothing (<c>{{#role "x"}}</c>), for <c>block-role</c>.</summary>
    internal virtual IEnumerable<RoleBlock> BlockRoles(SourceText text, TextSpan body) => [];
}

/// <summary>A role written as a block: the span of what opens it, the role's name, and the span of what closes it where it is closed.</summary>
public sealed record RoleBlock(TextSpan Open, string Role, TextSpan? Close);

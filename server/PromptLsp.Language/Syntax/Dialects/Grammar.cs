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

/// <summary>A role written as a block.</summary>
/// <param name="Open">What opens it.</param>
/// <param name="Role">The role's name.</param>
/// <param name="End">What such a block is closed by, as one writes it.</param>
/// <param name="Close">Where it is closed; null where it is not.</param>
internal sealed record RoleBlock(TextSpan Open, string Role, string End, TextSpan? Close);

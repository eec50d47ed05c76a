using PromptLsp.Language.Text;

namespace PromptLsp.Language.Syntax.Dialects;

/// <summary>Handlebars: recognised, its block roles found, its code not read yet.</summary>
public sealed class HandlebarsDialect() : OpaqueDialect("handlebars")
{
    private const string OpenRole = "{{#role", CloseRole = "{{/role}}";

    public override IEnumerable<RoleBlock> BlockRoles(SourceText text, TextSpan body)
    {
        string content = text.Content;
        for (int at = content.IndexOf(OpenRole, body.Start, StringComparison.Ordinal); at >= 0;)
        {
            int end = content.IndexOf("}}", at, StringComparison.Ordinal);
            if (end < 0)
                yield break;
            string role = content[(at + OpenRole.Length)..end].Trim(' ', '"', '\'', '~');
            int next = content.IndexOf(OpenRole, end, StringComparison.Ordinal);
            int close = content.IndexOf(CloseRole, end, StringComparison.Ordinal);
            yield return new(TextSpan.FromBounds(at, end + 2), role, close >= 0 && (next < 0 || close < next) ? new TextSpan(close, CloseRole.Length) : null);
            at = next;
        }
    }
}

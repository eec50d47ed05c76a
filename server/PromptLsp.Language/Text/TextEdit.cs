namespace PromptLsp.Language.Text;

/// <summary>Replaces the characters of <paramref name="Span"/> by <paramref name="NewText"/>.</summary>
public sealed record TextEdit(TextSpan Span, string NewText)
{
    public static TextEdit Insert(int offset, string text) => new(new TextSpan(offset, 0), text);
}

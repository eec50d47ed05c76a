using PromptLsp.Language.Text;

namespace PromptLsp.Language.Semantics;

/// <summary>Names in the braces of other languages, which are text here: <c>{name}</c>, <c>{ name }</c>, <c>${name}</c>.</summary>
internal static class Placeholders
{
    /// <summary>Where each stands in the body; one pass.</summary>
    public static Dictionary<string, List<TextSpan>> Of(PromptModel prompt)
    {
        var found = new Dictionary<string, List<TextSpan>>(StringComparer.Ordinal);
        TextSpan body = prompt.Document.Body.Span;
        string content = prompt.Document.Text.Content;
        for (int open = body.Start - 1; (open = content.IndexOf('{', open + 1)) >= 0; )
        {
            ReadOnlySpan<char> rest = content.AsSpan(open + 1);
            int close = rest.IndexOfAny('}', '\n', '{');
            // Doubled braces, and what is escaped, are to reach the model.
            if (
                close <= 0
                || rest[close] != '}'
                || prompt.Document.Body.IslandAt(open) is not null
                || (open > body.Start && content[open - 1] == '{')
                || prompt.Document.Dialect.Grammar.IsEscaped(content, body.Start, open)
            )
                continue;
            string name = rest[..close].Trim().ToString();
            int start = open > body.Start && content[open - 1] == '$' ? open - 1 : open;
            if (!found.TryGetValue(name, out List<TextSpan>? places))
                found.Add(name, places = []);
            places.Add(TextSpan.FromBounds(start, open + close + 2));
        }
        return found;
    }
}

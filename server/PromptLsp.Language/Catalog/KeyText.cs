using System.Text;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Catalog;

/// <summary>What there is to say of a key, as Markdown: what it takes, what it means, an example.</summary>
public static class KeyText
{
    public static string Of(CatalogKey key)
    {
        var text = new StringBuilder("**").Append(key.Name).Append("** ").Append(key.ShapeText).Append("\n\n").Append(key.Meaning);
        if (Range(key) is { } range)
            text.Append(' ').Append(range);
        foreach (CatalogWord word in key.Words)
            text.Append("\n- `").Append(word.Name).Append("` ").Append(word.Meaning);
        if (key.Example is { } example)
            text.Append("\n\n").Append(Markdown.Block(example, "yaml"));
        return text.ToString();
    }

    private static string? Range(CatalogKey key) => (key.Least, key.Most ?? key.MostUsual) switch
    {
        ({ } least, { } most) => $"From {least} to {most}.",
        ({ } least, null) when least > 0 => $"At least {least}.",
        _ => null,
    };
}

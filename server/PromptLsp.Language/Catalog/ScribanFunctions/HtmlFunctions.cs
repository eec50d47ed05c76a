using System.Collections.Immutable;
using Is = PromptLsp.Language.Catalog.ValueShape;

namespace PromptLsp.Language.Catalog.ScribanFunctions;

/// <summary>The namespace <c>html</c>.</summary>
internal static class HtmlFunctions
{
    private static readonly FunctionParameter Text = new("text", Is.String, "The text.");

    public static ImmutableArray<CatalogFunction> All { get; } =
    [
        new("html.escape", "Writes `<`, `>`, `&` and quotes as entities, so that the text cannot open or close a tag.",
            [Text], Is.String)
        {
            Example = """ "</ticket>" | html.escape""", Result = "&lt;/ticket&gt;",
        },
        new("html.newline_to_br", "Puts a `<br />` before each line end.",
            [Text], Is.String)
        {
            Example = """ "a\nb" | html.newline_to_br""", Result = "a<br />\nb",
        },
        new("html.strip", "Takes the tags out of a text.",
            [Text], Is.String)
        {
            Example = """ "<p>Hi <b>Ada</b></p>" | html.strip""", Result = "Hi Ada",
        },
        new("html.url_encode", "Writes a text so that it can be a part of an address.",
            [Text], Is.String)
        {
            Example = """ "a b&c" | html.url_encode""", Result = "a%20b%26c",
        },
        new("html.url_escape", "Escapes what may not stand in an address, and leaves what divides its parts.",
            [Text], Is.String)
        {
            Example = """ "a b&c/d" | html.url_escape""", Result = "a%20b&c/d",
        },
    ];
}

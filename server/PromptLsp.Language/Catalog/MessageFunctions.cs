using System.Collections.Immutable;
using Is = PromptLsp.Language.Catalog.ValueShape;

namespace PromptLsp.Language.Catalog;

/// <summary>The functions that cut a prompt into messages. Each dialect has them, in its own spelling.</summary>
internal static class MessageFunctions
{
    public static ImmutableArray<CatalogFunction> All { get; } =
    [
        new("role", "Starts a message of a role.",
            [new("name", Is.String, "Whose message it is: system, user, model, tool or developer.")], Is.None)
        {
            Example = """role "system" """, IsMessageFunction = true,
        },
        new("history", "Stands for the conversation so far.", [], Is.None)
        {
            Example = "history", IsMessageFunction = true,
        },
        new("media", "Adds an image, a sound or another file to the message.",
            [
                new("url", Is.String, "Where the file is: an address, or a `data:` URL that holds it."),
                new("contentType", Is.String, "The file's media type, such as `image/png`.") { IsOptional = true },
            ], Is.None)
        {
            Example = "media url: photo", IsMessageFunction = true,
        },
        new("section", "Marks a place that the application fills in.",
            [new("name", Is.String, "The section's name.")], Is.None)
        {
            Example = """section "output" """, IsMessageFunction = true,
        },
    ];
}

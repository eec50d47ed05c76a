using System.Collections.Immutable;
using Is = PromptLsp.Language.Catalog.ValueShape;

namespace PromptLsp.Language.Catalog;

/// <summary>The functions that cut a prompt into messages. Each dialect has them, in its own spelling.</summary>
internal static class MessageFunctions
{
    public static ImmutableArray<CatalogFunction> All { get; } =
    [
        new("role", "Starts a message of a role.",
            [new("name", Is.String, "Whose message it is: system, user, model, tool or developer.") { Content = ParameterContent.Role }], Is.None)
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
                new("contentType", Is.String, "The file's media type, such as `image/png`.")
                {
                    IsOptional = true,
                    Words =
                    [
                        new("image/png", "a picture"),
                        new("image/jpeg", "a photograph"),
                        new("image/webp", "a picture"),
                        new("application/pdf", "a document"),
                        new("audio/mpeg", "a recording"),
                        new("audio/wav", "a recording"),
                        new("video/mp4", "a film"),
                    ],
                },
            ],
            Is.None
        )
        {
            Example = "media url: photo",
            IsMessageFunction = true,
        },
        new("section", "Marks a place that the application fills in.", [new("name", Is.String, "The section's name.")], Is.None)
        {
            Example = """section "output" """,
            IsMessageFunction = true,
        },
    ];
}

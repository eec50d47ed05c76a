using System.Collections.Immutable;
using PromptLsp.Language.Catalog;
using PromptLsp.Language.Catalog.Types;

namespace PromptLsp.Language.Semantics.Dialects.Handlebars;

/// <summary>Names that stand behind <c>@</c> without anybody declaring them, and members that values have of themselves.</summary>
internal static class HandlebarsNames
{
    public static ImmutableArray<CatalogMember> Everywhere { get; } =
    [
        new("root", "All that the prompt is given, from inside any block.", PromptType.Any),
        new("metadata", "What is known of the prompt itself.", new ObjectType(
            [
                new("prompt", PromptType.Any, Description: "The front matter's keys."),
                new("docs", PromptType.Any, Description: "The documents that the application gives."),
                new("messages", new ArrayType(PromptType.Any), Description: "The conversation so far."),
            ],
            PromptType.Any)),
    ];

    public static ImmutableArray<CatalogMember> OfLoop { get; } =
    [
        new("index", "The item's place, from 0.", PromptType.Integer),
        new("key", "The member's name, or the item's place.", PromptType.Any),
        new("first", "True for the first item.", PromptType.Boolean),
        new("last", "True for the last item.", PromptType.Boolean),
    ];

    public static ImmutableArray<CatalogMember> OfText { get; } = [new("length", "How many characters it has.", PromptType.Integer)];

    public static ImmutableArray<CatalogMember> OfList { get; } = [new("length", "How many items it has.", PromptType.Integer)];
}

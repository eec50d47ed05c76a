using System.Collections.Immutable;
using Is = PromptLsp.Language.Catalog.ValueShape;

namespace PromptLsp.Language.Catalog.HandlebarsFunctions;

/// <summary>The helpers that give a value or begin a message, and what includes a partial.</summary>
internal static class HelperFunctions
{
    public static ImmutableArray<CatalogFunction> All { get; } =
    [
        .. MessageFunctions.All.Select(f =>
            f.Name == "media"
                ? f with
                {
                    Example = "media url=photo",
                    Parameters = [.. f.Parameters.Select(p => p with { IsNamed = true })],
                    FailsOnCount = true,
                }
                : f
        ),
        new(
            "json",
            "Writes a value as JSON.",
            [
                new("value", Is.Any, "What is written."),
                new("indent", Is.Integer, "How many blanks a level is indented by; left out, all stands on one line.") { IsOptional = true, IsNamed = true },
            ],
            Is.String
        )
        {
            Example = "json customer indent=2",
            FailsOnCount = true,
        },
        new(
            "lookup",
            "Reads the member, or the item, whose name another value holds.",
            [
                new("value", Is.Array | Is.Object | Is.String | Is.Null, "The object or the list."),
                new("name", Is.String | Is.Integer, "The member's name, or the item's place from 0.") { Content = ParameterContent.MemberOfFirst },
            ],
            Is.Any
        )
        {
            Example = "lookup prices plan",
            ReturnRule = ReturnRule.ItemOfFirst,
            FailsOnCount = true,
        },
        new(
            "log",
            "Writes values to the application's log, and nothing into the prompt.",
            [
                new("values", Is.Any, "What is written.") { IsRest = true },
                new("level", Is.String, "How much it matters.")
                {
                    IsOptional = true,
                    IsNamed = true,
                    Words = [new("debug", "seldom shown"), new("info", "the usual one"), new("warn", "a warning"), new("error", "an error")],
                },
            ],
            Is.None
        )
        {
            Example = """log "seen" customer""",
        },
        new(
            ">",
            "Renders a partial in this place. It sees the subject of the place, and what it is given by name.",
            [
                new("partial", Is.String, "The partial, from this file's folder or a folder of partials.") { Content = ParameterContent.Include },
                new("subject", Is.Any, "What the partial's bare names are members of; left out, what those of this place are.") { IsOptional = true },
            ],
            Is.None
        )
        {
            Example = """> voice tone="warm" """,
            TakesOtherNames = true,
        },
    ];
}

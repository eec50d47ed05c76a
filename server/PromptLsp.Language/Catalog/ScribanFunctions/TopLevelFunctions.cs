using System.Collections.Immutable;
using Is = PromptLsp.Language.Catalog.ValueShape;

namespace PromptLsp.Language.Catalog.ScribanFunctions;

/// <summary>What stands in no namespace.</summary>
internal static class TopLevelFunctions
{
    public static ImmutableArray<CatalogFunction> All { get; } =
    [
        new("include", "Renders a partial in this place.",
            [
                new("template_name", Is.String, "The partial, from this file's folder or a folder of partials.") { Content = ParameterContent.Include },
                new("args", Is.Any, "The partial's inputs, by name.") { IsRest = true },
            ], Is.String)
        {
            Example = """include "voice" tone: "warm" """, TakesOtherNames = true,
        },
        new("include_join", "Renders several partials with something between them.",
            [
                new("template_names", Is.Array, "The partials.") { Content = ParameterContent.Includes },
                new("separator", Is.String, "What stands between two of them."),
                new("prefix", Is.String, "What stands before the first.") { IsOptional = true },
                new("suffix", Is.String, "What stands behind the last.") { IsOptional = true },
            ], Is.String)
        {
            Example = """include_join ["voice", "policy"] "\n" """,
        },
        new("empty", "Equals a list or an object with nothing in it; a text without characters does not equal it.", [], Is.Object)
        {
            Example = "[] == empty", Result = "true", IsConstant = true,
        },
        new("blank", "An object with nothing in it, which prints as nothing.", [], Is.Object)
        {
            Example = "blank", Result = "", IsConstant = true,
        },
    ];
}

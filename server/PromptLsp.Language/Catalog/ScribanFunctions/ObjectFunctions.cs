using System.Collections.Immutable;
using Is = PromptLsp.Language.Catalog.ValueShape;

namespace PromptLsp.Language.Catalog.ScribanFunctions;

/// <summary>The namespace <c>object</c>.</summary>
internal static class ObjectFunctions
{
    private static readonly FunctionParameter Any = new("value", Is.Any, "The value.");
    private static readonly FunctionParameter Object = new("value", Is.Object, "The object.");

    public static ImmutableArray<CatalogFunction> All { get; } =
    [
        new(
            "object.default",
            "Gives the value, or another one where it is null or an empty text.",
            [Any, new("default", Is.Any, "What to give instead.") { Content = ParameterContent.SameAsFirst }],
            Is.Any
        )
        {
            ReturnRule = ReturnRule.FirstOrSecond,
            Example = """null | object.default "n/a" """,
            Result = "n/a",
        },
        new("object.eval", "Runs a text as an expression; nothing from outside may reach it.", [new("value", Is.String, "The expression.")], Is.Any)
        {
            Example = """ "1 + 2" | object.eval""",
            Result = "3",
            RunsItsArgument = true,
        },
        new("object.eval_template", "Renders a text as a template; nothing from outside may reach it.", [new("value", Is.String, "The template.")], Is.String)
        {
            Example = """ "Hi {{ 1 + 2 }}" | object.eval_template""",
            Result = "Hi 3",
            RunsItsArgument = true,
        },
        new(
            "object.format",
            "Writes a number, a date or a time span by a pattern of .NET.",
            [
                new("value", Is.Number | Is.Date | Is.TimeSpan, "The value."),
                new("format", Is.String, "The pattern."),
                new("culture", Is.String, "Whose separators and names to write.") { IsOptional = true },
            ],
            Is.String
        )
        {
            Example = """255 | object.format "X4" """,
            Result = "00FF",
        },
        new("object.from_json", "Reads a text as JSON.", [new("json", Is.String, "The JSON.")], Is.Any)
        {
            Example = """(`{ "name": "Ada" }` | object.from_json).name""",
            Result = "Ada",
        },
        new(
            "object.has_key",
            "Tells whether an object has a member of a name.",
            [Object, new("key", Is.String, "The member's name.") { Content = ParameterContent.MemberOfFirst }],
            Is.Boolean
        )
        {
            Example = """{ name: "Ada" } | object.has_key "name" """,
            Result = "true",
        },
        new(
            "object.has_value",
            "Tells whether an object has a member of a name and it is not null.",
            [Object, new("key", Is.String, "The member's name.") { Content = ParameterContent.MemberOfFirst }],
            Is.Boolean
        )
        {
            Example = """{ name: null } | object.has_value "name" """,
            Result = "false",
        },
        new("object.keys", "Lists the names of an object's members.", [Object], Is.Array)
        {
            ReturnRule = ReturnRule.ArrayOfStrings,
            Example = """{ name: "Ada", tier: "pro" } | object.keys""",
            Result = """["name", "tier"]""",
        },
        new("object.kind", "Names the engine's exact type of a value, such as int, double or string.", [Any], Is.String)
        {
            Example = "1.5 | object.kind",
            Result = "double",
        },
        new(
            "object.size",
            "Counts a text's characters, a list's items or an object's members.",
            [new("value", Is.String | Is.Array | Is.Object, "The value.")],
            Is.Integer
        )
        {
            Example = "{ a: 1, b: 2 } | object.size",
            Result = "2",
        },
        new("object.to_json", "Writes a value as JSON.", [Any], Is.String)
        {
            Example = """{ name: "Ada", tags: [1, 2] } | object.to_json""",
            Result = """{"name":"Ada","tags":[1,2]}""",
        },
        new("object.typeof", "Names the type of a value: string, number, boolean, array, object, and so on.", [Any], Is.String)
        {
            Example = "1.5 | object.typeof",
            Result = "number",
        },
        new("object.values", "Lists the values of an object's members.", [Object], Is.Array)
        {
            ReturnRule = ReturnRule.ValuesOfFirst,
            Example = """{ name: "Ada", tier: "pro" } | object.values""",
            Result = """["Ada", "pro"]""",
        },
    ];
}

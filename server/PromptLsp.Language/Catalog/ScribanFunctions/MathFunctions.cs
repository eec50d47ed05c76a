using System.Collections.Immutable;
using Is = PromptLsp.Language.Catalog.ValueShape;

namespace PromptLsp.Language.Catalog.ScribanFunctions;

/// <summary>The namespace <c>math</c>.</summary>
internal static class MathFunctions
{
    private static readonly FunctionParameter Value = new("value", Is.Number, "The number.");

    public static ImmutableArray<CatalogFunction> All { get; } =
    [
        new("math.abs", "Gives a number without its sign.", [Value], Is.Number)
        {
            ReturnRule = ReturnRule.SameAsFirst,
            Example = "-3 | math.abs",
            Result = "3",
        },
        new("math.ceil", "Rounds a number up to a whole one.", [Value], Is.Number) { Example = "4.2 | math.ceil", Result = "5" },
        new("math.divided_by", "Divides; a whole divisor gives the quotient rounded down.", [Value, new("divisor", Is.Number, "What to divide by.")], Is.Number)
        {
            Example = "7 | math.divided_by 2",
            Result = "3",
        },
        new("math.floor", "Rounds a number down to a whole one.", [Value], Is.Number) { Example = "4.8 | math.floor", Result = "4" },
        new(
            "math.format",
            "Writes a number by a pattern of .NET.",
            [
                Value,
                new("format", Is.String, "The pattern: `N2` groups and two decimals, `P0` percent, `00` two digits.")
                {
                    Words = [new("N0", "1,235"), new("N2", "1,234.50"), new("F2", "1234.50"), new("P0", "12 %"), new("00", "07")],
                },
                new("culture", Is.String, "Whose separators to write.") { IsOptional = true },
            ],
            Is.String
        )
        {
            Example = """1234.5 | math.format "N2" """,
            Result = "1,234.50",
        },
        new("math.is_number", "Tells whether a value is a number; a text of digits is not.", [new("value", Is.Any, "The value.")], Is.Boolean)
        {
            Example = """ "42" | math.is_number""",
            Result = "false",
        },
        new("math.minus", "Subtracts a number.", [Value, new("with", Is.Number, "What to take away.")], Is.Number)
        {
            Example = "5 | math.minus 2",
            Result = "3",
        },
        new("math.modulo", "Gives what is left after dividing.", [Value, new("with", Is.Number, "What to divide by.")], Is.Number)
        {
            Example = "7 | math.modulo 3",
            Result = "1",
        },
        new("math.plus", "Adds two numbers.", [Value, new("with", Is.Number, "What to add.")], Is.Number) { Example = "5 | math.plus 2", Result = "7" },
        new(
            "math.random",
            "Gives a whole number by chance; previews, samples and tests always draw the same ones.",
            [new("minValue", Is.Integer, "The least that can come."), new("maxValue", Is.Integer, "One more than the greatest that can come.")],
            Is.Integer
        )
        {
            Example = "math.random 1 7",
            IsDeterministic = false,
        },
        new(
            "math.round",
            "Rounds a number, halves to the even neighbour.",
            [Value, new("precision", Is.Integer, "How many decimals to keep.") { IsOptional = true }],
            Is.Number
        )
        {
            Example = "4.567 | math.round 2",
            Result = "4.57",
        },
        new("math.times", "Multiplies two numbers.", [Value, new("with", Is.Number, "What to multiply by.")], Is.Number)
        {
            Example = "5 | math.times 2",
            Result = "10",
        },
        new("math.uuid", "Gives a new identifier of 36 characters by chance.", [], Is.String) { Example = "math.uuid", IsDeterministic = false },
    ];
}

using PromptLsp.Language.Catalog;
using PromptLsp.Language.Semantics.Dialects.Scriban;
using PromptLsp.Language.Semantics;
using PromptLsp.Language.Tests.Rendering;

namespace PromptLsp.Language.Tests.Linting;

/// <summary>What a function is said to refuse, the engine fails on; and what it is said to take, it takes.</summary>
public sealed class RefusalTests
{
    private static readonly (ValueShape Shape, string Written)[] Values =
    [
        (ValueShape.String, "\"Text\""),
        (ValueShape.Integer, "3"),
        (ValueShape.Fraction, "2.5"),
        (ValueShape.Boolean, "true"),
        (ValueShape.Array, "[\"a\", \"b\"]"),
        (ValueShape.Object, "{ a: 1 }"),
    ];

    [Fact]
    public void What_is_refused_fails()
    {
        int refused = 0;
        foreach (CatalogFunction function in Functions.Scriban.All)
        {
            foreach (FunctionParameter parameter in function.Parameters)
            {
                foreach ((ValueShape shape, string written) in Values.Where(v => Refusals.Of(function, parameter).HasFlag(v.Shape)))
                {
                    refused++;
                    IEnumerable<string> before = function.Parameters.TakeWhile(p => p != parameter).Select(p => Fitting(p.Takes));
                    IEnumerable<string> behind = function
                        .Parameters.SkipWhile(p => p != parameter)
                        .Skip(1)
                        .TakeWhile(p => p is { IsOptional: false, IsRest: false })
                        .Select(p => Fitting(p.Takes));
                    string call = $"{{{{ {function.Name}({string.Join(", ", [.. before, written, .. behind])}) }}}}";
                    Assert.True(Rendered.Render(call).Result.Failure is not null, $"{call} takes {shape}.");
                }
            }
        }
        Assert.True(refused > 150, $"Only {refused} refusals are known.");
    }

    [Theory]
    [InlineData("{{ day | date.to_string '%Y' }}", "`date.to_string` takes a date for `date`, and this is a string; `| date.parse` makes one of it")]
    [InlineData("{{ day | date.parse | date.to_string '%Y' }}", null)]
    [InlineData("{{ day | math.round 2 }}", "`math.round` takes a number for `value`, and this is a string; `| string.to_float` makes one of it")]
    [InlineData("{{ count | math.round 2 }}", null)]
    [InlineData("{{ count | array.size }}", "`array.size` takes a list for `list`, and this is an integer")]
    [InlineData("{{ day | array.size }}", null)]
    [InlineData("{{ count | string.upcase }}", null)]
    [InlineData("{{ xs | array.limit xs }}", "`array.limit` takes a whole number for `count`, and this is a list")]
    [InlineData("{{ xs | array.limit day }}", null)]
    [InlineData("{{ any | math.round }}", null)]
    [InlineData("{{ either | math.round }}", null)]
    public void An_argument_that_never_fits_is_told(string body, string? message)
    {
        const string Head =
            "---\nlint: { disable: [unused-input] }\ninput:\n  schema:\n    type: object\n    required: [day, count, xs, any, either]\n    properties: { day: { type: string }, count: { type: integer }, xs: { type: array, items: { type: string } }, any: {}, either: { type: [string, integer] } }\n---\n";
        Assert.Equal(message, Findings(Model(Head + body)).Select(f => f.Message).SingleOrDefault());
    }

    private static string Fitting(ValueShape shape) =>
        shape.HasFlag(ValueShape.String) ? "\"a\""
        : shape.HasFlag(ValueShape.Integer) ? "1"
        : shape.HasFlag(ValueShape.Array) ? "[1]"
        : shape.HasFlag(ValueShape.Object) ? "{ a: 1 }"
        : shape.HasFlag(ValueShape.Date) ? "date.now"
        : "@string.upcase";
}

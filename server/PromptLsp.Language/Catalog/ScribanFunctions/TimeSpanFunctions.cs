using System.Collections.Immutable;
using Is = PromptLsp.Language.Catalog.ValueShape;

namespace PromptLsp.Language.Catalog.ScribanFunctions;

/// <summary>The namespace <c>timespan</c>.</summary>
internal static class TimeSpanFunctions
{
    public static ImmutableArray<CatalogFunction> All { get; } =
    [
        new("timespan.from_days", "Gives so many days as a length of time.",
            [new("days", Is.Number, "How many.")], Is.TimeSpan)
        {
            Example = "(timespan.from_days 1.5).total_hours", Result = "36",
        },
        new("timespan.from_hours", "Gives so many hours as a length of time.",
            [new("hours", Is.Number, "How many.")], Is.TimeSpan)
        {
            Example = "timespan.from_hours 1.5", Result = "01:30:00",
        },
        new("timespan.from_milliseconds", "Gives so many milliseconds as a length of time.",
            [new("millis", Is.Number, "How many.")], Is.TimeSpan)
        {
            Example = "(timespan.from_milliseconds 1500).total_seconds", Result = "1.5",
        },
        new("timespan.from_minutes", "Gives so many minutes as a length of time.",
            [new("minutes", Is.Number, "How many.")], Is.TimeSpan)
        {
            Example = "timespan.from_minutes 90", Result = "01:30:00",
        },
        new("timespan.from_seconds", "Gives so many seconds as a length of time.",
            [new("seconds", Is.Number, "How many.")], Is.TimeSpan)
        {
            Example = "timespan.from_seconds 75", Result = "00:01:15",
        },
        new("timespan.parse", "Reads a text such as `1:30:00` as a length of time.",
            [new("text", Is.String, "The length of time as text.")], Is.TimeSpan)
        {
            Example = """(timespan.parse "1:30:00").total_minutes""", Result = "90",
        },
        new("timespan.zero", "No time at all.", [], Is.TimeSpan)
        {
            Example = "timespan.zero", Result = "00:00:00", IsConstant = true,
        },
    ];
}

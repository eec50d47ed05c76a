using System.Collections.Immutable;
using Is = PromptLsp.Language.Catalog.ValueShape;

namespace PromptLsp.Language.Catalog.ScribanFunctions;

/// <summary>The namespace <c>date</c>, which can itself be called.</summary>
internal static class DateFunctions
{
    private static readonly FunctionParameter Date = new("date", Is.Date, "The point in time.");

    // The date of the examples, 1 March 2026 at 14:05:09, by each.
    private static readonly ImmutableArray<CatalogWord> Patterns =
    [
        new("%F", "2026-03-01"),
        new("%d %B %Y", "01 March 2026"),
        new("%d.%m.%Y", "01.03.2026"),
        new("%m/%d/%Y", "03/01/2026"),
        new("%A", "Sunday"),
        new("%B %Y", "March 2026"),
        new("%F %R", "2026-03-01 14:05"),
        new("%R", "14:05"),
        new("%T", "14:05:09"),
        new("%Y", "2026"),
    ];

    public static ImmutableArray<CatalogFunction> All { get; } =
    [
        new("date", "Reads a text as a point in time.",
            [new("text", Is.String, "The date as text.")], Is.Date)
        {
            Example = """date "2026-03-01" """, Result = "01 Mar 2026",
        },
        new("date.add_days", "Gives the time so many days later.",
            [Date, new("days", Is.Number, "How many; negative goes back.")], Is.Date)
        {
            Example = """date.parse "2026-03-01" | date.add_days 1""", Result = "02 Mar 2026",
        },
        new("date.add_hours", "Gives the time so many hours later.",
            [Date, new("hours", Is.Number, "How many; negative goes back.")], Is.Date)
        {
            Example = """date.parse "2026-03-01" | date.add_hours 30""", Result = "02 Mar 2026",
        },
        new("date.add_milliseconds", "Gives the time so many milliseconds later.",
            [Date, new("millis", Is.Number, "How many; negative goes back.")], Is.Date)
        {
            Example = """date.parse "2026-03-01" | date.add_milliseconds 1500 | date.to_string "%T" """, Result = "00:00:01",
        },
        new("date.add_minutes", "Gives the time so many minutes later.",
            [Date, new("minutes", Is.Number, "How many; negative goes back.")], Is.Date)
        {
            Example = """date.parse "2026-03-01" | date.add_minutes 90 | date.to_string "%R" """, Result = "01:30",
        },
        new("date.add_months", "Gives the time so many months later, at the month's last day where it has fewer.",
            [Date, new("months", Is.Integer, "How many; negative goes back.")], Is.Date)
        {
            Example = """date.parse "2026-01-31" | date.add_months 1""", Result = "28 Feb 2026",
        },
        new("date.add_seconds", "Gives the time so many seconds later.",
            [Date, new("seconds", Is.Number, "How many; negative goes back.")], Is.Date)
        {
            Example = """date.parse "2026-03-01" | date.add_seconds 75 | date.to_string "%T" """, Result = "00:01:15",
        },
        new("date.add_years", "Gives the time so many years later.",
            [Date, new("years", Is.Integer, "How many; negative goes back.")], Is.Date)
        {
            Example = """date.parse "2026-03-01" | date.add_years 4""", Result = "01 Mar 2030",
        },
        new("date.default_format", "The pattern that dates are printed by unless the template sets another.", [], Is.String)
        {
            Example = "date.default_format", Result = "%d %b %Y", IsConstant = true,
        },
        new("date.format", "The pattern that dates are printed by; a template may set it.", [], Is.String)
        {
            Example = "date.format", Result = "%d %b %Y", IsConstant = true,
        },
        new("date.now", "Gives the present time; previews, samples and tests hold the clock still.", [], Is.Date)
        {
            Example = """date.now | date.to_string "%F" """, IsDeterministic = false,
        },
        new("date.parse", "Reads a text as a point in time.",
            [
                new("text", Is.String, "The date as text."),
                new("pattern", Is.String, "How it is written, such as `%d/%m/%Y`.") { IsOptional = true, Words = Patterns },
                new("culture", Is.String, "Whose names of days and months are used.") { IsOptional = true },
            ], Is.Date)
        {
            Example = """date.parse "2026-03-01" | date.to_string "%A" """, Result = "Sunday",
        },
        new("date.parse_to_string", "Writes a date that is a text by another pattern.",
            [
                new("text", Is.String, "The date as text."),
                new("output_pattern", Is.String, "How to write it.") { IsOptional = true, Words = Patterns },
                new("output_culture", Is.String, "Whose names of days and months to write.") { IsOptional = true },
                new("input_pattern", Is.String, "How it is written.") { IsOptional = true, Words = Patterns },
                new("input_culture", Is.String, "Whose names of days and months are used.") { IsOptional = true },
            ],
            Is.String
        )
        {
            Example = """date.parse_to_string "2026-03-01" "%d %B %Y" """,
            Result = "01 March 2026",
        },
        new(
            "date.to_string",
            "Writes a point in time by a pattern.",
            [
                Date,
                new(
                    "pattern",
                    Is.String,
                    "What to write: `%Y` year, `%m` month, `%d` day, `%B` month's name, `%A` weekday, `%F` 2026-03-01, `%R` 14:05, `%T` 14:05:09."
                )
                {
                    Words = Patterns,
                },
                new("culture", Is.String, "Whose names of days and months to write.") { IsOptional = true },
            ],
            Is.String
        )
        {
            Example = """date.parse "2026-03-01" | date.to_string "%d.%m.%Y" """,
            Result = "01.03.2026",
        },
        new("date.utc_now", "Gives the present time in UTC; previews, samples and tests hold the clock still.", [], Is.Date)
        {
            Example = """date.utc_now | date.to_string "%F %R" """,
            IsDeterministic = false,
        },
    ];
}

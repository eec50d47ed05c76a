using System.Collections.Immutable;
using PromptLsp.Language.Catalog.Types;

namespace PromptLsp.Language.Catalog;

/// <summary>The members that values have of themselves, without a schema: the facts of a loop, a text's size, a date's year.</summary>
public static class BuiltinMembers
{
    /// <summary>Behind <c>for.</c></summary>
    public static ImmutableArray<CatalogMember> OfFor { get; } =
    [
        new("index", "The item's place, from 0.", PromptType.Integer),
        new("rindex", "How many items are still to come.", PromptType.Integer),
        new("first", "True for the first item.", PromptType.Boolean),
        new("last", "True for the last item.", PromptType.Boolean),
        new("even", "True for the items at places 0, 2, 4, and so on.", PromptType.Boolean),
        new("odd", "True for the items at places 1, 3, 5, and so on.", PromptType.Boolean),
        new("length", "How many items there are.", PromptType.Integer),
        new("changed", "True where the item differs from the one before it.", PromptType.Boolean),
    ];

    /// <summary>Behind <c>while.</c></summary>
    public static ImmutableArray<CatalogMember> OfWhile { get; } =
    [
        new("index", "How many times the loop has gone round, from 0.", PromptType.Integer),
        new("first", "True the first time round.", PromptType.Boolean),
        new("even", "True the first, the third time, and so on.", PromptType.Boolean),
        new("odd", "True the second, the fourth time, and so on.", PromptType.Boolean),
    ];

    /// <summary>Behind <c>tablerow.</c></summary>
    public static ImmutableArray<CatalogMember> OfTableRow { get; } =
    [
        .. OfFor,
        new("col", "The cell's place in its row, from 1.", PromptType.Integer),
    ];

    /// <summary>The loop words and what stands behind each.</summary>
    public static ImmutableArray<CatalogMember> OfLoop(string loopObject) => loopObject switch
    {
        "for" => OfFor,
        "while" => OfWhile,
        "tablerow" => OfTableRow,
        _ => [],
    };

    /// <summary>The members that any value of a shape has.</summary>
    public static ImmutableArray<CatalogMember> Of(ValueShape shape) => shape switch
    {
        ValueShape.String => OfString,
        ValueShape.Array => OfArray,
        ValueShape.Date => OfDate,
        ValueShape.TimeSpan => OfTimeSpan,
        _ => [],
    };

    /// <summary>A member that any value of a shape has.</summary>
    public static CatalogMember? Find(ValueShape shape, string name)
    {
        foreach (CatalogMember member in Of(shape))
        {
            if (string.Equals(member.Name, name, StringComparison.Ordinal))
                return member;
        }
        return null;
    }

    private static readonly ImmutableArray<CatalogMember> OfString = [new("size", "How many characters it has.", PromptType.Integer)];

    private static readonly ImmutableArray<CatalogMember> OfArray = [new("size", "How many items it has.", PromptType.Integer)];

    private static readonly ImmutableArray<CatalogMember> OfDate =
    [
        new("year", "The year.", PromptType.Integer),
        new("month", "The month, from 1.", PromptType.Integer),
        new("day", "The day of the month, from 1.", PromptType.Integer),
        new("day_of_year", "The day of the year, from 1.", PromptType.Integer),
        new("day_of_week", "The weekday's English name.", PromptType.String),
        new("hour", "The hour, from 0.", PromptType.Integer),
        new("minute", "The minute, from 0.", PromptType.Integer),
        new("second", "The second, from 0.", PromptType.Integer),
        new("millisecond", "The millisecond, from 0.", PromptType.Integer),
        new("date", "The day without its time.", PromptType.Any) { Shape = ValueShape.Date },
        new("time_of_day", "The time without its day.", PromptType.Any) { Shape = ValueShape.TimeSpan },
    ];

    private static readonly ImmutableArray<CatalogMember> OfTimeSpan =
    [
        new("days", "Its whole days.", PromptType.Integer),
        new("hours", "The hours beside its whole days.", PromptType.Integer),
        new("minutes", "The minutes beside its whole hours.", PromptType.Integer),
        new("seconds", "The seconds beside its whole minutes.", PromptType.Integer),
        new("milliseconds", "The milliseconds beside its whole seconds.", PromptType.Integer),
        new("total_days", "All of it in days.", PromptType.Number),
        new("total_hours", "All of it in hours.", PromptType.Number),
        new("total_minutes", "All of it in minutes.", PromptType.Number),
        new("total_seconds", "All of it in seconds.", PromptType.Number),
        new("total_milliseconds", "All of it in milliseconds.", PromptType.Number),
    ];
}

/// <summary>A member that every value of its kind has.</summary>
public sealed record CatalogMember(string Name, string Summary, PromptType Type)
{
    /// <summary>What it is where no schema's type says it: a date, a length of time.</summary>
    public ValueShape Shape { get; init; }
}

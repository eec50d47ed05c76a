using System.Globalization;
using System.Text.RegularExpressions;
using Scriban;
using Scriban.Functions;
using Scriban.Runtime;
using Scriban.Syntax;

namespace PromptLsp.Language.Rendering.Engines.Scriban;

/// <summary>
/// <c>date</c> as Scriban has it, but the same on every machine: Scriban turns what it reads to the zone of the machine. Here a text that
/// names its zone becomes UTC, one that names none is taken as it stands, and both count as UTC from there on.
/// </summary>
internal sealed partial class SteadyDates : DateTimeFunctions
{
    /// <param name="theirs">Scriban's own.</param>
    public SteadyDates(DateTimeFunctions theirs)
    {
        // `to_string` stays ours: it looks at the format of the object that it was made for.
        foreach (string member in theirs.GetMembers().Where(m => !Contains(m)))
            SetValue(member, theirs[member], readOnly: false);
        SetValue("now", new FixedFunction(static () => RenderRun.Now), readOnly: true);
        SetValue("utc_now", new FixedFunction(static () => RenderRun.Now), readOnly: true);
        SetValue("parse", new ParseFunction(), readOnly: true);
        SetValue("parse_to_string", new ParseToStringFunction(this), readOnly: true);
    }

    public override object? Invoke(TemplateContext context, ScriptNode? callerContext, ScriptArray arguments, ScriptBlockStatement? blockStatement) =>
        arguments.Count == 1 ? Read(context, context.ObjectToString(arguments[0]), null) : base.Invoke(context, callerContext, arguments, blockStatement);

    /// <summary>A text as a point in time; null for none, and the year 1 for one that is no date, as Scriban does it.</summary>
    public static DateTime? Read(TemplateContext context, string? text, string? culture)
    {
        if (string.IsNullOrEmpty(text))
            return null;
        CultureInfo theirs = culture is null ? context.CurrentCulture : CultureInfo.GetCultureInfo(culture);
        DateTime? read = TryRead(text, theirs),
            dated = NamesDay(text) ? TryRead($"{RenderRun.Now.Year:D4} {text}", theirs) : null;
        // .NET gives a day without a year that of the machine: what can be read with a year in front as well, and is the same day, has none.
        // In `1 March` the 1 is a year to it, and the day is not written.
        if (
            dated is { } day
            && (read is not { } same || (same.Month, same.Day, same.TimeOfDay) == (day.Month, day.Day, day.TimeOfDay) && same is not { Year: 2001, Day: 1 })
        )
            return day;
        if (read is not { } time)
            return Utc(default);
        // A time alone is one of today, where the clock stands still.
        return time.Date == default && !text.Contains("0001", StringComparison.Ordinal) ? RenderRun.Now.Date + time.TimeOfDay : time;
    }

    private static DateTime? TryRead(string text, CultureInfo culture) =>
        DateTime.TryParse(
            text,
            culture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal | DateTimeStyles.NoCurrentDateDefault,
            out DateTime time
        )
            ? time
            : null;

    // A number, and a number or word beside it.
    private static bool NamesDay(string text) =>
        text.Any(char.IsDigit) && text.Split(['/', '.', '-', ' ', ','], StringSplitOptions.RemoveEmptyEntries).Length > 1;

    private static DateTime? Read(TemplateContext context, string? text, string? pattern, string? culture)
    {
        if (string.IsNullOrEmpty(text) || pattern is null)
            return Read(context, text, culture);
        (string whole, string unasked) = Completed(pattern, culture is null ? context.CurrentCulture : CultureInfo.GetCultureInfo(culture));
        if (Parse(context, text + unasked, whole, culture) is not { } time)
            return Read(context, text, culture);
        // A pattern that reads a zone gives a point in the machine's; any other gives what stands there.
        return time.Kind == DateTimeKind.Local && ReadsZone(pattern) ? time.ToUniversalTime() : Utc(time);
    }

    // What a pattern does not ask for is of today, where the clock stands still: the pattern that asks for it too, and what it is then given.
    private static (string Pattern, string Unasked) Completed(string pattern, CultureInfo culture)
    {
        bool isPercent = pattern.Contains('%', StringComparison.Ordinal);
        // One letter stands for a pattern of the culture's.
        string whole = pattern is ['m' or 'M' or 't' or 'T'] ? culture.DateTimeFormat.GetAllDateTimePatterns(pattern[0])[0] : pattern;
        ReadOnlySpan<char> asked = isPercent ? string.Concat(Percents().Matches(pattern).Select(m => m.Value[^1])) : Literals().Replace(whole, "");
        if (whole.Length < 2 || asked.ContainsAny(isPercent ? "YyGgCcDFxvs+" : "y"))
            return (whole, "");
        return asked.ContainsAny(isPercent ? "dejmbBh" : "dM")
            ? (whole + (isPercent ? " %Y" : " yyyy"), $" {RenderRun.Now.Year:D4}")
            : (whole + (isPercent ? " %Y-%m-%d" : " yyyy-MM-dd"), $" {RenderRun.Now:yyyy-MM-dd}");
    }

    [GeneratedRegex("%[-_0^#:]*[0-9]*.", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Percents();

    [GeneratedRegex("""'[^']*'|"[^"]*"|\\.""", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Literals();

    private static bool ReadsZone(string pattern) => pattern.AsSpan().ContainsAny("zZK");

    private static DateTime Utc(DateTime time) => DateTime.SpecifyKind(time, DateTimeKind.Utc);

    private static string? TextAt(ScribanContext context, ScriptArray arguments, int index) =>
        index < arguments.Count && arguments[index] is { } value ? context.ObjectToString(value) : null;

    private sealed class ParseFunction() : ScribanFunction(1, "text", "pattern", "culture")
    {
        protected override object? Invoke(ScribanContext context, ScriptNode? caller, ScriptArray arguments) =>
            Read(context, TextAt(context, arguments, 0), TextAt(context, arguments, 1), TextAt(context, arguments, 2));
    }

    private sealed class ParseToStringFunction(SteadyDates dates)
        : ScribanFunction(1, "text", "output_pattern", "output_culture", "input_pattern", "input_culture")
    {
        protected override object? Invoke(ScribanContext context, ScriptNode? caller, ScriptArray arguments)
        {
            DateTime? time = Read(context, TextAt(context, arguments, 0), TextAt(context, arguments, 3), TextAt(context, arguments, 4));
            return dates.ToString(
                time,
                TextAt(context, arguments, 1) ?? dates.Format,
                TextAt(context, arguments, 2) is { } culture ? CultureInfo.GetCultureInfo(culture) : context.CurrentCulture
            );
        }
    }
}

using System.Globalization;
using Scriban;
using Scriban.Functions;
using Scriban.Runtime;
using Scriban.Syntax;

namespace PromptLsp.Language.Rendering.Engines.Scriban;

/// <summary>
/// <c>date</c> as Scriban has it, but the same on every machine: Scriban turns what it reads to the zone of the machine. Here a text that
/// names its zone becomes UTC, one that names none is taken as it stands, and both count as UTC from there on.
/// </summary>
internal sealed class SteadyDates : DateTimeFunctions
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
        if (!DateTime.TryParse(text, theirs, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal | DateTimeStyles.NoCurrentDateDefault, out DateTime time))
            return Utc(default);
        // A time alone is one of today, where the clock stands still.
        return time.Date == default && !text.Contains("0001", StringComparison.Ordinal) ? RenderRun.Now.Date + time.TimeOfDay : time;
    }

    private static DateTime? Read(TemplateContext context, string? text, string? pattern, string? culture)
    {
        if (pattern is null || Parse(context, text, pattern, culture) is not { } time)
            return Read(context, text, culture);
        // A pattern that reads a zone gives a point in the machine's; any other gives what stands there.
        return time.Kind == DateTimeKind.Local && ReadsZone(pattern) ? time.ToUniversalTime() : Utc(time);
    }

    private static bool ReadsZone(string pattern) => pattern.AsSpan().ContainsAny("zZK");

    private static DateTime Utc(DateTime time) => DateTime.SpecifyKind(time, DateTimeKind.Utc);

    private static string? TextAt(ScribanContext context, ScriptArray arguments, int index) =>
        index < arguments.Count && arguments[index] is { } value ? context.ObjectToString(value) : null;

    private sealed class ParseFunction() : ScribanFunction(1, "text", "pattern", "culture")
    {
        protected override object? Invoke(ScribanContext context, ScriptNode? caller, ScriptArray arguments) =>
            Read(context, TextAt(context, arguments, 0), TextAt(context, arguments, 1), TextAt(context, arguments, 2));
    }

    private sealed class ParseToStringFunction(SteadyDates dates) : ScribanFunction(1, "text", "output_pattern", "output_culture", "input_pattern", "input_culture")
    {
        protected override object? Invoke(ScribanContext context, ScriptNode? caller, ScriptArray arguments)
        {
            DateTime? time = Read(context, TextAt(context, arguments, 0), TextAt(context, arguments, 3), TextAt(context, arguments, 4));
            return dates.ToString(time, TextAt(context, arguments, 1) ?? dates.Format, TextAt(context, arguments, 2) is { } culture ? CultureInfo.GetCultureInfo(culture) : context.CurrentCulture);
        }
    }
}

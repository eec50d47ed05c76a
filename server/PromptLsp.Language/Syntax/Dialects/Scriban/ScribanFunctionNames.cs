namespace PromptLsp.Language.Syntax.Dialects.Scriban;

/// <summary>
/// The builtin functions that the grammar must know to tell what was meant: those that mean nothing without an argument. What else there is to
/// know of a function is in the catalog.
/// </summary>
internal static class ScribanFunctionNames
{
    private static readonly HashSet<string> All =
    [
        .. In("array", "add add_range any compact concat contains cycle each filter first insert_at join last limit map offset remove_at"
            + " reverse size sort uniq"),
        .. In("date", "add_days add_hours add_milliseconds add_minutes add_months add_seconds add_years parse parse_to_string to_string"),
        .. In("html", "escape newline_to_br strip url_encode url_escape"),
        .. In("math", "abs ceil divided_by floor format is_number minus modulo plus random round times"),
        .. In("object", "default eval eval_template format from_json has_key has_value keys kind size to_json typeof values"),
        .. In("regex", "escape match matches replace split unescape"),
        .. In("string", "append base64_decode base64_encode capitalize capitalizewords contains downcase empty ends_with equals_ignore_case"
            + " escape handleize hmac_sha1 hmac_sha256 hmac_sha512 index_of literal lstrip md5 pad_left pad_right pluralize prepend"
            + " remove remove_first remove_last replace replace_first rstrip sha1 sha256 sha512 size slice slice1 split starts_with"
            + " strip strip_newlines to_double to_float to_int to_long truncate truncatewords upcase whitespace"),
        .. In("timespan", "from_days from_hours from_milliseconds from_minutes from_seconds parse"),
    ];

    public static bool NeedsArgument(string name) => All.Contains(name);

    /// <summary>True for a function that another one is given to.</summary>
    public static bool TakesFunction(string name) => name is "array.any" or "array.each" or "array.filter" or "array.join";

    private static IEnumerable<string> In(string space, string names) => names.Split(' ').Select(name => $"{space}.{name}");
}

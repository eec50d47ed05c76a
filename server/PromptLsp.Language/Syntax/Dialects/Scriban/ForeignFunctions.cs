using System.Collections.Immutable;

namespace PromptLsp.Language.Syntax.Dialects.Scriban;

/// <summary>What people call functions out of habit from Jinja, Liquid, Python or JavaScript, and Scriban's own that do the same.</summary>
internal static class ForeignFunctions
{
    /// <summary>The functions that do it, the likeliest first; empty where there is none.</summary>
    public static ImmutableArray<string> Find(string name) => Names(name) is { } names ? [.. names.Split(' ')] : [];

    private static string? Names(string name) => name switch
    {
        "upper" or "uppercase" or "to_upper" or "toUpper" or "toUpperCase" or "ToUpper" => "string.upcase",
        "lower" or "lowercase" or "to_lower" or "toLower" or "toLowerCase" or "ToLower" => "string.downcase",
        "trim" or "Trim" => "string.strip",
        "trimStart" or "trimLeft" or "TrimStart" => "string.lstrip",
        "trimEnd" or "trimRight" or "TrimEnd" => "string.rstrip",
        "title" or "titlecase" or "capwords" or "capitalize_words" => "string.capitalizewords",
        "len" or "length" or "count" or "size" or "Length" or "Count" => "string.size array.size object.size",
        "replace" or "replaceAll" or "Replace" => "string.replace",
        "split" or "Split" => "string.split",
        "slice" or "substring" or "substr" => "string.slice",
        "contains" or "includes" or "include?" or "Contains" => "string.contains array.contains",
        "startswith" or "startsWith" or "StartsWith" => "string.starts_with",
        "endswith" or "endsWith" or "EndsWith" => "string.ends_with",
        "append" => "string.append array.add",
        "prepend" => "string.prepend",
        "concat" => "array.concat string.append",
        "truncatechars" or "ellipsis" => "string.truncate",
        "truncate_words" or "wordtruncate" => "string.truncatewords",
        "int" or "to_int" or "parseInt" or "integer" or "to_i" => "string.to_int",
        "float" or "to_float" or "parseFloat" or "number" => "string.to_float",
        "slugify" or "slug" => "string.handleize",
        "join" or "Join" => "array.join",
        "first" or "First" => "array.first",
        "last" or "Last" => "array.last",
        "push" or "add" => "array.add",
        "reversed" or "reverse" => "array.reverse",
        "sorted" or "sort" or "sort_by" or "orderBy" => "array.sort",
        "unique" or "uniq" or "distinct" => "array.uniq",
        "take" or "limit" => "array.limit",
        "skip" or "drop" or "offset" => "array.offset",
        "pluck" or "map" => "array.map",
        "select" or "where" or "filter" => "array.filter",
        "json" or "tojson" or "to_json" or "toJson" or "toJSON" or "stringify" or "dump" or "dumps" or "jsonify" => "object.to_json",
        "fromjson" or "from_json" or "parse_json" or "loads" => "object.from_json",
        "default" or "d" or "fallback" or "coalesce" => "object.default",
        "keys" => "object.keys",
        "values" => "object.values",
        "has_key" or "hasattr" => "object.has_key",
        "type" or "typeof" or "isinstance" => "object.typeof",
        "abs" => "math.abs",
        "ceil" => "math.ceil",
        "floor" => "math.floor",
        "round" => "math.round",
        "divided_by" or "div" => "math.divided_by",
        "times" or "multiply" => "math.times",
        "minus" or "subtract" => "math.minus",
        "plus" => "math.plus",
        "modulo" => "math.modulo",
        "date" or "strftime" or "format_date" => "date.to_string",
        "now" or "today" => "date.now",
        "escape" or "e" or "h" or "escape_html" => "html.escape",
        "striptags" or "strip_html" or "strip_tags" => "html.strip",
        "urlencode" or "url_encode" or "encodeURIComponent" => "html.url_encode",
        "matches" or "test" or "match" => "regex.match",
        _ => null,
    };
}

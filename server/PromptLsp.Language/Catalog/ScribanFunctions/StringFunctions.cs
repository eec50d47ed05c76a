using System.Collections.Immutable;
using Is = PromptLsp.Language.Catalog.ValueShape;

namespace PromptLsp.Language.Catalog.ScribanFunctions;

/// <summary>The namespace <c>string</c>.</summary>
internal static class StringFunctions
{
    private static readonly FunctionParameter Text = new("text", Is.String, "The text.");
    private static readonly FunctionParameter Key = new("secretKey", Is.String, "The key.");

    public static ImmutableArray<CatalogFunction> All { get; } =
    [
        new("string.append", "Puts a text behind another.",
            [Text, new("with", Is.String, "What comes behind.")], Is.String)
        {
            Example = """ "Hi" | string.append " Ada" """, Result = "Hi Ada",
        },
        new("string.base64_decode", "Reads a text from Base64.",
            [Text], Is.String)
        {
            Example = """ "QWRh" | string.base64_decode""", Result = "Ada",
        },
        new("string.base64_encode", "Writes a text in Base64.",
            [Text], Is.String)
        {
            Example = """ "Ada" | string.base64_encode""", Result = "QWRh",
        },
        new("string.capitalize", "Makes the first letter a capital.",
            [Text], Is.String)
        {
            Example = """ "ada lovelace" | string.capitalize""", Result = "Ada lovelace",
        },
        new("string.capitalizewords", "Makes the first letter of every word a capital.",
            [Text], Is.String)
        {
            Example = """ "ada lovelace" | string.capitalizewords""", Result = "Ada Lovelace",
        },
        new("string.contains", "Tells whether a text stands in another.",
            [Text, new("value", Is.String, "What to look for.") { Content = ParameterContent.SameAsFirst }], Is.Boolean)
        {
            Example = """ "a refund, please" | string.contains "refund" """, Result = "true",
        },
        new("string.downcase", "Makes every letter small.",
            [Text], Is.String)
        {
            Example = """ "ADA" | string.downcase""", Result = "ada",
        },
        new("string.empty", "Tells whether a text has no characters.",
            [Text], Is.Boolean)
        {
            Example = """ "" | string.empty""", Result = "true",
        },
        new("string.ends_with", "Tells whether a text ends with another.",
            [Text, new("value", Is.String, "The ending.")], Is.Boolean)
        {
            Example = """ "notes.md" | string.ends_with ".md" """, Result = "true",
        },
        new("string.equals_ignore_case", "Tells whether two texts are equal but for capitals.",
            [Text, new("value", Is.String, "The other text.") { Content = ParameterContent.SameAsFirst }], Is.Boolean)
        {
            Example = """ "PRO" | string.equals_ignore_case "pro" """, Result = "true",
        },
        new("string.escape", "Writes line ends, quotes and other special characters as escapes.",
            [Text], Is.String)
        {
            Example = """ 'say "hi"' | string.escape""", Result = "say \\\"hi\\\"",
        },
        new("string.handleize", "Makes a text a short name of letters, digits and hyphens.",
            [Text], Is.String)
        {
            Example = """ "Ada & Bob, 2026" | string.handleize""", Result = "ada-bob-2026",
        },
        new("string.hmac_sha1", "Gives the SHA-1 code of a text under a key, in hexadecimal digits.",
            [Text, Key], Is.String)
        {
            Example = """ "Ada" | string.hmac_sha1 "key" """, Result = "0d266f8aae1933ab962ce7d29e5fcd2407fe58c7",
        },
        new("string.hmac_sha256", "Gives the SHA-256 code of a text under a key, in hexadecimal digits.",
            [Text, Key], Is.String)
        {
            Example = """ "Ada" | string.hmac_sha256 "key" """, Result = "c066342b76c7754f806a2b2f779b085c499fe3e4b9d920f9620c8f10911f6dbe",
        },
        new("string.hmac_sha512", "Gives the SHA-512 code of a text under a key, in hexadecimal digits.",
            [Text, Key], Is.String)
        {
            Example = """ "Ada" | string.hmac_sha512 "key" | string.slice 0 8""", Result = "c2b9c047",
        },
        new("string.index_of", "Gives the place where a text first stands in another, from 0, or -1.",
            [
                Text,
                new("search", Is.String, "What to look for."),
                new("startIndex", Is.Integer, "Where to begin.") { IsOptional = true },
                new("count", Is.Integer, "How many characters to look through.") { IsOptional = true },
                new("stringComparison", Is.String, "How to compare: `Ordinal`, `OrdinalIgnoreCase`, and so on.") { IsOptional = true },
            ],
            Is.Integer
        )
        {
            Example = """ "banana" | string.index_of "na" """,
            Result = "2",
        },
        new("string.literal", "Writes a text as a string of the template language, quotes and all.", [Text], Is.String)
        {
            Example = """ 'say "hi"' | string.literal""",
            Result = "\"say \\\"hi\\\"\"",
        },
        new("string.lstrip", "Takes the white space off the beginning.", [Text], Is.String) { Example = """ "  Ada" | string.lstrip""", Result = "Ada" },
        new("string.md5", "Gives the MD5 hash of a text in hexadecimal digits.", [Text], Is.String)
        {
            Example = """ "Ada" | string.md5""",
            Result = "1a382809b7c03f686e12dd15677c5497",
        },
        new(
            "string.pad_left",
            "Fills a text up with blanks on its left to a width.",
            [Text, new("width", Is.Integer, "How many characters it has then.")],
            Is.String
        )
        {
            Example = """ "7" | string.pad_left 3""",
            Result = "  7",
        },
        new(
            "string.pad_right",
            "Fills a text up with blanks on its right to a width.",
            [Text, new("width", Is.Integer, "How many characters it has then.")],
            Is.String
        )
        {
            Example = """ "[" + ("Ada" | string.pad_right 5) + "]" """,
            Result = "[Ada  ]",
        },
        new(
            "string.pluralize",
            "Gives the word for one or the word for many, as a number has it.",
            [new("number", Is.Number, "How many."), new("singular", Is.String, "The word for one."), new("plural", Is.String, "The word for none or many.")],
            Is.String
        )
        {
            Example = """2 | string.pluralize "ticket" "tickets" """,
            Result = "tickets",
        },
        new("string.prepend", "Puts a text in front of another.", [Text, new("by", Is.String, "What comes in front.")], Is.String)
        {
            Example = """ "Ada" | string.prepend "Hi " """,
            Result = "Hi Ada",
        },
        new("string.remove", "Takes every occurrence of a text out.", [Text, new("remove", Is.String, "What to take out.")], Is.String)
        {
            Example = """ "a-b-c" | string.remove "-" """,
            Result = "abc",
        },
        new("string.remove_first", "Takes the first occurrence of a text out.", [Text, new("remove", Is.String, "What to take out.")], Is.String)
        {
            Example = """ "a-b-c" | string.remove_first "-" """,
            Result = "ab-c",
        },
        new("string.remove_last", "Takes the last occurrence of a text out.", [Text, new("remove", Is.String, "What to take out.")], Is.String)
        {
            Example = """ "a-b-c" | string.remove_last "-" """,
            Result = "a-bc",
        },
        new(
            "string.replace",
            "Replaces every occurrence of a text by another.",
            [Text, new("match", Is.String, "What to look for."), new("replace", Is.String, "What comes in its place.")],
            Is.String
        )
        {
            Example = """ "a-b-c" | string.replace "-" "+" """,
            Result = "a+b+c",
        },
        new(
            "string.replace_first",
            "Replaces one occurrence of a text, the first or the last.",
            [
                Text,
                new("match", Is.String, "What to look for."),
                new("replace", Is.String, "What comes in its place."),
                new("fromEnd", Is.Boolean, "True for the last occurrence.") { IsOptional = true },
            ],
            Is.String
        )
        {
            Example = """ "a-b-c" | string.replace_first "-" "+" """,
            Result = "a+b-c",
        },
        new("string.rstrip", "Takes the white space off the end.", [Text], Is.String) { Example = """ "Ada  " | string.rstrip""", Result = "Ada" },
        new("string.sha1", "Gives the SHA-1 hash of a text in hexadecimal digits.", [Text], Is.String)
        {
            Example = """ "Ada" | string.sha1""",
            Result = "5c3cb098d52deb3f67e97b7fba960c4cf6880461",
        },
        new("string.sha256", "Gives the SHA-256 hash of a text in hexadecimal digits.", [Text], Is.String)
        {
            Example = """ "Ada" | string.sha256""",
            Result = "99a563ab2f6e21e96998f9fddd2a2bab82b70ac019579502b8d7fc0032ff62bb",
        },
        new("string.sha512", "Gives the SHA-512 hash of a text in hexadecimal digits.", [Text], Is.String)
        {
            Example = """ "Ada" | string.sha512 | string.slice 0 8""",
            Result = "1985df95",
        },
        new("string.size", "Counts the characters.", [Text], Is.Integer) { Example = """ "Ada" | string.size""", Result = "3" },
        new(
            "string.slice",
            "Gives a part of a text, up to its end unless a length is given.",
            [
                Text,
                new("start", Is.Integer, "Where to begin, from 0; negative counts from the end."),
                new("length", Is.Integer, "How many characters.") { IsOptional = true },
            ],
            Is.String
        )
        {
            Example = """ "support" | string.slice 3""",
            Result = "port",
        },
        new(
            "string.slice1",
            "Gives a part of a text, one character unless a length is given.",
            [
                Text,
                new("start", Is.Integer, "Where to begin, from 0; negative counts from the end."),
                new("length", Is.Integer, "How many characters.") { IsOptional = true },
            ],
            Is.String
        )
        {
            Example = """ "support" | string.slice1 0""",
            Result = "s",
        },
        new("string.split", "Cuts a text at every occurrence of another; empty parts are left out.", [Text, new("match", Is.String, "Where to cut.")], Is.Array)
        {
            ReturnRule = ReturnRule.ArrayOfStrings,
            Example = """ "a,b,c" | string.split "," """,
            Result = """["a", "b", "c"]""",
        },
        new("string.starts_with", "Tells whether a text begins with another.", [Text, new("value", Is.String, "The beginning.")], Is.Boolean)
        {
            Example = """ "support" | string.starts_with "sup" """,
            Result = "true",
        },
        new("string.strip", "Takes the white space off both ends.", [Text], Is.String) { Example = """ "  Ada  " | string.strip""", Result = "Ada" },
        new("string.strip_newlines", "Takes the line ends out.", [Text], Is.String) { Example = """ "a\nb" | string.strip_newlines""", Result = "ab" },
        new("string.to_double", "Reads a text as a number; null where it is none.", [Text], Is.Number)
        {
            Example = """ "1.5" | string.to_double""",
            Result = "1.5",
        },
        new("string.to_float", "Reads a text as a number of single precision; null where it is none.", [Text], Is.Number)
        {
            Example = """ "1.5" | string.to_float""",
            Result = "1.5",
        },
        new("string.to_int", "Reads a text as a whole number; null where it is none.", [Text], Is.Integer)
        {
            Example = """ "12" | string.to_int""",
            Result = "12",
        },
        new("string.to_long", "Reads a text as a whole number of up to 64 bits; null where it is none.", [Text], Is.Integer)
        {
            Example = """ "9000000000" | string.to_long""",
            Result = "9000000000",
        },
        new(
            "string.truncate",
            "Shortens a text to a length that counts the dots behind it.",
            [
                Text,
                new("length", Is.Integer, "The most characters to give."),
                new("ellipsis", Is.String, "What stands for the rest; three dots if not given.") { IsOptional = true },
            ],
            Is.String
        )
        {
            Example = """ "a long ticket" | string.truncate 9""",
            Result = "a long...",
        },
        new(
            "string.truncatewords",
            "Shortens a text to so many words.",
            [
                Text,
                new("count", Is.Integer, "The most words to give."),
                new("ellipsis", Is.String, "What stands for the rest; three dots if not given.") { IsOptional = true },
            ],
            Is.String
        )
        {
            Example = """ "a long ticket text" | string.truncatewords 2""",
            Result = "a long...",
        },
        new("string.upcase", "Makes every letter a capital.", [Text], Is.String) { Example = """ "ada" | string.upcase""", Result = "ADA" },
        new("string.whitespace", "Tells whether a text has no characters but white space.", [Text], Is.Boolean)
        {
            Example = """ " " | string.whitespace""",
            Result = "true",
        },
    ];
}

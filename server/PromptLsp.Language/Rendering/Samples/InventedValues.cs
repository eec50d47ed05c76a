using PromptLsp.Language.Catalog.Types;
using PromptLsp.Language.Semantics;

namespace PromptLsp.Language.Rendering.Samples;

/// <summary>Invents a value where there is no sample: always the same, and believable by its name and type.</summary>
public static class InventedValues
{
    private const int Items = 2;

    // A type that holds itself ends here, and one that branches too widely a little earlier.
    private const int Deepest = 6;
    private const int Most = 1_000;

    public static object? Of(string name, PromptType type)
    {
        int left = Most;
        return Of(name, type, 0, 0, ref left);
    }

    /// <param name="number">Which item of a list this is, from 0, so that two items differ.</param>
    private static object? Of(string name, PromptType type, int number, int depth, ref int left)
    {
        if (--left < 0)
            return null;
        switch (type)
        {
            case ScalarType scalar:
                return OfScalar(name, scalar.Kind, number);
            case EnumType choice:
                return choice.Values.IsEmpty ? null : choice.Values[number % choice.Values.Length];
            case ArrayType array:
                var items = new List<object?>(Items);
                for (int i = 0; i < Items && depth < Deepest; i++)
                    items.Add(Of(Singular(name), array.Item, i, depth + 1, ref left));
                return items;
            case ObjectType o:
                var members = new Dictionary<string, object?>(StringComparer.Ordinal);
                if (depth < Deepest)
                {
                    foreach (Field field in o.Fields)
                        members[field.Name] = Of(field.Name, field.Type, number, depth + 1, ref left);
                }
                return members;
            case UnionType union:
                return Of(name, union.Options.FirstOrDefault(o => !o.Equals(PromptType.Null)) ?? PromptType.Null, number, depth, ref left);
            default:
                return null;
        }
    }

    private static object? OfScalar(string name, ScalarKind kind, int number) => kind switch
    {
        ScalarKind.String or ScalarKind.Any => Text(name, number),
        ScalarKind.Integer => Whole(name) + number,
        ScalarKind.Number => Number(name) + number,
        ScalarKind.Boolean => number == 0,
        _ => null,
    };

    private static string Text(string name, int number)
    {
        string word = LastWord(name);
        return (word, number) switch
        {
            ("name" or "firstname" or "user" or "customer" or "author" or "person" or "recipient" or "sender" or "owner" or "assignee", _) => NameOf(
                name,
                number
            ),
            ("lastname" or "surname", 0) => "Lovelace",
            ("lastname" or "surname", _) => "Hopper",
            ("email" or "mail", 0) => "ada@example.com",
            ("email" or "mail", _) => "grace@example.com",
            ("url" or "link" or "href" or "website" or "uri", _) => $"https://example.com/{number + 1}",
            ("image" or "photo" or "picture" or "avatar" or "screenshot", _) => $"https://example.com/{word}-{number + 1}.png",
            ("phone" or "telephone", _) => $"+1 555 010{number}",
            ("date" or "day" or "birthday" or "deadline", _) => $"2024-02-{28 + number}",
            ("time", _) => number == 0 ? "09:30" : "16:45",
            ("timestamp" or "at" or "datetime", _) => $"2024-02-{28 + number}T09:30:00Z",
            ("id" or "uuid" or "key" or "ref" or "reference", _) => $"A-{1042 + number}",
            ("language" or "lang", 0) => "English",
            ("language" or "lang", _) => "French",
            ("locale", 0) => "en-US",
            ("locale", _) => "fr-FR",
            ("country", 0) => "Norway",
            ("country", _) => "Japan",
            ("city" or "town" or "location" or "place", 0) => "Oslo",
            ("city" or "town" or "location" or "place", _) => "Kyoto",
            ("address" or "street", _) => $"{12 + number} Harbour Road",
            ("company" or "organization" or "organisation" or "brand" or "team", 0) => "Kestrel",
            ("company" or "organization" or "organisation" or "brand" or "team", _) => "Wren",
            ("title" or "subject" or "headline", 0) => "A quiet morning",
            ("title" or "subject" or "headline", _) => "A long evening",
            ("question" or "query", 0) => "How does this work?",
            ("question" or "query", _) => "What does it cost?",
            ("price" or "cost" or "amount" or "total", _) => number == 0 ? "19.90" : "5.50",
            ("currency", _) => number == 0 ? "EUR" : "USD",
            ("status" or "state", _) => number == 0 ? "open" : "done",
            ("color" or "colour", _) => number == 0 ? "blue" : "green",
            ("tone" or "style" or "mood", _) => number == 0 ? "warm" : "plain",
            ("file" or "path" or "filename", _) => number == 0 ? "notes.txt" : "plan.md",
            ("code" or "snippet" or "source", _) => number == 0 ? "print(\"hello\")" : "return 42",
            ("diff" or "patch", _) => "-old line\n+new line",
            ("json", _) => "{ \"id\": 1 }",
            _ => number == 0 ? $"‹{name}›" : $"‹{name} {number + 1}›",
        };
    }

    // "product name" is no person's.
    private static string NameOf(string name, int number)
    {
        string[] words = Words(name);
        bool isPerson =
            words.Length < 2
            || words[^2]
                is "user"
                    or "customer"
                    or "first"
                    or "full"
                    or "person"
                    or "author"
                    or "sender"
                    or "recipient"
                    or "client"
                    or "contact"
                    or "owner"
                    or "your"
                    or "display"
                    or "patient"
                    or "student"
                    or "candidate"
                    or "assistant"
                    or "agent";
        return !isPerson
            ? number == 0
                ? $"‹{name}›"
                : $"‹{name} {number + 1}›"
            : number == 0
                ? "Ada"
                : "Grace";
    }

    private static long Whole(string name) => LastWord(name) switch
    {
        "year" or "since" => 2024,
        "age" => 36,
        "month" or "count" or "limit" or "quantity" or "level" or "rating" => 3,
        "percent" or "percentage" => 40,
        "max" or "words" or "length" => 100,
        _ => 2,
    };

    private static double Number(string name) => LastWord(name) switch
    {
        "price" or "cost" or "amount" or "total" => 19.9,
        "score" or "confidence" or "ratio" or "probability" => 0.8,
        "rating" => 4.5,
        "latitude" or "lat" => 59.9,
        "longitude" or "lng" or "lon" => 10.7,
        "temperature" => 21.5,
        _ => 2.5,
    };

    private static string LastWord(string name)
    {
        string[] words = Words(name);
        return words.Length == 0 ? "" : words[^1] is "name" && words.Length > 1 && words[^2] is "first" or "last" ? words[^2] + "name" : words[^1];
    }

    // user_name, userName and user-name are two words.
    private static string[] Words(string name)
    {
        var words = new List<string>();
        int start = 0;
        for (int i = 0; i <= name.Length; i++)
        {
            bool isBreak = i == name.Length || name[i] is '_' or '-' or '.' or ' ';
            if (!isBreak && !(i > start && char.IsUpper(name[i]) && !char.IsUpper(name[i - 1])))
                continue;
            if (i > start)
                words.Add(name[start..i].ToLowerInvariant());
            start = isBreak ? i + 1 : i;
        }
        return [.. words];
    }

    private static string Singular(string name) =>
        name.EndsWith("ies", StringComparison.Ordinal) && name.Length > 4 ? name[..^3] + "y"
        : name.EndsWith('s') && !name.EndsWith("ss", StringComparison.Ordinal) && name.Length > 2 ? name[..^1]
        : name;
}

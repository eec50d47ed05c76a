using PromptLsp.Language.Catalog.Types;
using PromptLsp.Language.Syntax;
using PromptLsp.Language.Syntax.Yaml;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Semantics.Schemas;

/// <summary>Holds written values against types: each problem stands at the value that does not fit.</summary>
public sealed class Conformance
{
    private const int MostProblems = 100;

    // Unions multiply: what is still unchecked after this many steps passes.
    private const int MostSteps = 1_000_000;

    private int _steps;

    // Where a value is written, its place says in what it lies.
    private bool _hasPlaces = true;

    private Conformance()
    {
    }

    /// <param name="name">What the value is called in messages.</param>
    /// <param name="place">What is blamed where the value itself is not written, or something is missing in it.</param>
    public static IEnumerable<Problem> Problems(YamlNode value, PromptType type, string name, TextSpan place) =>
        new Conformance().Check(value, type, name, place).Take(MostProblems);

    /// <summary>Checks a set of inputs; those of <paramref name="given"/> need not be in it, since they come from elsewhere.</summary>
    public static IEnumerable<Problem> OfInputs(YamlMapping values, ObjectType inputs, TextSpan place, Func<string, bool> given) =>
        new Conformance().Members(values, inputs, Inputs, place, given).Take(MostProblems);

    /// <summary>The same for inputs that stand in no file: messages then say where in them a value is, as in <c>customer.tier</c>.</summary>
    public static IEnumerable<Problem> OfUnwrittenInputs(YamlMapping values, ObjectType inputs) =>
        new Conformance { _hasPlaces = false }.Members(values, inputs, Inputs, default, static _ => true).Take(MostProblems);

    private const string Inputs = "inputs";

    private string NameOf(string member, string outer) => _hasPlaces || outer == Inputs ? member : $"{outer}.{member}";

    private IEnumerable<Problem> Check(YamlNode value, PromptType type, string name, TextSpan place)
    {
        YamlNode? resolved = value.Resolved();
        TextSpan span = value.Span.IsEmpty ? place : value is YamlAlias ? value.Span : resolved!.Span;
        if (resolved is null || type.IsAny || ++_steps > MostSteps)
            return [];
        return type switch
        {
            EnumType choice => Choice(resolved, choice, name, span),
            ScalarType scalar => Fits(resolved, scalar.Kind) ? [] : [Mismatch(resolved, scalar, name, span)],
            ArrayType array when resolved is YamlSequence list => list.Items.SelectMany((item, i) => Check(item, array.Item, $"{name}[{i}]", span)),
            ObjectType o when resolved is YamlMapping map => Members(map, o, name, place, static _ => false),
            UnionType union => Union(value, union, name, span),
            _ => [new(FirstOf(resolved, span), $"`{name}` must be {Article(type)}, and this is {What(resolved)}")],
        };
    }

    private IEnumerable<Problem> Members(YamlMapping map, ObjectType type, string name, TextSpan place, Func<string, bool> given)
    {
        Dictionary<string, Field> fields = Named(type);
        HashSet<string> written = map.Entries.Select(e => e.Key.Value).ToHashSet(StringComparer.Ordinal);
        List<Field> missing = [.. type.Fields.Where(f => !f.IsOptional && !f.Type.IsAny && !written.Contains(f.Name) && !given(f.Name))];
        List<string> missed = missing.ConvertAll(f => f.Name);
        string[] unknown = [.. map.Entries.Select(e => e.Key.Value).Where(k => !fields.ContainsKey(k)).Take(MostProblems)];
        foreach (YamlEntry entry in map.Entries)
        {
            if (fields.TryGetValue(entry.Key.Value, out Field? field))
            {
                if (field.IsOptional && entry.Value.Resolved() is { } v && v.IsNull())
                    continue;
                foreach (Problem problem in Check(entry.Value, field.Type, NameOf(field.Name, name), entry.Key.Span))
                    yield return problem;
            }
            else if (type.Others is { } others)
            {
                foreach (Problem problem in Check(entry.Value, others, NameOf(entry.Key.Value, name), entry.Key.Span))
                    yield return problem;
            }
            else if (!type.ToleratesOthers || Spelling.Nearest(entry.Key.Value, missed) is not null)
            {
                string? meant =
                    Spelling.Nearest(entry.Key.Value, missed)
                    ?? Spelling.Nearest(entry.Key.Value, type.Fields.Select(f => f.Name).Where(f => !written.Contains(f)));
                yield return new(entry.Key.Span, $"{Capital(name)} no `{entry.Key.Value}`" + (meant is not null ? $"; did you mean `{meant}`?" : Listed(type)))
                {
                    Repair = meant is null ? null : Repair.ChangeTo(meant, entry.Key.Span) with { IsSafe = IsTheOnly(entry.Key.Value, meant, type, map) },
                };
            }
        }
        foreach (Field lacking in missing)
        {
            if (unknown.Any(u => Spelling.AreNear(u, lacking.Name)))
                continue;
            yield return new LackingMember(
                place,
                name == Inputs ? $"the input `{lacking.Name}` is required, and nothing is given for it here" : $"`{name}` lacks its `{lacking.Name}`",
                map,
                lacking
            );
        }
    }

    private static Dictionary<string, Field> Named(ObjectType type)
    {
        var fields = new Dictionary<string, Field>(type.Fields.Length, StringComparer.Ordinal);
        foreach (Field field in type.Fields)
            fields.TryAdd(field.Name, field);
        return fields;
    }

    // Nothing else could be meant by it, and nothing else means that.
    private static bool IsTheOnly(string key, string meant, ObjectType type, YamlMapping map) =>
        Spelling.IsSure(key, meant, type.Fields.Select(f => f.Name).Where(f => map.Find(f) is null))
        && map.Entries.Count(e => e.Key.Value == meant || (type.Find(e.Key.Value) is null && Spelling.AreNear(e.Key.Value, meant))) == 1;

    private static string Capital(string name) => name == Inputs ? "there is" : $"`{name}` has";

    private static string Listed(ObjectType type) => type.Fields.IsEmpty ? "" : "; there " + (type.Fields.Length == 1 ? "is " : "are ")
        + string.Join(", ", type.Fields.Take(6).Select(f => $"`{f.Name}`")) + (type.Fields.Length > 6 ? ", …" : "");

    private static IEnumerable<Problem> Choice(YamlNode value, EnumType choice, string name, TextSpan span)
    {
        string? said = value is YamlScalar scalar ? scalar.IsNull() ? "null" : scalar.Value : null;
        if (said is not null && choice.Values.Contains(said, StringComparer.Ordinal))
            return [];
        string? meant = said is null ? null : Spelling.Nearest(said, choice.Values);
        string allowed = string.Join(", ", choice.Values.Take(8).Select(v => $"`{v}`")) + (choice.Values.Length > 8 ? ", …" : "");
        return [new(FirstOf(value, span), $"`{name}` must be one of {allowed}" + (meant is null ? "" : $"; did you mean `{meant}`?"))
        {
            Repair = meant is null ? null : Repair.ChangeTo(meant, span) with { IsSafe = Spelling.IsSure(said!, meant, choice.Values) },
        }];
    }

    private IEnumerable<Problem> Union(YamlNode value, UnionType union, string name, TextSpan span)
    {
        var found = new List<(PromptType Option, List<Problem> Problems)>(union.Options.Length);
        foreach (PromptType option in union.Options)
        {
            List<Problem> problems = [.. Check(value, option, name, span).Take(MostProblems)];
            if (problems.Count == 0)
                return [];
            found.Add((option, problems));
        }
        // Where one option alone is of the value's kind, what it lacks is what the author wants to know.
        YamlNode resolved = value.Resolved()!;
        var alike = found.FindAll(f => resolved is YamlMapping ? f.Option is ObjectType : resolved is YamlSequence && f.Option is ArrayType);
        return alike is [var only]
            ? only.Problems
            : [new(FirstOf(resolved, span), $"`{name}` must be {string.Join(" or ", union.Options.Select(Article))}, and this is {What(resolved)}")];
    }

    private static bool Fits(YamlNode value, ScalarKind kind) => value is YamlScalar scalar && (kind, scalar.Meaning()) switch
    {
        (ScalarKind.String, string) => true,
        (ScalarKind.Number, long or double) => true,
        (ScalarKind.Integer, long) => true,
        (ScalarKind.Integer, double number) => double.IsInteger(number),
        (ScalarKind.Boolean, bool) => true,
        (ScalarKind.Null, null) => true,
        _ => false,
    };

    private static Problem Mismatch(YamlNode value, ScalarType type, string name, TextSpan span)
    {
        if (value is not YamlScalar scalar)
            return new(FirstOf(value, span), $"`{name}` must be {Article(type)}, and this is {What(value)}");
        if (scalar.Meaning() is null && type.Kind != ScalarKind.Null)
            return new(span, $"`{name}` must be {Article(type)}, and nothing is given for it");
        if (type.Kind == ScalarKind.String)
            return new(span, $"`{name}` must be text, and `{Excerpt.Of(scalar.Value)}` is {What(value)}; put it in quotes")
            {
                Repair = new("Put it in quotes", new(span, $"\"{scalar.Value}\"")) { IsSafe = true },
            };
        string? truth =
            type.Kind == ScalarKind.Boolean
                ? scalar.Value.ToLowerInvariant() switch
                {
                    "yes" or "on" or "y" or "true" => "true",
                    "no" or "off" or "n" or "false" => "false",
                    _ => null,
                }
                : null;
        if (truth is not null)
            return new(span, $"`{name}` must be `true` or `false`; did you mean `{truth}`?") { Repair = Repair.ChangeTo(truth, span) };
        if (!scalar.IsPlain && new YamlScalar(span, scalar.Value, true) is var bare && Fits(bare, type.Kind))
            return new(span, $"`{name}` must be {Article(type)}, and this is text; take the quotes away")
            {
                Repair = new("Take the quotes away", new(span, scalar.Value)) { IsSafe = true },
            };
        return new(span, $"`{name}` must be {Article(type)}, and `{Excerpt.Of(scalar.Value)}` is {What(value)}");
    }

    private static string Article(PromptType type) => type switch
    {
        ScalarType { Kind: ScalarKind.String } => "text",
        ScalarType { Kind: ScalarKind.Number } => "a number",
        ScalarType { Kind: ScalarKind.Integer } => "a whole number",
        ScalarType { Kind: ScalarKind.Boolean } => "`true` or `false`",
        ScalarType { Kind: ScalarKind.Null } => "null",
        ArrayType => "a list",
        ObjectType => "a map",
        EnumType choice => "one of " + string.Join(", ", choice.Values.Take(8)),
        _ => type.Display,
    };

    private static string What(YamlNode value) => value switch
    {
        YamlMapping => "a map",
        YamlSequence => "a list",
        YamlScalar scalar => scalar.Meaning() switch
        {
            null => "null",
            bool => "a boolean",
            long => "a number",
            double => "a number",
            _ => "text",
        },
        _ => "something else",
    };

    // A map or list may be long: its first entry is enough to point at.
    private static TextSpan FirstOf(YamlNode node, TextSpan span) => span != node.Span ? span : node switch
    {
        YamlMapping { Entries: [var first, ..] } when node.Span.Length > 60 => first.Key.Span,
        YamlSequence { Items: [var first, ..] } when node.Span.Length > 60 => FirstOf(first, first.Span),
        _ => span,
    };
}

/// <summary>A map of values that does without what its schema requires.</summary>
public sealed record LackingMember(TextSpan Span, string Message, YamlMapping Map, Field Member) : Problem(Span, Message);

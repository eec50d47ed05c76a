using PromptLsp.Language.Catalog;
using PromptLsp.Language.Syntax.Yaml;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Linting;

/// <summary>Holds a tree of YAML against the catalog's keys: keys that nothing reads, values that no key takes.</summary>
public static class KeyFindings
{
    /// <summary>Keys within a slip of one that is read. Any other key is the user's own, as are those with a dot in them.</summary>
    public static IEnumerable<Finding> UnknownKeys(CatalogKey root, YamlMapping map)
    {
        foreach (Finding finding in UnknownIn(root, map))
            yield return finding;
        foreach ((CatalogKey key, _, YamlNode value) in Keys.Walk(root, map))
        {
            if (value is not YamlMapping inner)
                continue;
            foreach (Finding finding in UnknownIn(key, inner))
                yield return finding;
        }
    }

    private static IEnumerable<Finding> UnknownIn(CatalogKey key, YamlMapping map)
    {
        if (key.Members.IsEmpty)
            yield break;
        HashSet<string> written = map.Entries.Select(e => e.Key.Value).ToHashSet(StringComparer.Ordinal);
        string[] unwritten = [.. key.Members.Select(m => m.Name).Where(m => !written.Contains(m))];
        foreach (YamlEntry entry in map.Entries)
        {
            string name = entry.Key.Value;
            if (key.Under(name) is not null || name.Contains('.', StringComparison.Ordinal) || Ordinary.Contains(name))
                continue;
            if (Deeper(key, name) is { } deeper)
            {
                yield return new(
                    entry.Key.Span,
                    $"nothing reads `{name}` here; {(deeper == name ? $"`{deeper}` belongs under `config`" : $"did you mean `{deeper}`, under `config`?")}"
                )
                {
                    Fixes =
                        written.Contains("config") || entry.Value is not YamlScalar { IsPlain: true }
                            ? []
                            : [new($"Put `{deeper}` under `config`", new TextEdit(entry.Key.Span, $"config:\n  {deeper}"))],
                };
                continue;
            }
            if (ReferenceEquals(key, Keys.Workspace) && LostItsIndent(map, entry) is { } lost)
            {
                yield return lost;
                continue;
            }
            if (Spelling.Nearest(name, unwritten) is not { } meant || (key.TakesOtherKeys && !Spelling.AreNear(name, meant)))
                continue;
            string told = key.TakesOtherKeys ? $"`{name}` goes to the model as it is" : $"nothing reads `{name}`";
            yield return new(entry.Key.Span, $"{told}; did you mean `{meant}`?")
            {
                Fixes = key.TakesOtherKeys ? [Fix.ChangeTo(meant, entry.Key.Span)] : Fix.ChangeToMeant(name, meant, unwritten, entry.Key.Span),
            };
        }
    }

    // `context:` with nothing under it, and the variable at the margin.
    private static Finding? LostItsIndent(YamlMapping map, YamlEntry entry)
    {
        YamlEntry? before = map.Entries.TakeWhile(e => e != entry).LastOrDefault();
        return before?.Value.IsNull() == true && Keys.Workspace.Under(before.Key.Value) is not null
            ? new(entry.Key.Span, $"nothing reads `{entry.Key.Value}`; indent it if it belongs to `{before.Key.Value}`")
            : null;
    }

    // Words that are like a key of ours, and are their own.
    private static readonly HashSet<string> Ordinary = new[] { "example", "examples", "mode", "modes", "meta", "limit", "named", "names" }.ToHashSet(
        StringComparer.Ordinal
    );

    // `temperature` at the top.
    private static string? Deeper(CatalogKey key, string name)
    {
        if (key.Find("config") is not { } config || config.Members.IsEmpty || !ReferenceEquals(key, Keys.FrontMatter))
            return null;
        string? meant = config.Members.Any(m => m.Name == name) ? name : Spelling.Nearest(name, config.Members.Select(m => m.Name));
        return
            meant is not null
            && (meant == name || Spelling.AreNear(name, meant))
            && Spelling.Nearest(name, key.Members.Select(m => m.Name)) is var above
            && (above is null || Spelling.Distance(name, meant) < Spelling.Distance(name, above))
            ? meant
            : null;
    }

    /// <summary>Values of a wrong kind, numbers out of range, words that no key takes.</summary>
    /// <param name="inputs">The names that stand for inputs; null where they are not known.</param>
    public static IEnumerable<Finding> InvalidValues(SourceText text, CatalogKey root, YamlMapping map, IReadOnlyCollection<string>? inputs)
    {
        foreach ((CatalogKey key, YamlEntry? entry, YamlNode written) in Keys.Walk(root, map))
        {
            if (written.Resolved() is not { } value || key.Takes(KeyShape.Anything) || value.IsNull() || value.IsFilledIn())
                continue;
            // Another tool may use a key of ours, at the top, in a way of its own.
            Severity most = key.IsOurs && entry is not null && ReferenceEquals(root.Find(entry.Key.Value), key) ? Severity.Warning : Severity.Off;
            if (Shape(text, key, value, entry) is { } shape)
                yield return shape with
                {
                    Severity = most,
                };
            else if (
                key.Content != KeyContent.Schema
                && value is YamlScalar scalar
                && (Number(key, scalar, Name(key, entry)) ?? Word(key, scalar, Name(key, entry)) ?? Content(key, scalar, inputs)) is { } finding
            )
                yield return finding;
        }
    }

    private static string Name(CatalogKey key, YamlEntry? entry) => entry?.Key.Value ?? key.Name;

    private static Finding? Shape(SourceText text, CatalogKey key, YamlNode value, YamlEntry? entry)
    {
        string name = Name(key, entry);
        return value switch
        {
            YamlMapping when !key.Takes(KeyShape.Map) => new(text.FirstLineOf(value.Span), $"`{name}` must be {Wanted(key)}, and this is a map"),
            YamlSequence when !key.Takes(KeyShape.List) => new(text.FirstLineOf(value.Span), $"`{name}` must be {Wanted(key)}, and this is a list"),
            YamlScalar when (key.Shape & ~(KeyShape.Map | KeyShape.List)) == KeyShape.None => new(
                text.FirstLineOf(value.Span),
                $"`{name}` must be {Wanted(key)}, and this is a single value"
            )
            {
                Fixes =
                    key.Takes(KeyShape.List) && !key.Each!.Takes(KeyShape.Map) && text.LineAt(value.Span.Start) == text.LineAt(value.Span.End)
                        ? [new Fix("Make it a list", new TextEdit(value.Span, $"[{text[value.Span]}]"))]
                        : [],
            },
            _ => null,
        };
    }

    private static string Wanted(CatalogKey key) =>
        string.Join(" or ", new[]
        {
            key.Takes(KeyShape.Text) ? "text" : null,
            key.Takes(KeyShape.Number) ? "a number" : null,
            key.Takes(KeyShape.Integer) ? "a whole number" : null,
            key.Takes(KeyShape.Boolean) ? "`true` or `false`" : null,
            key.Takes(KeyShape.List) ? "a list" : null,
            key.Takes(KeyShape.Map) ? "a map" : null,
        }.OfType<string>());

    private static Finding? Number(CatalogKey key, YamlScalar scalar, string name)
    {
        if (!key.Takes(KeyShape.Number | KeyShape.Integer) || key.Takes(KeyShape.Text))
            return null;
        if (scalar.Meaning() is not (long or double))
        {
            bool isQuoted = !scalar.IsPlain && new YamlScalar(scalar.Span, scalar.Value, true).Meaning() is long or double;
            return new(
                scalar.Span,
                isQuoted
                    ? $"`{name}` must be {Wanted(key)}, and this is text; take the quotes away"
                    : $"`{name}` must be {Wanted(key)}, not `{Excerpt.Of(scalar.Value)}`"
            )
            {
                Fixes = isQuoted ? [new Fix("Take the quotes away", new TextEdit(scalar.Span, scalar.Value)) { IsSafe = true }] : [],
            };
        }
        double number = Convert.ToDouble(scalar.Meaning(), System.Globalization.CultureInfo.InvariantCulture);
        if (key.Takes(KeyShape.Integer) && !double.IsInteger(number))
            return new(scalar.Span, $"`{name}` must be a whole number, not `{scalar.Value}`");
        if (number < key.Least || number > key.Most || double.IsNaN(number))
            return new(
                scalar.Span,
                $"`{name}` must be {(key.Most is { } most ? $"between {key.Least ?? 0} and {most}" : $"{key.Least} or more")}, not {scalar.Value}"
            );
        return number > key.MostUsual
            ? new(scalar.Span, $"`{name}` is {scalar.Value}, and models take at most {key.MostUsual}") { Severity = Severity.Warning }
            : null;
    }

    private static Finding? Word(CatalogKey key, YamlScalar scalar, string name)
    {
        if (
            key.Words.IsEmpty
            || key.Words.Any(w => string.Equals(w.Name, scalar.Value, StringComparison.Ordinal))
            || (key.Takes(KeyShape.Boolean) && scalar.Meaning() is bool)
        )
            return null;
        string? meant = Spelling.Nearest(scalar.Value, key.Words.Select(w => w.Name));
        if (meant is null && key.TakesOtherWords)
            return null;
        string all = string.Join(", ", key.Words.Select(w => $"`{w.Name}`"));
        return new(scalar.Span, $"`{name}` cannot be `{Excerpt.Of(scalar.Value)}`; " + (meant is null ? $"it is one of {all}" : $"did you mean `{meant}`?"))
        {
            Fixes = Fix.ChangeToOneOf(scalar.Value, key.Words.Select(w => w.Name), meant, scalar.Span, most: 4),
        };
    }

    private static Finding? Content(CatalogKey key, YamlScalar scalar, IReadOnlyCollection<string>? inputs)
    {
        switch (key.Content)
        {
            case KeyContent.Rule when Rules.Find(scalar.Value) is null:
                return Unknown(scalar, "there is no rule", Rules.All.Select(r => r.Id)) with { Severity = Severity.Warning };
            case KeyContent.Role when Roles.Find(scalar.Value) is null:
                return Unknown(scalar, "there is no role", Roles.All.Select(r => r.Name));
            case KeyContent.InputName when inputs?.Contains(scalar.Value) == false:
                return Unknown(scalar, "there is no input", inputs);
            case KeyContent.Regex when Patterns.FaultIn(scalar.Value) is { } fault:
                return new(scalar.Span, $"this regular expression cannot be read: {fault}");
            default:
                return null;
        }
    }

    private static Finding Unknown(YamlScalar scalar, string what, IEnumerable<string> known)
    {
        string? meant = Spelling.Nearest(scalar.Value, known);
        return new(scalar.Span, $"{what} `{Excerpt.Of(scalar.Value)}`" + (meant is null ? "" : $"; did you mean `{meant}`?"))
        {
            Fixes = Fix.ChangeToMeant(scalar.Value, meant, known, scalar.Span),
        };
    }
}

using System.Collections.Immutable;
using PromptLsp.Language.Semantics;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Navigation;

/// <summary>Gives a thing another name everywhere in its prompt.</summary>
public static class Renames
{
    /// <summary>What can be renamed at a place, or why it cannot; null where there is no name.</summary>
    public static (NamedThing Thing, string? Refusal)? Prepare(PromptModel prompt, int offset) => Names.At(prompt, offset) switch
    {
        null => null,
        { Kind: ThingKind.Builtin } builtin => (builtin, $"`{builtin.Name}` is a word of the template language."),
        { Kind: ThingKind.Context } context => (context, $"`{context.Name}` is a context variable of the whole workspace; rename it where it is declared{(context.Definition?.Path is { } path ? $", in {path}" : "")}."),
        { } thing => (thing, null),
    };

    /// <summary>The edits that rename it, or why it cannot have that name.</summary>
    public static (ImmutableArray<TextEdit> Edits, string? Refusal) To(PromptModel prompt, NamedThing thing, string name)
    {
        if (thing.Kind != ThingKind.Sample && !IsName(name))
            return ([], $"`{name}` is no name: letters, digits and `_`, not a digit first.");
        if (thing.Kind == ThingKind.Sample && (name.Length == 0 || name.Any(c => !char.IsLetterOrDigit(c) && c is not ('_' or '-' or '.'))))
            return ([], $"`{name}` is no name for a sample: letters, digits, `-`, `_` and `.`.");
        if (Clash(prompt, thing, name) is { } clash)
            return ([], clash);
        return ([.. thing.Occurrences.Select(o => new TextEdit(o.Span, name))], null);
    }

    private static string? Clash(PromptModel prompt, NamedThing thing, string name)
    {
        if (string.Equals(name, thing.Name, StringComparison.Ordinal))
            return null;
        if (thing.Kind == ThingKind.Sample)
            return prompt.Header.Samples.Any(s => string.Equals(s.Name, name, StringComparison.Ordinal)) ? $"There is a sample `{name}` already." : null;
        if (thing.Kind == ThingKind.Field)
            return Siblings(prompt, thing).Contains(name, StringComparer.Ordinal) ? $"The object has a member `{name}` already." : null;
        if (prompt.Document.Dialect.Statements?.Find(name) is { IsKeyword: true } || name is "true" or "false" or "null" or "this")
            return $"`{name}` is a word of the template language.";
        return prompt.Facts.Scopes.Named(name).Count > 0 || prompt.Facts.References.Exists(r => string.Equals(r.Node.Name, name, StringComparison.Ordinal))
            ? $"There is something named `{name}` in this prompt already."
            : null;
    }

    private static IEnumerable<string> Siblings(PromptModel prompt, NamedThing field)
    {
        InputKeys.Named[] declared = [.. InputKeys.Declared(prompt)];
        ImmutableArray<string> path = declared.FirstOrDefault(d => d.At.Span == field.Definition?.Span).Path;
        return path.IsDefaultOrEmpty ? [] : declared.Where(d => d.Path.Length == path.Length && d.Path.AsSpan()[..^1].SequenceEqual(path.AsSpan()[..^1])).Select(d => d.Path[^1]);
    }

    private static bool IsName(string name) =>
        name.Length > 0 && !char.IsAsciiDigit(name[0]) && name.All(c => char.IsLetterOrDigit(c) || c == '_');
}

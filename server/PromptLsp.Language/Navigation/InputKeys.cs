using System.Collections.Immutable;
using PromptLsp.Language.Semantics;
using PromptLsp.Language.Syntax.Yaml;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Navigation;

/// <summary>The names of inputs and their members in the front matter, each with its path: <c>customer</c>, <c>customer</c> → <c>name</c>.</summary>
internal static class InputKeys
{
    public readonly record struct Named(ImmutableArray<string> Path, Occurrence At);

    /// <summary>Every key of the front matter that names an input or a member of one.</summary>
    public static IEnumerable<Named> All(PromptModel prompt) =>
        Declared(prompt).Concat(Values(prompt)).Concat(Listed(prompt));

    /// <summary>The path of a field that this file's schema declares; empty for any other.</summary>
    public static ImmutableArray<string> PathOf(PromptModel prompt, Field? field)
    {
        if (field?.NameSpan is not { } span)
            return [];
        foreach (Named named in Declared(prompt))
        {
            if (named.At.Span == span && string.Equals(named.Path[^1], field.Name, StringComparison.Ordinal))
                return named.Path;
        }
        return [];
    }

    public static IEnumerable<Named> Declared(PromptModel prompt) =>
        prompt.Header.InputSchema is { Node: var node } ? Fields(prompt.Document.Text, prompt.Header.Inputs, node.Span, [], MaxDepth) : [];

    // A named schema's fields are written in another file, whose offsets mean nothing here.
    private static IEnumerable<Named> Fields(SourceText text, PromptType type, TextSpan schema, ImmutableArray<string> path, int depth)
    {
        switch (type)
        {
            case ArrayType array when depth > 0:
                foreach (Named named in Fields(text, array.Item, schema, path, depth - 1))
                    yield return named;
                break;
            case UnionType union when depth > 0:
                foreach (Named named in union.Options.SelectMany(o => Fields(text, o, schema, path, depth - 1)))
                    yield return named;
                break;
            case ObjectType made when depth > 0:
                foreach (Field field in made.Fields)
                {
                    if (field.NameSpan is not { } span || !schema.Contains(span) || Bare(text, span) is not { } bare || !text.Slice(bare).SequenceEqual(field.Name))
                        continue;
                    ImmutableArray<string> here = path.Add(field.Name);
                    yield return new(here, new(bare, OccurrenceKind.Declaration));
                    foreach (Named named in Fields(text, field.Type, schema, here, depth - 1))
                        yield return named;
                }
                break;
        }
    }

    private static IEnumerable<Named> Values(PromptModel prompt)
    {
        YamlMapping? keys = prompt.Document.FrontMatter.Keys;
        YamlNode? defaults = ((keys?.Find("input")?.Value.Resolved() as YamlMapping)?.Find("default"))?.Value.Resolved();
        IEnumerable<YamlNode?> values = [
            defaults,
            .. prompt.Header.Samples.Select(s => s.Node),
            .. prompt.Header.Tests.Select(t => (t.Node as YamlMapping)?.Find("input")?.Value.Resolved())];
        return values.SelectMany(v => v is null ? [] : Keys(prompt.Document.Text, v, [], MaxDepth));
    }

    private static IEnumerable<Named> Keys(SourceText text, YamlNode node, ImmutableArray<string> path, int depth)
    {
        if (depth == 0)
            yield break;
        // An alias stands elsewhere, and is met there.
        foreach (YamlNode item in node is YamlSequence list ? list.Items : [])
        {
            foreach (Named named in Keys(text, item, path, depth - 1))
                yield return named;
        }
        foreach (YamlEntry entry in node is YamlMapping mapping ? mapping.Entries : [])
        {
            ImmutableArray<string> here = path.Add(entry.Key.Value);
            if (Bare(text, entry.Key.Span) is { } bare && text.Slice(bare).SequenceEqual(entry.Key.Value))
                yield return new(here, new(bare, OccurrenceKind.Value));
            foreach (Named named in Keys(text, entry.Value, here, depth - 1))
                yield return named;
        }
    }

    // `untrusted: [a, b]` and JSON Schema's `required: [a, b]`.
    private static IEnumerable<Named> Listed(PromptModel prompt)
    {
        if (prompt.Document.FrontMatter.Keys?.Find("input")?.Value.Resolved() is not YamlMapping input)
            return [];
        return Words(prompt.Document.Text, input.Find("untrusted")?.Value.Resolved(), [])
            .Concat(Required(prompt.Document.Text, input.Find("schema")?.Value.Resolved(), [], MaxDepth));
    }

    private static IEnumerable<Named> Required(SourceText text, YamlNode? schema, ImmutableArray<string> path, int depth)
    {
        if (depth == 0 || schema is not YamlMapping mapping)
            yield break;
        if (mapping.Find("properties")?.Value.Resolved() is YamlMapping properties)
        {
            foreach (Named named in Words(text, mapping.Find("required")?.Value.Resolved(), path))
                yield return named;
            foreach (YamlEntry property in properties.Entries)
            {
                foreach (Named named in Required(text, property.Value.Resolved(), path.Add(property.Key.Value), depth - 1))
                    yield return named;
            }
        }
        foreach (Named named in Required(text, mapping.Find("items")?.Value.Resolved(), path, depth - 1))
            yield return named;
    }

    private static IEnumerable<Named> Words(SourceText text, YamlNode? node, ImmutableArray<string> path)
    {
        IEnumerable<YamlNode> words = node is YamlSequence list ? list.Items : node is null ? [] : [node];
        foreach (YamlScalar word in words.OfType<YamlScalar>())
        {
            if (Bare(text, word.Span) is { } bare && text.Slice(bare).SequenceEqual(word.Value) && word.Value.Length > 0)
                yield return new(path.Add(word.Value), new(bare, OccurrenceKind.Value));
        }
    }

    // A key without its quotes.
    private static TextSpan? Bare(SourceText text, TextSpan span) =>
        span.Length >= 2 && text.Content[span.Start] is '"' or '\'' && text.Content[span.End - 1] == text.Content[span.Start]
            ? new TextSpan(span.Start + 1, span.Length - 2)
            : span;

    private const int MaxDepth = YamlTree.MaxDepth;
}

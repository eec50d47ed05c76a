using System.Collections.Immutable;
using PromptLsp.Language.Catalog.Types;
using PromptLsp.Language.Semantics;
using PromptLsp.Language.Semantics.Schemas;
using PromptLsp.Language.Syntax.Yaml;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Navigation;

/// <summary>Names in YAML: the keys of values, the members that schemas declare, the schemas that they name.</summary>
internal static class YamlNames
{
    /// <summary>What the members of a type are, and where this file declares them.</summary>
    /// <param name="schema">The part of the file that declares them.</param>
    public static IEnumerable<NamedMember> Declared(
        SourceText text,
        PromptType type,
        TextSpan schema,
        ImmutableArray<string> path,
        Func<Field, bool> isHere,
        int depth = YamlTree.MaxDepth
    )
    {
        switch (type)
        {
            case ArrayType array when depth > 0:
                foreach (NamedMember named in Declared(text, array.Item, schema, path, isHere, depth - 1))
                    yield return named;
                break;
            case UnionType union when depth > 0:
                foreach (NamedMember named in union.Options.SelectMany(o => Declared(text, o, schema, path, isHere, depth - 1)))
                    yield return named;
                break;
            case ObjectType made when depth > 0:
                foreach (Field field in made.Fields)
                {
                    if (field.NameSpan is not { } span || !isHere(field) || !schema.Contains(span) || Bare(text, span, field.Name) is not { } bare)
                        continue;
                    ImmutableArray<string> here = path.Add(field.Name);
                    yield return new(bare, field, here);
                    foreach (NamedMember named in Declared(text, field.Type, schema, here, isHere, depth - 1))
                        yield return named;
                }
                foreach (
                    NamedMember named in made.Others is { } others ? Declared(text, others, schema, path.Add(MemberOrigins.AnyKey), isHere, depth - 1) : []
                )
                    yield return named;
                break;
        }
    }

    /// <summary>The keys of a value, each with the member of the type that it is a value for.</summary>
    public static IEnumerable<NamedMember> Keys(SourceText text, YamlNode node, PromptType type, ImmutableArray<string> path, int depth = YamlTree.MaxDepth)
    {
        if (depth == 0)
            yield break;
        // An alias stands elsewhere, and is met there.
        foreach (YamlNode item in node is YamlSequence list ? list.Items : [])
        {
            foreach (NamedMember key in Keys(text, item, ItemOf(type), path, depth - 1))
                yield return key;
        }
        foreach (YamlEntry entry in node is YamlMapping mapping ? mapping.Entries : [])
        {
            ImmutableArray<string> here = path.Add(entry.Key.Value);
            MemberLookup found = MemberLookup.Of(type, entry.Key.Value);
            if (Bare(text, entry.Key.Span, entry.Key.Value) is { } bare)
                yield return new(bare, found.Field, here);
            foreach (NamedMember key in Keys(text, entry.Value, found.Type, here, depth - 1))
                yield return key;
        }
    }

    /// <summary>The named schemas that a schema names.</summary>
    public static IEnumerable<Mention> Schemas(SourceText text, YamlNode? schema, IReadOnlyDictionary<string, PromptType> known)
    {
        switch (schema)
        {
            case YamlMapping mapping when !JsonSchemaReader.IsJsonSchema(mapping):
                foreach (Mention named in mapping.Entries.SelectMany(e => Schemas(text, e.Value, known)))
                    yield return named;
                break;
            case YamlScalar scalar when PicoKey.Words(scalar.Value).Type is { Length: > 0 } word && PicoScalars.Find(word) is null && known.ContainsKey(word):
                int at = text.Slice(scalar.Span).IndexOf(word, StringComparison.Ordinal);
                if (at >= 0)
                    yield return new(new(scalar.Span.Start + at, word.Length), MentionKind.Read, new(SubjectKind.Schema, "", [word]));
                break;
        }
    }

    /// <summary>A key or word without its quotes; null where it is written with escapes.</summary>
    public static TextSpan? Bare(SourceText text, TextSpan span, string name)
    {
        bool isQuoted = span.Length >= 2 && text.Content[span.Start] is '"' or '\'' && text.Content[span.End - 1] == text.Content[span.Start];
        TextSpan bare = isQuoted ? new(span.Start + 1, span.Length - 2) : span;
        return name.Length > 0 && text.Slice(bare).SequenceEqual(name) ? bare : null;
    }

    public static Subject SubjectOf(MemberOrigin origin) =>
        new(origin.Kind == MemberOriginKind.Schema ? SubjectKind.Schema : SubjectKind.Context, "", origin.Path);

    public static PromptType ItemOf(PromptType type) => type switch
    {
        ArrayType array => array.Item,
        UnionType union => union.Options.OfType<ArrayType>().FirstOrDefault()?.Item ?? PromptType.Any,
        _ => PromptType.Any,
    };
}

using System.Collections.Immutable;
using PromptLsp.Language.Catalog.Types;
using PromptLsp.Language.Semantics;
using PromptLsp.Language.Syntax.Yaml;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Navigation;

/// <summary>The names in <c>promptlsp.yaml</c>.</summary>
/// <param name="environment">What was read from it.</param>
internal sealed class SettingsMentions(SourceText text, PromptEnvironment environment)
{
    private readonly YamlMapping? _keys = YamlTree.Parse(text, new(0, text.Length)).Root as YamlMapping;

    public IEnumerable<Mention> All() => Context().Concat(Schemas()).Concat(Models()).Concat(Helpers());

    /// <summary>The keys of a file that holds a context variable.</summary>
    public static IEnumerable<Mention> OfValues(SourceText text, string variable) =>
        YamlTree.Parse(text, new(0, text.Length)).Root is { } root
            ? YamlNames
                .Keys(text, root, PromptType.Any, [variable])
                .Select(k => new Mention(k.Span, MentionKind.Declaration, new(SubjectKind.Context, "", k.Path)))
            : [];

    private IEnumerable<Mention> Context()
    {
        foreach (YamlEntry entry in EntriesOf("context"))
        {
            ImmutableArray<string> path = [entry.Key.Value];
            if (Key(entry, new(SubjectKind.Context, "", path)) is { } key)
                yield return key;
            if (entry.Value.Resolved() is not YamlMapping given)
                continue;
            PromptType type = environment.Context.FirstOrDefault(c => string.Equals(c.Name, entry.Key.Value, StringComparison.Ordinal))?.Type ?? PromptType.Any;
            if (given.Find("schema")?.Value.Resolved() is { } schema)
            {
                foreach (Mention named in OfSchema(schema, type, MemberOriginKind.Context, path))
                    yield return named;
            }
            foreach (var (span, field, at) in given.Find("sample")?.Value.Resolved() is { } sample ? YamlNames.Keys(text, sample, type, path) : [])
                yield return new(span, MentionKind.Value, field?.Origin is { } origin ? YamlNames.SubjectOf(origin) : new(SubjectKind.Context, "", at));
        }
    }

    private IEnumerable<Mention> Schemas()
    {
        foreach (YamlEntry entry in EntriesOf("schemas"))
        {
            ImmutableArray<string> path = [entry.Key.Value];
            if (Key(entry, new(SubjectKind.Schema, "", path)) is { } key)
                yield return key;
            foreach (
                Mention named in entry.Value.Resolved() is { } schema
                    ? OfSchema(schema, environment.Schemas.GetValueOrDefault(entry.Key.Value, PromptType.Any), MemberOriginKind.Schema, path)
                    : []
            )
                yield return named;
        }
    }

    private IEnumerable<Mention> OfSchema(YamlNode schema, PromptType type, MemberOriginKind kind, ImmutableArray<string> path) =>
        YamlNames.Declared(text, type, schema.Span, path, f => f.Origin is { } origin && origin.Kind == kind && origin.Path[0] == path[0])
            .Select(d => new Mention(d.Span, MentionKind.Declaration, YamlNames.SubjectOf(d.Field!.Origin!)))
            .Concat(YamlNames.Schemas(text, schema, environment.Schemas));

    private IEnumerable<Mention> Models()
    {
        IEnumerable<YamlScalar> names = _keys?.Find("models")?.Value.Resolved() switch
        {
            YamlMapping models => models.Entries.Select(e => e.Key),
            YamlSequence list => list.Items.OfType<YamlScalar>(),
            _ => [],
        };
        foreach (YamlScalar name in names)
        {
            if (YamlNames.Bare(text, name.Span, name.Value) is { } bare)
                yield return new(bare, MentionKind.Declaration, new(SubjectKind.Model, "", [name.Value]));
        }
    }

    private IEnumerable<Mention> Helpers() => EntriesOf("helpers").Select(e => Key(e, new(SubjectKind.Helper, "", [e.Key.Value]))).OfType<Mention>();

    private ImmutableArray<YamlEntry> EntriesOf(string key) => _keys?.Find(key)?.Value.Resolved() is YamlMapping mapping ? mapping.Entries : [];

    private Mention? Key(YamlEntry entry, Subject subject) =>
        YamlNames.Bare(text, entry.Key.Span, entry.Key.Value) is { } bare ? new(bare, MentionKind.Declaration, subject) : null;
}

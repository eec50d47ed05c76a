using System.Collections.Immutable;
using PromptLsp.Language.Catalog.Types;
using PromptLsp.Language.Semantics;
using PromptLsp.Language.Syntax.Yaml;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Navigation;

/// <summary>The names in a prompt's front matter.</summary>
internal sealed class HeaderMentions(PromptModel prompt)
{
    private readonly SourceText _text = prompt.Document.Text;
    private readonly InputNames _names = new(prompt);

    private YamlMapping? Top => prompt.Document.FrontMatter.Keys;

    public IEnumerable<Mention> All() => Top is null ? [] : Declared().Concat(Values()).Concat(Listed()).Concat(Samples()).Concat(Schemas()).Concat(Itself());

    private IEnumerable<Mention> Declared() => _names.Declared.Select(d => new Mention(d.Span, MentionKind.Declaration, _names.Input(d.Path)));

    private IEnumerable<Mention> Values()
    {
        YamlNode? defaults = (At("input") as YamlMapping)?.Find("default")?.Value.Resolved();
        IEnumerable<YamlNode?> values = [
            defaults,
            .. prompt.Header.Samples.Select(s => s.Node),
            .. prompt.Header.Tests.Select(t => (t.Node as YamlMapping)?.Find("input")?.Value.Resolved())];
        foreach (var (span, field, path) in values.SelectMany(v => v is null ? [] : YamlNames.Keys(_text, v, Given(v == defaults), [])))
            yield return new(span, MentionKind.Value, _names.Of(field) ?? (IsContext(path[0]) ? new(SubjectKind.Context, "", path) : _names.Input(path)));
    }

    // Samples and tests may give context variables too.
    private ObjectType Given(bool isDefault) => isDefault ? prompt.Header.Inputs : prompt.Header.Inputs with
    {
        Fields = [.. prompt.Header.Inputs.Fields, .. prompt.Environment.Context.Where(c => IsContext(c.Name)).Select(c => new Field(c.Name, c.Type))],
    };

    private bool IsContext(string name) =>
        prompt.Header.Inputs.Find(name) is null
        && !prompt.Header.Defaults.ContainsKey(name)
        && prompt.Environment.Context.Any(c => string.Equals(c.Name, name, StringComparison.Ordinal));

    // `untrusted: [a, b]` and JSON Schema's `required: [a, b]`.
    private IEnumerable<Mention> Listed()
    {
        if (At("input") is not YamlMapping input)
            return [];
        return Words(input.Find("untrusted")?.Value.Resolved(), Input)
            .Concat(input.Find("schema") is { } schema ? Required(schema.Value, YamlTree.MaxDepth) : []);
    }

    private Subject Input(string name) => _names.Of(prompt.Header.Inputs.Find(name)) ?? _names.Input([name]);

    private IEnumerable<Mention> Required(YamlNode schema, int depth)
    {
        if (depth == 0)
            return [];
        switch (schema)
        {
            case YamlSequence list:
                return list.Items.SelectMany(i => Required(i, depth - 1));
            case YamlMapping mapping:
                IEnumerable<Mention> below = mapping.Entries.SelectMany(e => Required(e.Value, depth - 1));
                return mapping.Find("properties")?.Value.Resolved() is YamlMapping properties
                    ? Words(mapping.Find("required")?.Value.Resolved(), w => properties.Find(w) is { } property ? _names.DeclaredAt(property.Key.Span) : null)
                        .Concat(below)
                    : below;
            default:
                return [];
        }
    }

    private IEnumerable<Mention> Words(YamlNode? node, Func<string, Subject?> subject)
    {
        IEnumerable<YamlNode> words = node is YamlSequence list ? list.Items : node is null ? [] : [node];
        foreach (YamlScalar word in words.OfType<YamlScalar>())
        {
            if (YamlNames.Bare(_text, word.Span, word.Value) is { } bare && subject(word.Value) is { } named)
                yield return new(bare, MentionKind.Value, named);
        }
    }

    private IEnumerable<Mention> Samples()
    {
        foreach (Sample sample in prompt.Header.Samples)
        {
            if (YamlNames.Bare(_text, sample.NameSpan, sample.Name) is { } bare)
                yield return new(bare, MentionKind.Declaration, new(SubjectKind.Sample, "", [sample.Name]));
        }
        foreach (PromptTest test in prompt.Header.Tests)
        {
            if (
                test is { Sample: { } sample, SampleSpan: { } span }
                && YamlNames.Bare(_text, span, sample) is { } bare
                && prompt.Header.Samples.Any(s => string.Equals(s.Name, sample, StringComparison.Ordinal))
            )
                yield return new(bare, MentionKind.Read, new(SubjectKind.Sample, "", [sample]));
        }
    }

    private IEnumerable<Mention> Schemas() =>
        new[] { prompt.Header.InputSchema?.Node, prompt.Header.OutputSchema?.Node }
            .Concat(prompt.Header.Tests.SelectMany(t => t.Assertions).Where(a => a.Kind == "json-schema").Select(a => a.Node))
            .SelectMany(node => YamlNames.Schemas(_text, node, prompt.Environment.Schemas));

    private IEnumerable<Mention> Itself()
    {
        if (At("name") is YamlScalar name && YamlNames.Bare(_text, name.Span, name.Value) is { } named)
            yield return new(named, MentionKind.Declaration, Subject.Prompt(prompt.Environment.Path));
        if (
            At("model") is YamlScalar model
            && YamlNames.Bare(_text, model.Span, model.Value) is { } chosen
            && prompt.Environment.Models.Any(m => string.Equals(m.Name, model.Value, StringComparison.Ordinal))
        )
            yield return new(chosen, MentionKind.Read, new(SubjectKind.Model, "", [model.Value]));
    }

    private YamlNode? At(string key) => Top?.Find(key)?.Value.Resolved();
}

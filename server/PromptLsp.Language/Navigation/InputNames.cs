using System.Collections.Immutable;
using PromptLsp.Language.Catalog.Types;
using PromptLsp.Language.Semantics;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Navigation;

/// <summary>What the members of a prompt's types stand for: inputs and members that its schema declares, or that other files do.</summary>
internal sealed class InputNames(PromptModel prompt)
{
    private readonly Dictionary<Field, Subject?> _known = new(ReferenceEqualityComparer.Instance);
    private Dictionary<TextSpan, ImmutableArray<string>>? _paths;

    /// <summary>Every name that <c>input.schema</c> declares here. A definition that is used twice is declared once, on its first way.</summary>
    public IEnumerable<NamedMember> Declared =>
        prompt.Header.InputSchema is { Node: var node }
            ? YamlNames.Declared(prompt.Document.Text, prompt.Header.Inputs, node.Span, [], static f => f.Origin is null).DistinctBy(d => d.Span)
            : [];

    public Subject Input(ImmutableArray<string> path) => new(SubjectKind.Input, prompt.Environment.Path, path);

    /// <summary>Null for a member that is written nowhere.</summary>
    public Subject? Of(Field? field)
    {
        if (field is null)
            return null;
        if (!_known.TryGetValue(field, out Subject? subject))
            _known.Add(field, subject = Find(field));
        return subject;
    }

    /// <summary>What a key of <c>input.schema</c> declares.</summary>
    public Subject? DeclaredAt(TextSpan key) =>
        (_paths ??= Declared.ToDictionary(d => d.Field!.NameSpan!.Value, d => d.Path)).TryGetValue(key, out ImmutableArray<string> path) ? Input(path) : null;

    private Subject? Find(Field field)
    {
        if (field.Origin is { } origin)
            return YamlNames.SubjectOf(origin);
        if (field.NameSpan is not { } span)
            return null;
        if (span.Start >= prompt.Document.Body.Span.Start)
            return YamlNames.Bare(prompt.Document.Text, span, field.Name) is { } bare ? new(SubjectKind.OwnMember, "", [field.Name]) { Declared = bare } : null;
        return DeclaredAt(span);
    }
}

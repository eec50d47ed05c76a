using PromptLsp.Language.Semantics;
using PromptLsp.Language.Syntax.Body;
using PromptLsp.Language.Syntax.Yaml;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Linting;

/// <summary>Small edits of a prompt's <c>input.schema</c> that leave the rest of the user's YAML as it stands. Null where none is plain.</summary>
public static class SchemaEdits
{
    /// <summary>Adds a line of Picoschema to the inputs.</summary>
    public static TextEdit? Declare(PromptModel prompt, string name, string declaration) =>
        Picoschema(prompt) is { } schema && Find(schema, name) is null ? Add(prompt.Document.Text, schema, declaration) : null;

    /// <summary>Adds a member to the object that a member access reads from.</summary>
    public static TextEdit? DeclareMember(PromptModel prompt, MemberUse use, string name) =>
        Picoschema(prompt) is { } schema && ObjectOf(schema, use.Node.Target) is { } owner ? Add(prompt.Document.Text, owner, name + ": string") : null;

    /// <summary>Takes an input out, with its whole lines.</summary>
    public static TextEdit? Remove(PromptModel prompt, string name)
    {
        if (Picoschema(prompt) is not { } schema || Find(schema, name) is not { } entry || schema.Entries.Length < 2)
            return null;
        SourceText text = prompt.Document.Text;
        if (IsFlow(text, schema))
            return new(FlowSpan(schema, entry), "");
        int end = Math.Max(entry.Span.Start, entry.Span.End - 1);
        return new(TextSpan.FromBounds(text.LineStart(text.LineAt(entry.Span.Start)), text.LineSpanWithEnd(text.LineAt(end)).End), "");
    }

    private static YamlMapping? Picoschema(PromptModel prompt)
    {
        if (prompt.Document.FrontMatter.Keys?.Find("input")?.Value is not YamlMapping input || input.Find("schema")?.Value is not YamlMapping schema)
            return null;
        return schema.Find("properties") is not null || schema.Find("type") is not null || schema.Find("$ref") is not null ? null : schema;
    }

    // Where name?, name(array, …) and name all declare `name`.
    private static YamlEntry? Find(YamlMapping schema, string name)
    {
        foreach (YamlEntry entry in schema.Entries)
        {
            ReadOnlySpan<char> key = entry.Key.Value;
            int end = key.IndexOfAny('?', '(');
            if ((end < 0 ? key : key[..end]).SequenceEqual(name))
                return entry;
        }
        return null;
    }

    private static YamlMapping? ObjectOf(YamlMapping schema, Expression target) => target switch
    {
        NameExpression name => Find(schema, name.Name)?.Value as YamlMapping,
        MemberExpression member when ObjectOf(schema, member.Target) is { } owner => Find(owner, member.Name)?.Value as YamlMapping,
        _ => null,
    };

    private static TextEdit? Add(SourceText text, YamlMapping mapping, string line)
    {
        if (mapping.Entries.IsEmpty)
            return null;
        YamlEntry last = mapping.Entries[^1];
        if (IsFlow(text, mapping))
            return TextEdit.Insert(last.Span.End, ", " + line);
        YamlEntry first = mapping.Entries[0];
        int indent = first.Key.Span.Start - text.LineStart(text.LineAt(first.Key.Span.Start));
        int end = text.LineSpan(text.LineAt(Math.Max(last.Span.Start, last.Span.End - 1))).End;
        return TextEdit.Insert(end, text.NewLine + new string(' ', indent) + line);
    }

    private static bool IsFlow(SourceText text, YamlMapping mapping) => mapping.Span.Start < text.Length && text.Content[mapping.Span.Start] == '{';

    private static TextSpan FlowSpan(YamlMapping schema, YamlEntry entry)
    {
        int index = schema.Entries.IndexOf(entry);
        if (index > 0)
            return TextSpan.FromBounds(schema.Entries[index - 1].Span.End, entry.Span.End);
        return TextSpan.FromBounds(entry.Span.Start, schema.Entries[1].Span.Start);
    }
}

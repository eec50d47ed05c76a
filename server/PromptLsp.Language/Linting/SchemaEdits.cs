using System.Collections.Immutable;
using PromptLsp.Language.Catalog.Types;
using PromptLsp.Language.Semantics;
using PromptLsp.Language.Semantics.Schemas;
using PromptLsp.Language.Syntax.Body;
using PromptLsp.Language.Syntax.Yaml;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Linting;

/// <summary>Small edits of a prompt's <c>input.schema</c> that leave the rest of the user's YAML as it stands. None where none is plain.</summary>
public static class SchemaEdits
{
    /// <summary>Adds an input, to Picoschema or to JSON Schema.</summary>
    public static ImmutableArray<TextEdit> Declare(PromptModel prompt, Field input) =>
        Whole(prompt) is not { } schema || prompt.Header.Inputs.Find(input.Name) is not null ? []
        : !JsonSchemaReader.IsJsonSchema(schema) ? [YamlEdits.Add(prompt.Document.Text, schema, SchemaText.Picoschema(input))]
        : InJsonSchema(prompt.Document.Text, schema, input);

    /// <summary>Adds a member to the object that a member access reads from, wherever in the schema that is declared.</summary>
    public static ImmutableArray<TextEdit> DeclareMember(PromptModel prompt, Expression target, ObjectType owner, Field member)
    {
        SourceText text = prompt.Document.Text;
        if (Whole(prompt) is not { } schema)
            return [];
        bool isJson = JsonSchemaReader.IsJsonSchema(schema);
        if (owner.Fields is [{ Origin: null, NameSpan: { } known }, ..])
        {
            return Holding(schema, null, known, YamlTree.MaxDepth) is not var (members, around) ? []
                : !isJson ? [YamlEdits.Add(text, members, SchemaText.Picoschema(member))]
                : around is null ? [] : InJsonSchema(text, around, member);
        }
        return !isJson && owner.Fields.IsEmpty && ObjectOf(schema, target) is { } empty ? [YamlEdits.Add(text, empty, SchemaText.Picoschema(member))] : [];
    }

    /// <summary>Adds a member to an object of a named schema of the workspace, wherever in the settings that is declared.</summary>
    public static (string Path, SourceText Text, ImmutableArray<TextEdit> Edits)? DeclareNamedMember(PromptModel prompt, ObjectType owner, Field member)
    {
        if (
            owner.Fields is not [{ Origin: { Kind: MemberOriginKind.Schema, File: var file, Path: [var schemaName, ..] }, NameSpan: { } known }, ..]
            || prompt.Environment.Settings is not (var path, { } text)
            || !string.Equals(file, path, StringComparison.Ordinal)
            || YamlTree.Parse(text, new TextSpan(0, text.Length)) is not { IsValid: true, Root: YamlMapping settings }
            || (settings.Find("schemas")?.Value.Resolved() as YamlMapping)?.Find(schemaName)?.Value.Resolved() is not YamlMapping schema
            || Holding(schema, null, known, YamlTree.MaxDepth) is not var (members, around)
        )
            return null;
        if (!JsonSchemaReader.IsJsonSchema(schema))
            return (path, text, [YamlEdits.Add(text, members, SchemaText.Picoschema(member))]);
        return around is not null && InJsonSchema(text, around, member) is { IsEmpty: false } edits ? (path, text, edits) : null;
    }

    /// <summary>Takes an input out, with its whole lines.</summary>
    public static TextEdit? Remove(PromptModel prompt, string name)
    {
        if (Whole(prompt) is not { Entries.Length: > 1 } schema || JsonSchemaReader.IsJsonSchema(schema) || Find(schema, name) is not { } entry)
            return null;
        SourceText text = prompt.Document.Text;
        if (YamlEdits.IsFlow(text, schema))
            return new(FlowSpan(schema, entry), "");
        int end = Math.Max(entry.Span.Start, entry.Span.End - 1);
        return new(TextSpan.FromBounds(text.LineStart(text.LineAt(entry.Span.Start)), text.LineSpanWithEnd(text.LineAt(end)).End), "");
    }

    private static YamlMapping? Whole(PromptModel prompt) => prompt.Header.InputSchema?.Node.Resolved() as YamlMapping;

    // Where name?, name(array, …) and name all declare `name`.
    private static YamlEntry? Find(YamlMapping schema, string name) => schema.Entries.FirstOrDefault(e => PicoKey.Of(e.Key.Value).Name == name);

    private static YamlMapping? ObjectOf(YamlMapping schema, Expression target) => target switch
    {
        NameExpression name => Find(schema, name.Name)?.Value as YamlMapping,
        MemberExpression member when ObjectOf(schema, member.Target) is { } owner => Find(owner, member.Name)?.Value as YamlMapping,
        _ => null,
    };

    // The map that declares a name at a place, and the map around it: in JSON Schema the one is the `properties` of the other.
    private static (YamlMapping Members, YamlMapping? Around)? Holding(YamlMapping map, YamlMapping? around, TextSpan name, int depth)
    {
        foreach (YamlEntry entry in map.Entries)
        {
            if (entry.Key.Span.Contains(name))
                return (map, around);
            if (depth > 0 && entry.Value.Span.Contains(name) && Below(entry.Value, map, name, depth - 1) is { } found)
                return found;
        }
        return null;
    }

    private static (YamlMapping Members, YamlMapping? Around)? Below(YamlNode node, YamlMapping around, TextSpan name, int depth) => node switch
    {
        YamlMapping map => Holding(map, around, name, depth),
        YamlSequence list when depth > 0 => list.Items.Where(i => i.Span.Contains(name)).Select(i => Below(i, around, name, depth - 1)).FirstOrDefault(),
        _ => null,
    };

    private static ImmutableArray<TextEdit> InJsonSchema(SourceText text, YamlMapping schema, Field member)
    {
        string line = SchemaText.JsonSchema(member);
        TextEdit? declared = schema.Find("properties")?.Value.Resolved() switch
        {
            YamlMapping properties => YamlEdits.Add(text, properties, line),
            null when schema.Find("$ref") is null && schema.Find("type")?.Value is YamlScalar { Value: "object" } => YamlEdits.Add(
                text,
                schema,
                $"properties: {{ {line} }}"
            ),
            _ => null,
        };
        TextEdit? required = member.IsOptional
            ? null
            : schema.Find("required")?.Value.Resolved() switch
            {
                YamlSequence list => YamlEdits.Add(text, list, member.Name),
                null => YamlEdits.Add(text, schema, $"required: [{member.Name}]"),
                _ => null,
            };
        return declared is null ? []
            : required is null ? [declared]
            // Both stand behind the last line.
            : required.Span == declared.Span ? [declared with { NewText = declared.NewText + required.NewText }]
            : [declared, required];
    }

    private static TextSpan FlowSpan(YamlMapping schema, YamlEntry entry)
    {
        int index = schema.Entries.IndexOf(entry);
        if (index > 0)
            return TextSpan.FromBounds(schema.Entries[index - 1].Span.End, entry.Span.End);
        return TextSpan.FromBounds(entry.Span.Start, schema.Entries[1].Span.Start);
    }
}

using PromptLsp.Language.Catalog.Types;
using PromptLsp.Language.Semantics;
using PromptLsp.Language.Semantics.Schemas;
using PromptLsp.Language.Syntax;
using PromptLsp.Language.Syntax.Yaml;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Tests.Semantics.Schemas;

public sealed class PromptSchemaTests
{
    [Fact]
    public void Picoschema_gives_types_descriptions_and_names() => Assert.Equal(
        "name string 'the name'; age? integer; tier enum: free, pro 'the plan'; tags array of string 'all tags'; address object { city string }",
        Fields("""
            name: string, the name
            age?: integer
            tier(enum, the plan): [free, pro]
            tags(array, all tags): string
            address(object): { city: string }
            """));

    [Fact]
    public void Json_schema_gives_the_same_types() => Assert.Equal(
        "name string 'the name'; age? integer; tags? array of string; either? string or number; node? object { next any }",
        Fields("""
            type: object
            required: [name]
            properties:
              name: { type: string, description: the name }
              age: { type: integer }
              tags: { type: array, items: { type: string } }
              either: { anyOf: [{ type: string }, { type: number }] }
              node: { $ref: '#/$defs/node' }
            $defs:
              node: { type: object, required: [next], properties: { next: { $ref: '#/$defs/node' } } }
            """));

    [Fact]
    public void A_name_span_is_the_name_alone()
    {
        const string yaml = "\"customer?(object, who)\": { x: string }";
        Assert.Equal("customer", yaml.Substring(Type(yaml).Fields[0].NameSpan!.Value.Start, 8));
    }

    [Theory]
    [InlineData("a: string[]", "string[]", "Picoschema has no `string[]`; a list is written `a(array): string`", "a(array): string")]
    [InlineData("a: strng", "strng", "there is no type `strng`; did you mean `string`?", "a: string")]
    [InlineData("a: int, how many", "int", "there is no type `int`; did you mean `integer`?", "a: integer, how many")]
    [InlineData("a: String", "String", "there is no type `String`; did you mean `string`?", "a: string")]
    [InlineData("a: string?", "string?", "the `?` of an optional value stands behind its name: `a?: string`", "a?: string")]
    [InlineData("a: list", "list", "`list` is no type by itself; a list is written `a(array): string`", null)]
    [InlineData(
        "a: string | null",
        "string | null",
        "Picoschema has no `|`; write `any`, a choice as `a(enum): [first, second]`, or JSON Schema with `anyOf`",
        null
    )]
    [InlineData(
        "a: the full name",
        "the full name",
        "`the full name` is no type; the type comes first, then a comma and the description: `string, the full name`",
        null
    )]
    [InlineData("a: 5", "5", "`5` is a value, not a type; write `string`, `number`, `integer` or `boolean`; values go under `default` or `samples`", null)]
    [InlineData("a: [string]", "[string]", "a list is written `a(array): string`", null)]
    [InlineData("a(list): string", "list", "`list` cannot stand in parentheses; did you mean `array`?", "a(array): string")]
    [InlineData("a(string): x", "string", "`string` goes behind the colon: `a: string`; in parentheses stand `array`, `object` or `enum`", null)]
    [InlineData("a(enum): free", "free", "an enum needs its values as a list: `a(enum): [first, second]`", null)]
    [InlineData("a(array: string", "a(array", "`a(array` lacks its closing `)`", null)]
    [InlineData("a:\nb: string", "a", "`a` has no type yet; write `a: string`", null)]
    [InlineData("a: string\na?: string", "a", "`a` is declared twice; keep one", null)]
    [InlineData(
        "{ a: string, full name }",
        "full name",
        "inside `{ }` a `,` ends the value; put `string, full name` in quotes",
        "{ a: \"string, full name\" }"
    )]
    [InlineData(
        "{ a: string, full, legal name, b: string }",
        "full, legal name",
        "inside `{ }` a `,` ends the value; put `string, full, legal name` in quotes",
        "{ a: \"string, full, legal name\", b: string }"
    )]
    [InlineData(
        "{ a(array, all tags): string }",
        "a(array, all tags)",
        "inside `{ }` a `,` ends the key; put `a(array, all tags)` in quotes",
        "{ \"a(array, all tags)\": string }"
    )]
    [InlineData(
        "properties: { a: { type: strng } }",
        "strng",
        "there is no JSON Schema type `strng`; did you mean `string`?",
        "properties: { a: { type: string } }"
    )]
    [InlineData(
        "properties: { a: string }",
        "string",
        "JSON Schema needs a map here: `{ type: string }`; Picoschema's short form cannot stand inside it",
        null
    )]
    [InlineData(
        "type: object\nrequired: [nmae]\nproperties: { name: { type: string } }",
        "nmae",
        "`required` names `nmae`, which `properties` does not have; did you mean `name`?",
        "type: object\nrequired: [name]\nproperties: { name: { type: string } }"
    )]
    [InlineData("properties: { a: { $ref: '#/$defs/b' } }", "'#/$defs/b'", "`#/$defs/b` leads to no definition of this schema", null)]
    public void What_is_wrong_is_said_with_what_to_write(string yaml, string at, string message, string? mended)
    {
        var text = new SourceText(yaml);
        Problem problem = Assert.Single(Read(yaml).Problems);
        Assert.Equal((at, message), (text[problem.Span], problem.Message));
        Assert.Equal(mended, problem.Repair is { } repair ? text.With(repair.Edit).Content : null);
    }

    [Theory]
    [InlineData("JokeRequest")]
    [InlineData("a: Joke, the joke")]
    [InlineData("a(array): Joke")]
    [InlineData("a: string\n(*): any")]
    [InlineData("type: string, the kind\nname: string")]
    [InlineData("string, the subject")]
    [InlineData("{}")]
    public void What_its_engine_takes_is_no_problem(string yaml) => Assert.Empty(Read(yaml).Problems);

    [Fact]
    public void Names_are_looked_up_where_the_workspace_lists_schemas()
    {
        var schemas = new Dictionary<string, PromptType> { ["Joke"] = PromptType.String };
        Assert.Equal("a string", Fields("a: Joke", schemas));
        Assert.Equal("there is no type `Jokes`; did you mean `Joke`?", Assert.Single(Read("a: Jokes", schemas).Problems).Message);
    }

    [Fact]
    public void Definitions_that_multiply_one_another_end()
    {
        string definitions = string.Concat(
            Enumerable.Range(0, 60).Select(i => $"  d{i}: {{ properties: {{ a: {{ $ref: '#/$defs/d{i + 1}' }}, b: {{ $ref: '#/$defs/d{i + 1}' }} }} }}\n")
        );
        Assert.Empty(Read($"properties: {{ a: {{ $ref: '#/$defs/d0' }} }}\n$defs:\n{definitions}  d60: {{ type: string }}\n").Problems);
    }

    private static PromptSchema Read(string yaml, Dictionary<string, PromptType>? schemas = null)
    {
        var text = new SourceText(yaml);
        return PromptSchema.Read(text, YamlTree.Parse(text, new(0, yaml.Length)).Root!, schemas ?? []);
    }

    private static ObjectType Type(string yaml, Dictionary<string, PromptType>? schemas = null) => Assert.IsType<ObjectType>(Read(yaml, schemas).Type);

    private static string Fields(string yaml, Dictionary<string, PromptType>? schemas = null) => Written(Type(yaml, schemas));

    private static string Written(ObjectType type) =>
        string.Join(
            "; ",
            type.Fields.Select(f =>
                f.Name
                + (f.IsOptional ? "? " : " ")
                + f.Type.Display
                + (f.Type is ObjectType inner ? $" {{ {Written(inner)} }}" : "")
                + (f.Description is null ? "" : $" '{f.Description}'")
            )
        );
}

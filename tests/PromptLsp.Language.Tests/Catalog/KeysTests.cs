using System.Text;
using System.Text.Json;
using PromptLsp.Language.Catalog;
using PromptLsp.Language.Linting;
using PromptLsp.Language.Syntax.Yaml;
using PromptLsp.Testing;

namespace PromptLsp.Language.Tests.Catalog;

public sealed class KeysTests
{
    [Fact]
    public void The_published_schema_of_the_settings_is_up_to_date() => Expect.InFile("docs/promptlsp.schema.json", Json(KeySchema.Of(Keys.Workspace)));

    [Fact]
    public void The_published_schema_of_evaluations_is_up_to_date() => Expect.InFile("docs/evaluation.schema.json", Json(KeySchema.Of(Keys.Evaluation)));

    [Fact]
    public void Every_example_is_yaml_that_its_key_takes()
    {
        foreach (CatalogKey key in All(Keys.FrontMatter).Concat(All(Keys.Workspace)).Concat(All(Keys.Evaluation)).Where(k => k.Example is not null))
        {
            YamlTree tree = YamlTree.Parse(new(key.Example!), new(0, key.Example!.Length));
            Assert.True(tree.IsValid, key.Example);
            var parent = new CatalogKey("example", KeyShape.Map, "") { Members = [key] };
            Assert.StartsWith(key.Name + ":", key.Example, StringComparison.Ordinal);
            Assert.Empty(KeyFindings.UnknownKeys(parent, (YamlMapping)tree.Root!));
            Assert.Empty(KeyFindings.InvalidValues(new(key.Example), parent, (YamlMapping)tree.Root!, null));
        }
    }

    [Fact]
    public void Every_meaning_is_a_sentence() =>
        Assert.All(All(Keys.FrontMatter).Concat(All(Keys.Workspace)).Concat(All(Keys.Evaluation)), key => Assert.Matches(@"^[`A-Z].*\.$", key.Meaning));

    private static IEnumerable<CatalogKey> All(CatalogKey key) =>
        key
            .Members.Concat(key.Each is null ? [] : [key.Each])
            .SelectMany(All)
            .Prepend(key)
            .Skip(key.Name is "front matter" or "promptlsp.yaml" or "evaluation" ? 1 : 0);

    private static string Json(object? value)
    {
        using var bytes = new MemoryStream();
        using (
            var writer = new Utf8JsonWriter(bytes, new() { Indented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping })
        )
            Write(writer, value);
        return Encoding.UTF8.GetString(bytes.ToArray()).ReplaceLineEndings("\n") + "\n";
    }

    private static void Write(Utf8JsonWriter writer, object? value)
    {
        switch (value)
        {
            case IReadOnlyDictionary<string, object?> map:
                writer.WriteStartObject();
                foreach ((string key, object? member) in map)
                {
                    writer.WritePropertyName(key);
                    Write(writer, member);
                }
                writer.WriteEndObject();
                break;
            case IReadOnlyList<object?> list:
                writer.WriteStartArray();
                foreach (object? item in list)
                    Write(writer, item);
                writer.WriteEndArray();
                break;
            case double number:
                writer.WriteNumberValue(number);
                break;
            default:
                writer.WriteStringValue((string?)value);
                break;
        }
    }
}

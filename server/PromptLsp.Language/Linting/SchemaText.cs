using PromptLsp.Language.Catalog.Types;

namespace PromptLsp.Language.Linting;

/// <summary>What a new input or member is declared with, on one line of a schema.</summary>
internal static class SchemaText
{
    /// <summary><c>name: string</c>, <c>items(array): string</c>, <c>user: { name: string }</c>.</summary>
    public static string Picoschema(Field field)
    {
        string name = field.IsOptional ? field.Name + "?" : field.Name;
        return field.Type is ArrayType list ? $"{name}(array): {Picoschema(list.Item)}" : $"{name}: {Picoschema(field.Type)}";
    }

    /// <summary><c>name: { type: string }</c>.</summary>
    public static string JsonSchema(Field field) => $"{field.Name}: {JsonSchema(field.Type)}";

    private static string Picoschema(PromptType type) => type is ObjectType made ? Flow(made.Fields.Select(Picoschema)) : type.Display;

    private static string JsonSchema(PromptType type) =>
        type switch
        {
            ArrayType list => $"{{ type: array, items: {JsonSchema(list.Item)} }}",
            ObjectType made =>
                $"{{ type: object, properties: {Flow(made.Fields.Select(JsonSchema))}, required: [{Required(made)}] }}",
            _ => $"{{ type: {type.Display} }}",
        };

    private static string Required(ObjectType made) => string.Join(", ", made.Fields.Where(f => !f.IsOptional).Select(f => f.Name));

    private static string Flow(IEnumerable<string> members) => $"{{ {string.Join(", ", members)} }}";
}

using PromptLsp.Language.Catalog.Types;
using PromptLsp.Language.Semantics;

namespace PromptLsp.Language.Linting;

/// <summary>Types as a sentence names them.</summary>
internal static class TypeNames
{
    /// <summary><c>a list</c>, <c>an integer</c>, <c>one of free, pro</c>.</summary>
    public static string A(PromptType type) => type switch
    {
        ArrayType => "a list",
        EnumType choice => "one of " + string.Join(", ", choice.Values.Take(4)),
        ScalarType { Kind: ScalarKind.Integer } => "an integer",
        ObjectType => "an object",
        _ => "a " + type.Display,
    };

    /// <summary>In a schema, as far as one word says it.</summary>
    public static string OfSchema(PromptType type) => type is ScalarType scalar ? scalar.Display : type is EnumType ? "string" : "any";
}

using PromptLsp.Language.Catalog;

namespace PromptLsp.Language.Semantics.Dialects.Scriban;

/// <summary>Which values Scriban's functions fail on. Most take whatever they get, as text; a test asks the engine of each that is said to refuse.</summary>
internal static class Refusals
{
    private const ValueShape Scalars = ValueShape.String | ValueShape.Number | ValueShape.Boolean;

    /// <summary>The shapes that a parameter never takes.</summary>
    public static ValueShape Of(CatalogFunction function, FunctionParameter parameter) => (function.Name, parameter.Takes) switch
    {
        ("include_join", _) => ValueShape.None,
        // These make do with texts and lists.
        ("math.plus", _) => ValueShape.Array | ValueShape.Object,
        ("math.times", _) => ValueShape.Object,
        ("math.modulo", _) => ValueShape.String | ValueShape.Object,
        ("array.map" or "array.sort", ValueShape.Array) => ValueShape.None,
        ("object.has_key" or "object.has_value", ValueShape.Object) => Scalars | ValueShape.Array,
        (_, ValueShape.Date) => Scalars | ValueShape.Array | ValueShape.Object,
        (_, ValueShape.Number) => ValueShape.String | ValueShape.Array | ValueShape.Object,
        // A text may hold a whole number, which is then read.
        (_, ValueShape.Integer) => ValueShape.Array | ValueShape.Object,
        (_, ValueShape.Array) => ValueShape.Number | ValueShape.Boolean,
        // Of no item a text is asked where there is no function.
        ("array.any", ValueShape.Function) => ValueShape.None,
        (_, ValueShape.Function) => Scalars | ValueShape.Array | ValueShape.Object,
        _ => ValueShape.None,
    };
}

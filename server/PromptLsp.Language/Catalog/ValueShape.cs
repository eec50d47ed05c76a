using PromptLsp.Language.Catalog.Types;


namespace PromptLsp.Language.Catalog;

/// <summary>The kinds of value that a function takes or gives, as a set.</summary>
[Flags]
public enum ValueShape
{
    None = 0,
    String = 1,
    Integer = 2,
    Fraction = 4,
    Number = Integer | Fraction,
    Boolean = 8,
    Array = 16,
    Object = 32,
    Date = 64,
    TimeSpan = 128,

    /// <summary>A function itself, written with <c>@</c> in front.</summary>
    Function = 256,
    Null = 512,
    Any = String | Number | Boolean | Array | Object | Date | TimeSpan | Function | Null,
}

/// <summary>Between the catalog's shapes and the types of schemas.</summary>
public static class ValueShapes
{
    /// <summary>The shapes that a value of a type can have.</summary>
    public static ValueShape Of(PromptType type) => type switch
    {
        ScalarType { Kind: ScalarKind.String } => ValueShape.String,
        ScalarType { Kind: ScalarKind.Integer } => ValueShape.Integer,
        ScalarType { Kind: ScalarKind.Number } => ValueShape.Number,
        ScalarType { Kind: ScalarKind.Boolean } => ValueShape.Boolean,
        ScalarType { Kind: ScalarKind.Null } => ValueShape.Null,
        EnumType => ValueShape.String,
        ArrayType => ValueShape.Array,
        ObjectType => ValueShape.Object,
        UnionType union => union.Options.Aggregate(ValueShape.None, (all, option) => all | Of(option)),
        _ => ValueShape.Any,
    };

    /// <summary>The type that says no more than a shape does. Dates and time spans are of no schema type.</summary>
    public static PromptType TypeOf(this ValueShape shape) => shape switch
    {
        ValueShape.String => PromptType.String,
        ValueShape.Integer => PromptType.Integer,
        ValueShape.Number or ValueShape.Fraction => PromptType.Number,
        ValueShape.Boolean => PromptType.Boolean,
        ValueShape.Array => new ArrayType(PromptType.Any),
        ValueShape.Object => ObjectType.Open,
        _ => PromptType.Any,
    };

    /// <summary>The shape in a word or two, for a signature: <c>string</c>, <c>number</c>, <c>string or array</c>.</summary>
    public static string Display(this ValueShape shape)
    {
        if (shape == ValueShape.Any)
            return "any";
        var words = new List<string>();
        foreach ((ValueShape one, string word) in Words)
        {
            if ((shape & one) != one)
                continue;
            words.Add(word);
            shape &= ~one;
        }
        return words.Count == 0 ? "nothing" : string.Join(" or ", words);
    }

    /// <summary>The shape as a sentence names one of it: <c>a number</c>, <c>a list</c>, <c>a date</c>.</summary>
    public static string Article(this ValueShape shape) => shape switch
    {
        ValueShape.Integer => "a whole number",
        ValueShape.Array => "a list",
        ValueShape.Object => "an object",
        _ => "a " + shape.Display(),
    };

    private static readonly (ValueShape, string)[] Words =
    [
        (ValueShape.String, "string"),
        (ValueShape.Number, "number"),
        (ValueShape.Integer, "integer"),
        (ValueShape.Fraction, "number"),
        (ValueShape.Boolean, "boolean"),
        (ValueShape.Array, "array"),
        (ValueShape.Object, "object"),
        (ValueShape.Date, "date"),
        (ValueShape.TimeSpan, "timespan"),
        (ValueShape.Function, "function"),
        (ValueShape.Null, "null"),
    ];
}

namespace PromptLsp.Language.Syntax.Body;

/// <summary>What an operator between two values does, however a dialect writes it.</summary>
public enum BinaryOperator
{
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    And,
    Or,

    /// <summary>The left value; the right one where that is null (<c>??</c>).</summary>
    Coalesce,

    /// <summary>The right value; null where the left one is (<c>?!</c>).</summary>
    IfPresent,

    /// <summary><c>1..5</c>.</summary>
    Range,

    /// <summary>A range without its end (<c>1..&lt;5</c>).</summary>
    RangeBelow,
    Add,
    Subtract,
    Multiply,
    Divide,

    /// <summary>Without the rest (<c>//</c>).</summary>
    DivideWhole,
    Remainder,

    /// <summary>Of which no feature has anything to say.</summary>
    Other,
}

/// <summary>What an operator before a value does.</summary>
public enum UnaryOperator
{
    Not,
    Minus,
    Plus,

    /// <summary>The function itself, where its name alone would call it (<c>@f</c>).</summary>
    FunctionItself,

    /// <summary>The items of a list, each an argument of its own (<c>^list</c>).</summary>
    Spread,
}

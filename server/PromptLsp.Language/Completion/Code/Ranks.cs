namespace PromptLsp.Language.Completion.Code;

/// <summary>Where each kind of offer stands in a list: smaller is earlier.</summary>
internal static class Ranks
{
    /// <summary>The very values that the place asks for.</summary>
    public const int Expected = 0;

    /// <summary>The arguments that a call still needs.</summary>
    public const int Needed = 100;

    /// <summary>What closes or continues the block that is open.</summary>
    public const int OfBlock = 200;

    /// <summary>Variables of the type that the place asks for.</summary>
    public const int Fitting = 400;

    public const int Nearest = 500;

    /// <summary>Who makes a variable uses it.</summary>
    public const int Locals = 600;

    public const int Members = 700;
    public const int Inputs = 800;

    /// <summary>What a line of code of its own mostly begins with, unless it writes a value: a message, a condition, an include.</summary>
    public const int OfLine = 1000;

    public const int Context = 1100;
    public const int Functions = 1200;
    public const int Statements = 1300;
    public const int OptionalArguments = 1400;
    public const int Namespaces = 1500;
    public const int Builtins = 1600;
    public const int Words = 1700;

    /// <summary>What is right, and hardly ever meant.</summary>
    public const int Unlikely = 1800;
}

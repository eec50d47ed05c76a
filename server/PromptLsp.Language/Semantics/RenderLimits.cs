namespace PromptLsp.Language.Semantics;

/// <summary>
/// How much a rendering may take. They are ours, not the engine's: a prompt that reaches one may still be a good prompt.
/// </summary>
public sealed record RenderLimits
{
    /// <summary>For one sample while a prompt is open in an editor.</summary>
    public static RenderLimits Preview { get; } = new() { Loops = 20_000 };

    /// <summary>For a rendering that somebody asked for and waits for.</summary>
    public static RenderLimits Command { get; } = new();

    /// <summary>A net under the other limits, which stop the same prompt at the same place on every machine.</summary>
    public TimeSpan Time { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Steps of loops, nested ones multiplied.</summary>
    public int Loops { get; init; } = 100_000;

    /// <summary>Calls inside calls.</summary>
    public int Calls { get; init; } = 100;

    /// <summary>Includes inside includes.</summary>
    public int Includes { get; init; } = IncludeGraph.Deepest;

    /// <summary>Characters of the whole output.</summary>
    public int Output { get; init; } = 1_048_576;

    /// <summary>Characters of all the texts, and items of all the lists, that are made on the way.</summary>
    public long Work { get; init; } = 32 * 1_048_576;

    /// <summary>For one regular expression, which nothing else can interrupt.</summary>
    public TimeSpan Regex { get; init; } = TimeSpan.FromMilliseconds(100);
}

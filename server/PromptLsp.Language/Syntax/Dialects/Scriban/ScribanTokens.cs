namespace PromptLsp.Language.Syntax.Dialects.Scriban;

/// <summary>
/// The tokens of a body. They are of no use behind the tree, and the largest thing that parsing makes: the lists serve the thread's next
/// parse too.
/// </summary>
internal sealed class ScribanTokens
{
    private const int MostKept = 200_000;

    [ThreadStatic]
    private static ScribanTokens? spare;

    /// <summary>Closed by <see cref="TokenKind.End"/>.</summary>
    public List<ScribanToken> All { get; } = [];

    /// <summary>For every island up to which offset the text was looked at to cut it and what stands before it; never less than for the one before.</summary>
    public List<int> Reaches { get; } = [];

    public static ScribanTokens Rent()
    {
        ScribanTokens tokens = spare ?? new();
        spare = null;
        return tokens;
    }

    public void Return()
    {
        if (All.Capacity > MostKept)
            return;
        All.Clear();
        Reaches.Clear();
        spare = this;
    }
}

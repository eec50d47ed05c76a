using PromptLsp.Language.Text;

namespace PromptLsp.Language.Syntax.Dialects.Scriban;

/// <summary>How far the tokens of a body are read: one for all who read them.</summary>
internal sealed class ScribanCursor(SourceText text, List<ScribanToken> tokens)
{
    private const int LongestKnown = 24;

    private readonly string?[] _known = new string?[128];

    public List<ScribanToken> All => tokens;

    /// <summary>The index of the token that is read next.</summary>
    public int Next { get; set; }

    public ScribanToken Current => tokens[Next];

    /// <summary>The token that was read last.</summary>
    public ScribanToken Last => tokens[Next - 1];

    public ScribanToken Ahead(int count) => tokens[Next + count];

    public ScribanToken Take() => tokens[Next++];

    public bool AtEnd => Current.Kind is TokenKind.Close or TokenKind.End or TokenKind.Text or TokenKind.Open;

    /// <summary>At a line end, a semicolon, or the end of the island: where a statement ends.</summary>
    public bool AtStatementEnd => AtEnd || Current.Kind is TokenKind.NewLine or TokenKind.Semicolon;

    /// <summary>Where a statement may end: also before a comment, and before the <c>do</c> that opens a function of its last call.</summary>
    public bool CanEndStatement => AtStatementEnd || Current.Kind == TokenKind.Comment || IsWord("do");

    /// <summary>A token's text. The few names that a prompt uses over and over are made once.</summary>
    public string TextOf(ScribanToken token)
    {
        ReadOnlySpan<char> characters = text.Content.AsSpan(token.Start, token.End - token.Start);
        if (characters.IsEmpty || characters.Length > LongestKnown)
            return characters.ToString();
        ref string? known = ref _known[(characters[0] * 31 + characters[^1] * 7 + characters.Length) & (_known.Length - 1)];
        if (known is null || !characters.SequenceEqual(known))
            known = characters.ToString();
        return known;
    }

    public bool IsWord(string word) => IsWord(Current, word);

    public bool IsWord(ScribanToken token, string word) =>
        token.Kind == TokenKind.Name && text.Content.AsSpan(token.Start, token.End - token.Start).SequenceEqual(word);

    /// <summary>Where something that is missing belongs: right behind the last token, after one blank if there is one.</summary>
    public int PlaceToType
    {
        get
        {
            int behind = Last.End;
            return behind < text.Length && behind < Current.Start && text.Content[behind] == ' ' ? behind + 1 : behind;
        }
    }

    public void SkipLines()
    {
        while (Current.Kind is TokenKind.NewLine or TokenKind.Comment)
            Next++;
    }
}

using PromptLsp.Language.Text;

namespace PromptLsp.Language.Syntax.Dialects.Scriban;

internal enum TokenKind : byte
{
    Text,
    Open,
    Close,
    NewLine,
    Semicolon,
    Comment,
    Name,
    PrivateName,
    Number,
    String,
    Interpolated,
    Operator,
    Dot,
    NullDot,
    Comma,
    Colon,
    Pipe,
    Question,
    Assign,
    OpenParen,
    CloseParen,
    OpenBracket,
    CloseBracket,
    OpenBrace,
    CloseBrace,
    Unknown,
    End,
}

/// <summary>A token of a Scriban body, in offsets of the file.</summary>
/// <param name="IsBroken">A string without its closing quote, or an island without its closing braces.</param>
internal readonly record struct ScribanToken(TokenKind Kind, int Start, int End, bool IsBroken = false)
{
    public TextSpan Span => TextSpan.FromBounds(Start, End);
}

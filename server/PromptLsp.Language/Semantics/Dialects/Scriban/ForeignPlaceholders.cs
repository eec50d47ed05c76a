using PromptLsp.Language.Catalog;
using PromptLsp.Language.Syntax.Body;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Semantics.Dialects.Scriban;

/// <summary>Tells a plain text, whose double braces are somebody else's (<c>{{lang:en|de}}</c>, <c>{{Your name}}</c>), from a prompt with a slip.</summary>
internal static class ForeignPlaceholders
{
    public static TextSpan? FirstIn(PromptModel prompt)
    {
        if (prompt.Document.FrontMatter.Exists || prompt.Environment.IsPartial)
            return null;
        SourceText text = prompt.Document.Text;
        foreach (TextSpan island in prompt.Document.Body.Islands)
        {
            if (IsForeign(text.Slice(island).Trim("{}"), IsCut(prompt, island)))
                return prompt.Document.Body.Nodes.Any(n => IsScriban(prompt, n)) ? null : island;
        }
        return null;
    }

    private static bool IsCut(PromptModel prompt, TextSpan island) => !prompt.Document.Text.Slice(island).EndsWith("}}");

    // `lang:en-US`, `=x`, `Your name here`: no expression that somebody would begin to type.
    private static bool IsForeign(ReadOnlySpan<char> code, bool isCut)
    {
        code = code.Trim();
        if (isCut || code.IsEmpty || code.IndexOfAny("\r\n\"`()[]#;") >= 0 || HasText(code))
            return false;
        if (!char.IsLetterOrDigit(code[0]) && code[0] is not ('_' or '$' or '@' or '!' or '-' or '~' or '+'))
            return true;
        int word = code.IndexOfAnyExcept(Words);
        if (word > 0 && code[word] == ':')
            return true;
        bool isWords = word < 0 && code.Contains(' ');
        bool isChoice =
            word > 0
            && code[word] == '|'
            && code[word - 1] != ' '
            && word + 1 < code.Length
            && code[word + 1] is not (' ' or '|' or '>')
            && !code[(word + 1)..].Contains(".", StringComparison.Ordinal);
        return isWords || isChoice;
    }

    // `user's name` has none.
    private static bool HasText(ReadOnlySpan<char> code)
    {
        int quote = code.IndexOf('\'');
        return quote >= 0
            && (
                quote == 0
                || quote + 1 == code.Length
                || !char.IsLetter(code[quote - 1])
                || !char.IsLetter(code[quote + 1])
                || code[(quote + 1)..].Contains('\'')
            );
    }

    private static readonly System.Buffers.SearchValues<char> Words = System.Buffers.SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_- '"
    );

    // A block, a message, an assignment, or a function that there is; `first name` are words.
    private static bool IsScriban(PromptModel prompt, SyntaxNode node) => node switch
    {
        BlockNode or AssignNode or StatementNode or CommentNode => true,
        CallExpression { Kind: not CallKind.Function } => true,
        CallExpression call when IsKnown(prompt, call.Callee) => true,
        CallExpression { Piped: not null, Callee: NameExpression { Name: var foreign } } when !prompt.Meaning.FunctionsFor(foreign).IsEmpty => true,
        _ => node.Children.Any(c => IsScriban(prompt, c)),
    };

    private static bool IsKnown(PromptModel prompt, Expression callee) =>
        prompt.Facts.FunctionOf(callee) is not null
        || (callee is NameExpression name && prompt.Facts.Scopes.FindAnywhere(name.Name) is { Kind: SymbolKind.Function });
}

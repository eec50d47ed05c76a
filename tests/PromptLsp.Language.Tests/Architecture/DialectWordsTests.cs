using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace PromptLsp.Language.Tests.Architecture;

/// <summary>
/// What a dialect is written with stands in the folders of the dialect alone: where features and meanings are worked out, no string holds its
/// braces, its words or its name. What still does is on a list that may only become shorter.
/// </summary>
public sealed partial class DialectWordsTests
{
    private static readonly string[] Folders = ["Semantics", "Linting", "Completion", "Hover", "Navigation", "Signatures"];

    [Fact]
    public void Only_a_dialect_knows_its_words()
    {
        string[] known = LanguageSources.Exceptions("dialect-words.txt");
        string[] found = [.. Found().Distinct(StringComparer.Ordinal)];
        string[] more = [.. found.Except(known)], done = [.. known.Except(found)];
        Assert.True(more is [], $"Ask the notation for what is written, and the meaning for what it means, instead of:\n{string.Join('\n', more)}");
        Assert.True(done is [], $"These are done; take them off dialect-words.txt:\n{string.Join('\n', done)}");
    }

    [Theory]
    [InlineData("""var s = $"{{{{role \"{name}\"}}}}";""", "{{role \"", "\"}}")]
    [InlineData("""var s = word is "if" or "for " or "==";""", "if", "for ", "==")]
    [InlineData("""var s = "ask with `if`, or `{name}`, if it is a list";""", "ask with `if`, or `{name}`, if it is a list")]
    [InlineData("""var s = $"{{ {name}: string }}" + "if it is there, Handle it" + '}';""")]
    [InlineData("""var s = "no word of Scriban" + "string.upcase";""", "no word of Scriban", "string.upcase")]
    public void Words_are_found_in_the_values_of_strings(string code, params string[] expected) =>
        Assert.Equal(expected, Values(LanguageSources.Parse(code)).Where(IsOfADialect));

    // Schemas and YAML have words and braces of their own.
    private static IEnumerable<string> Found() =>
        from file in LanguageSources.All
        let folder = file.Path.Split('/')
        where Folders.Contains(folder[0]) && folder[1] is not ("Dialects" or "Schemas" or "Yaml")
        from value in Values(file.Root)
        where IsOfADialect(value)
        select $"{file.Path}: {SymbolDisplay.FormatLiteral(value, quote: true)}";

    private static IEnumerable<string> Values(SyntaxNode root)
    {
        foreach (SyntaxToken token in root.DescendantTokens())
        {
            if (token.Kind() is SyntaxKind.StringLiteralToken or SyntaxKind.SingleLineRawStringLiteralToken or SyntaxKind.MultiLineRawStringLiteralToken)
                yield return token.ValueText;
            // Doubled braces are C#'s own, and stand for one; but not in raw strings.
            else if (token.IsKind(SyntaxKind.InterpolatedStringTextToken))
                yield return IsRaw(token)
                    ? token.ValueText
                    : token.ValueText.Replace("{{", "{", StringComparison.Ordinal).Replace("}}", "}", StringComparison.Ordinal);
        }
    }

    private static bool IsRaw(SyntaxToken token) =>
        token.Parent!.FirstAncestorOrSelf<InterpolatedStringExpressionSyntax>() is { } whole
        && !whole.StringStartToken.IsKind(SyntaxKind.InterpolatedStringStartToken);

    private static bool IsOfADialect(string value) =>
        Braces().IsMatch(value) || Names().IsMatch(value) || Quoted().IsMatch(value) || Words().IsMatch(value) || Namespaces().IsMatch(value);

    // `{{`, `%}`, and sets of characters to trim such as `{}~-`.
    [GeneratedRegex(@"\{\{|\}\}|\{%|%\}|\{\}", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Braces();

    [GeneratedRegex("scriban|handlebars|liquid|jinja|mustache", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase)]
    private static partial Regex Names();

    // `if` in a sentence.
    [GeneratedRegex(
        "`(if|else|elif|end|for|while|case|when|with|capture|func|ret|break|continue|readonly|import|wrap|do|tablerow|assign|unless|each|include|this)[` ]",
        RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture
    )]
    private static partial Regex Quoted();

    // Alone, or with the blank that what is due behind it needs. Single characters that YAML and paths have too do not count, nor do the words for
    // messages, which are the same in all dialects.
    [GeneratedRegex(
        @"^(if|else|else if|elif|end|for|in|while|case|when|with|capture|func|ret|break|continue|readonly|import|wrap|do|tablerow|assign|unless|each|include|include_join|this|empty|==|!=|<=|>=|&&|\|\||\?\?|\?!|\.\.|\.\.<|\+=|//|!|not|and|or|@|\^|~) ?$|^ (in|\||==|\?\?) $",
        RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture
    )]
    private static partial Regex Words();

    [GeneratedRegex(
        @"(^|[ `])(array|date|html|math|object|regex|string|timespan)\.[a-z_]|^(array|date|html|math|object|regex|string|timespan)\.$|^(date|html|math|timespan)$|^for\.",
        RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture
    )]
    private static partial Regex Namespaces();
}

using PromptLsp.Language.Syntax.Body;
using PromptLsp.Language.Syntax.Dialects.Handlebars;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Syntax.Dialects;

/// <summary>Handlebars as Dotprompt uses it.</summary>
internal sealed class HandlebarsGrammar : Grammar
{
    internal override TemplateBody Parse(SourceText text, TextSpan body, EarlierBody? earlier) => HandlebarsParser.Parse(text, body, earlier);

    internal override (int Open, int Close) Braces(ReadOnlySpan<char> island)
    {
        int open = island.StartsWith("{{{{") ? 4 : island.StartsWith("{{{") ? 3 : 2;
        return (open, island.Length >= open * 2 && island.EndsWith("}}}}".AsSpan(0, open)) ? open : 0);
    }

    // An `else` and what follows it are a branch of this.
    internal override string BeforeIsland => "{{#if 0}}";

    internal override string Opening => "{{";

    internal override bool IsWord(char c) => c is '_' or '-' or '$' || char.IsLetterOrDigit(c);

    // @brand, #each, /each; but not the slash within a path.
    internal override bool IsMarkOfName(ReadOnlySpan<char> text, int at) =>
        text[at] == '@' || (text[at] is '#' or '/' && at > 1 && (text[at - 1] == '{' || (text[at - 1] == '~' && text[at - 2] == '{')));

    internal override bool IsMarkOfEnd(char c) => c == '/';

    internal override bool IsMarkOfBlock(char c) => c == '#';

    internal override bool CanBeginBehind(char c, bool isFirst) => isFirst && c is '~' or '&';

    internal override bool EndsBefore(ReadOnlySpan<char> text) => text.TrimStart('~').StartsWith("}}");
}

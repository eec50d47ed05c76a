using PromptLsp.Language.Syntax.Body;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Syntax.Dialects.Scriban;

/// <summary>How bodies in Scriban are read.</summary>
internal sealed class ScribanGrammar : Grammar
{
    internal override TemplateBody Parse(SourceText text, TextSpan body, EarlierBody? earlier) => ScribanParser.Parse(text, body, earlier);

    // In a `case` stand both a `when` and an `else`.
    internal override string BeforeIsland => "{{case 0}}";

    // A variable of the function's own, `$x`.
    internal override bool IsMarkOfName(ReadOnlySpan<char> text, int at) => text[at] == '$';

    internal override bool CanBeginBehind(char c, bool isFirst) => c is ';' or '\n' or '\r' or '~' || (c == '-' && isFirst);

    // {%{ … }%}, with as many `%` behind as before.
    internal override bool IsEscaped(string content, int from, int offset)
    {
        int escape = content.LastIndexOf("{%", offset, offset - from, StringComparison.Ordinal);
        int percents = escape < 0 ? 0 : content.AsSpan(escape + 1).IndexOfAnyExcept('%');
        return percents > 0 && content[escape + 1 + percents] == '{'
            && content.IndexOf($"}}{new string('%', percents)}}}", escape, StringComparison.Ordinal) > offset;
    }

    internal override bool EndsBefore(ReadOnlySpan<char> text) => text is ['\r' or '\n' or ';' or '#', ..] || text.TrimStart("-~").StartsWith("}}");
}

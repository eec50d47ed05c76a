using PromptLsp.Language.Semantics;
using PromptLsp.Language.Syntax.Body;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Linting;

/// <summary>An untrusted input in the middle of a sentence, where the model cannot tell where it ends.</summary>
public sealed class UndelimitedUntrusted : Rule
{
    public override string Id => "undelimited-untrusted";

    public override RuleGroup Group => RuleGroup.Safety;

    public override Severity Default => Severity.Hint;

    public override IEnumerable<Finding> Find(PromptModel prompt, CancellationToken cancel)
    {
        if (prompt.Header.Untrusted.Count == 0)
            yield break;
        foreach (OutputUse output in prompt.Facts.Outputs)
        {
            if (!prompt.Facts.IsUntrusted(output.Node.Value) || prompt.Document.Body.IslandAt(output.Node.Span.Start) is not { } island || !IsInRunningText(prompt, island))
                continue;
            string name = output.Node.Value is NameExpression plain ? plain.Name : "input";
            yield return new(output.Node.Span, $"`{prompt.Document.Text[output.Node.Span]}` comes from outside and runs into the text around it; set it apart, as in `<{name}>…</{name}>`")
            {
                Fixes = [new($"Wrap in `<{name}>`", [TextEdit.Insert(island.Start, $"<{name}>"), TextEdit.Insert(island.End, $"</{name}>")])],
            };
        }
    }

    // Words on the same line, with nothing between that ends them: no quote, tag, colon or code mark.
    private static bool IsInRunningText(PromptModel prompt, TextSpan island)
    {
        SourceText text = prompt.Document.Text;
        TextSpan line = text.LineSpan(text.LineAt(island.Start));
        ReadOnlySpan<char> before = text.Slice(TextSpan.FromBounds(Math.Max(line.Start, prompt.Document.Body.Span.Start), island.Start)).TrimEnd();
        int behindEnd = text.LineSpan(text.LineAt(island.End)).End;
        ReadOnlySpan<char> behind = text.Slice(TextSpan.FromBounds(island.End, Math.Max(island.End, behindEnd))).TrimStart();
        bool isSetApart = (before.Length > 0 && Delimiters.Contains(before[^1])) || (behind.Length > 0 && Delimiters.Contains(behind[0]));
        return !isSetApart && (HasWord(before) || HasWord(behind)) && !IsInFence(text, prompt.Document.Body.Span.Start, line.Start);
    }

    private const string Delimiters = "\"'`:<>«»“”‘’|[](){}=";

    private static bool HasWord(ReadOnlySpan<char> text)
    {
        foreach (char c in text)
        {
            if (char.IsLetter(c))
                return true;
        }
        return false;
    }

    private static bool IsInFence(SourceText text, int from, int to)
    {
        bool isInside = false;
        foreach (ReadOnlySpan<char> line in text.Slice(TextSpan.FromBounds(Math.Min(from, to), to)).EnumerateLines())
            isInside ^= line.TrimStart().StartsWith("```");
        return isInside;
    }
}

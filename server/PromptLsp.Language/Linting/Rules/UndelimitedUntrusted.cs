using PromptLsp.Language.Catalog;
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
        var fences = new Fences(prompt.Document.Text, prompt.Document.Body.Span.Start);
        foreach (OutputUse output in prompt.Facts.Outputs)
        {
            // What is captured, or stands in a function, may be set apart where it is written.
            if (
                output.Role is null
                || !prompt.Facts.IsUntrustedText(output)
                || prompt.Document.Body.IslandAt(output.Node.Span.Start) is not { } island
                || !IsInRunningText(prompt, island)
                || fences.IsInside(prompt.Document.Text.LineAt(island.Start))
            )
                continue;
            string name = output.Node.Value is NameExpression plain ? plain.Name : "input";
            yield return new(
                output.Node.Span,
                $"`{prompt.Document.Text[output.Node.Span]}` comes from outside and runs into the text around it; set it apart, as in `<{name}>…</{name}>`"
            )
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
        return !isSetApart && (HasWord(before) || HasWord(behind));
    }

    private const string Delimiters = "\"'`:<>«»“”‘’|[({=})]";

    private static bool HasWord(ReadOnlySpan<char> text)
    {
        foreach (char c in text)
        {
            if (char.IsLetter(c))
                return true;
        }
        return false;
    }

    /// <summary>Whether a line is inside a code fence. Asked from the top down, so that each line is looked at once.</summary>
    private sealed class Fences(SourceText text, int bodyStart)
    {
        private int _line = text.LineAt(bodyStart);
        private bool _isInside;

        public bool IsInside(int line)
        {
            for (; _line < line; _line++)
                _isInside ^= text.Slice(text.LineSpan(_line)).TrimStart().StartsWith("```");
            return _isInside;
        }
    }
}

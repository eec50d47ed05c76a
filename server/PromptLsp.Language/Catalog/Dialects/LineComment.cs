using System.Collections.Immutable;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Catalog.Dialects;

/// <summary>
/// How a dialect makes a comment of a whole line, whatever stands on it. No comment can hold the text that ends it: a backslash is put into
/// each one on the line, <c>{{ name }\}</c>, and taken out again with the comment, so that the line comes back as it was.
/// </summary>
/// <param name="Forms">What stands before a line's text and behind it, with the blanks: the form that is written first, then those that people write.</param>
/// <param name="EndHead">The first part of what ends a comment.</param>
/// <param name="EndTail">The rest of it; a backslash goes between both.</param>
public sealed record LineComment(ImmutableArray<(string Open, string Close)> Forms, string EndHead, string EndTail)
{
    /// <summary>The edits that make a comment of a line.</summary>
    /// <param name="line">From its first to its last character that is no blank.</param>
    public IEnumerable<TextEdit> Add(SourceText text, TextSpan line)
    {
        yield return TextEdit.Insert(line.Start, Forms[0].Open);
        foreach (int tail in Tails(text.Slice(line)))
            yield return TextEdit.Insert(line.Start + tail, "\\");
        yield return TextEdit.Insert(line.End, Forms[0].Close);
    }

    /// <summary>The edits that take a line's comment away; null where the line is none.</summary>
    public ImmutableArray<TextEdit>? Remove(SourceText text, TextSpan line)
    {
        ReadOnlySpan<char> written = text.Slice(line);
        foreach ((string open, string close) in Forms)
        {
            // With a blank less, too.
            string least = open.TrimEnd(), last = close.TrimStart();
            if (written.Length < least.Length + last.Length || !written.StartsWith(least) || !written.EndsWith(last))
                continue;
            int start = written.StartsWith(open) ? open.Length : least.Length;
            int end = written.Length - (written.EndsWith(close) && start + close.Length <= written.Length ? close.Length : last.Length);
            if (!written[start..end].Contains(EndHead + EndTail, StringComparison.Ordinal))
                return Without(written, line, start, end);
        }
        return null;
    }

    private ImmutableArray<TextEdit> Without(ReadOnlySpan<char> written, TextSpan line, int start, int end)
    {
        var edits = ImmutableArray.CreateBuilder<TextEdit>();
        edits.Add(new(new TextSpan(line.Start, start), ""));
        foreach (int tail in Tails(written[start..end]))
            edits.Add(new(new TextSpan(line.Start + start + tail - 1, 1), ""));
        edits.Add(new(TextSpan.FromBounds(line.Start + end, line.End), ""));
        return edits.ToImmutable();
    }

    // Where the rest of an ending stands behind its first part, with any number of backslashes between both.
    private List<int> Tails(ReadOnlySpan<char> written)
    {
        var tails = new List<int>();
        for (int head = 0; written[head..].IndexOf(EndHead) is >= 0 and int found;)
        {
            head += found;
            int behind = head + EndHead.Length;
            int tail = behind + Math.Max(0, written[behind..].IndexOfAnyExcept('\\'));
            if (written[tail..].StartsWith(EndTail, StringComparison.Ordinal))
                tails.Add(tail);
            head++;
        }
        return tails;
    }
}

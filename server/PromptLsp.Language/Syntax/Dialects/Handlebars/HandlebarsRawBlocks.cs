using PromptLsp.Language.Text;

namespace PromptLsp.Language.Syntax.Dialects.Handlebars;

/// <summary>Finds the ends of raw blocks, in one pass for all that stand in one another.</summary>
internal sealed class HandlebarsRawBlocks(HandlebarsLexer lexer)
{
    private readonly HashSet<int> _closed = [];
    private int _seen;

    /// <summary>The closing tag of a raw block, and the texts before it as the engine cuts them; null where nothing closes it.</summary>
    /// <param name="open">Where its braces stand.</param>
    /// <param name="begin">Behind them.</param>
    public (TextSpan Close, List<TextSpan> Pieces)? Find(int open, int begin)
    {
        return open < _seen && !_closed.Contains(open) ? null : Search(open, begin);
    }

    // What it finds is no code, and not looked at again.
    private (TextSpan Close, List<TextSpan> Pieces)? Search(int open, int begin)
    {
        string text = lexer.Text;
        var blocks = new Stack<int>([open]);
        var pieces = new List<TextSpan>();
        int from = begin;
        for (int at = begin; ; )
        {
            int braces = text.AsSpan(at).IndexOf("{{{{");
            if (braces < 0 || at + braces + 4 >= text.Length)
            {
                lexer.SawAll();
                _seen = text.Length;
                return null;
            }
            braces += at;
            if (text[braces + 4] == '/' && EndOfClosing(text, braces) is { } end)
            {
                _closed.Add(blocks.Pop());
                Cut(braces);
                if (blocks.Count == 0)
                {
                    lexer.Saw(end);
                    return (TextSpan.FromBounds(braces, end), pieces);
                }
                pieces.Add(TextSpan.FromBounds(braces, end));
                from = at = end;
            }
            else if (text[braces + 4] == '/')
            {
                // No name behind it: text up to the next braces.
                Cut(braces);
                from = braces;
                at = braces + 1;
            }
            else
            {
                Cut(braces);
                pieces.Add(new(braces, 4));
                blocks.Push(braces);
                from = at = braces + 4;
            }
        }

        void Cut(int end)
        {
            if (end > from)
                pieces.Add(TextSpan.FromBounds(from, end));
        }
    }

    private static int? EndOfClosing(string text, int braces)
    {
        int end = braces + 5;
        while (end < text.Length && HandlebarsLexer.IsWordPart(text[end]))
            end++;
        return end > braces + 5 && text.AsSpan(end).StartsWith("}}}}") ? end + 4 : null;
    }
}

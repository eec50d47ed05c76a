using System.Text.RegularExpressions;
using PromptLsp.Language.Catalog;
using PromptLsp.Language.Semantics;
using PromptLsp.Language.Syntax;
using PromptLsp.Language.Syntax.Body;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Linting;

/// <summary>Closing braces in the text that close nothing: a slip of typing, which the model reads.</summary>
public sealed partial class StrayBraces : Rule
{
    public override string Id => "stray-braces";

    public override RuleGroup Group => RuleGroup.Syntax;

    public override Severity Default => Severity.Warning;

    public override IEnumerable<Finding> Find(PromptModel prompt, CancellationToken cancel)
    {
        PromptDocument document = prompt.Document;
        TemplateBody body = document.Body;
        // Nearly every body ends here.
        if (document.OtherFormat is not null || body.IsOpaque || !HasCandidate(document, prompt.Notation.EndOfIsland.Trim()))
            return [];
        var reading = new Reading(prompt);
        reading.Nodes(body.Nodes);
        return reading.Found;
    }

    // Two braces that are no island's own, or one right behind an island.
    private static bool HasCandidate(PromptDocument document, string close)
    {
        string content = document.Text.Content;
        int from = document.Body.Span.Start;
        foreach (TextSpan island in document.Body.Islands)
        {
            if (
                content.AsSpan(from, Math.Max(0, island.Start - from)).Contains(close, StringComparison.Ordinal)
                || (island.End < content.Length && content[island.End] == '}')
            )
                return true;
            from = island.End;
        }
        return content.AsSpan(from, Math.Max(0, document.Body.Span.End - from)).Contains(close, StringComparison.Ordinal);
    }

    // What stands before braces that were never opened.
    [GeneratedRegex(@"[\p{L}_][\p{L}\p{N}_]*(?:\.[\p{L}\p{N}_]+)*(?=[ \t]*$)", RegexOptions.RightToLeft, 1000)]
    private static partial Regex PathBefore();

    private sealed class Reading(PromptModel prompt)
    {
        private readonly PromptDocument _document = prompt.Document;

        private readonly string _content = prompt.Document.Text.Content;

        // An earlier mistake may have cut an island short, so that its own braces are read as text.
        private readonly int _firstProblem = prompt.Document.Body.Problems.Select(p => p.Span.Start).DefaultIfEmpty(int.MaxValue).Min();

        // Braces of the text that wait to be closed: those of JSON, of another language's code.
        private int _open;

        // What a partial writes may open braces of its own.
        private bool _isUnsure;

        public List<Finding> Found { get; } = [];

        public void Nodes(IEnumerable<SyntaxNode> nodes)
        {
            foreach (SyntaxNode node in nodes)
                Node(node);
        }

        private void Node(SyntaxNode node)
        {
            switch (node)
            {
                case TextNode text:
                    Text(text.Span, text.Span.Start > _document.Body.Span.Start && _content[text.Span.Start - 1] == '}');
                    break;
                case IfNode or CaseNode or LoopNode or WithNode:
                    OneOf(node);
                    break;
                case BlockNode or Branch:
                    Nodes(node.Children);
                    break;
                case OutputNode { Value: var value }:
                    // A string may hold braces that the text closes.
                    _open += _document.Text.Slice(value.Span).Count('{');
                    _isUnsure |= value is CallExpression { Kind: CallKind.Include };
                    break;
            }
        }

        // Each branch begins with what was open before: only one of them is written.
        private void OneOf(SyntaxNode block)
        {
            int before = _open, most = before;
            Nodes(block.Children.Where(c => c is not Branch));
            foreach (Branch branch in block.Children.OfType<Branch>())
            {
                most = Math.Max(most, _open);
                _open = before;
                Nodes(branch.Children);
            }
            _open = Math.Max(most, _open);
        }

        private void Text(TextSpan span, bool isBehindIsland)
        {
            for (int at = span.Start; at < span.End;)
            {
                int next = _content.AsSpan(at, span.End - at).IndexOfAny('{', '}');
                if (next < 0)
                    return;
                at += next;
                if (_content[at] == '{')
                {
                    _open++;
                    at++;
                    continue;
                }
                int end = at;
                while (end < span.End && _content[end] == '}')
                    end++;
                int closed = Math.Min(_open, end - at),
                    gap = isBehindIsland ? at - span.Start : int.MaxValue;
                _open -= closed;
                if (at < _firstProblem)
                    Braces(
                        TextSpan.FromBounds(at + closed, end),
                        closed == 0 && gap <= LongestGap && _content.AsSpan(span.Start, gap).IndexOfAnyExcept(' ', '\t') < 0 ? gap : null
                    );
                at = end;
            }
        }

        private const int LongestGap = 4;

        // One brace alone is a slip only right behind an island.
        private void Braces(TextSpan braces, int? gap)
        {
            if (braces.Length < (gap == 0 ? 1 : 2) || (gap is null && (_isUnsure || IsQuoted(braces))))
                return;
            string written = _document.Text[braces];
            Found.Add(
                new(braces, $"this `{written}` closes nothing, and the model reads it; remove it")
                {
                    Fixes =
                    [
                        .. Opened(braces),
                        new($"Remove `{written}`", new TextEdit(TextSpan.FromBounds(braces.Start - (gap ?? 0), braces.End), "")) { IsSafe = gap == 0 },
                    ],
                }
            );
        }

        // `customer.name }}`
        private IEnumerable<Fix> Opened(TextSpan braces)
        {
            TextSpan line = _document.Text.LineSpan(_document.Text.LineAt(braces.Start));
            Match path = PathBefore().Match(_content, line.Start, braces.Start - line.Start);
            if (braces.Length == 2 && path.Success && prompt.Scopes.Find(path.Value.Split('.')[0], braces.Start) is not null)
                yield return Fix.ChangeTo(prompt.Notation.Island(path.Value), TextSpan.FromBounds(path.Index, braces.End));
        }

        // Text about braces, or code.
        private bool IsQuoted(TextSpan braces)
        {
            TextSpan line = _document.Text.LineSpan(_document.Text.LineAt(braces.Start));
            ReadOnlySpan<char> before = _content.AsSpan(line.Start, braces.Start - line.Start);
            return before.ContainsAny("`\"'\\;=") || before.IsWhiteSpace() || (braces.End < line.End && _content[braces.End] is '`' or '"' or '\'');
        }
    }
}

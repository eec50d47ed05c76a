using System.Collections.Immutable;
using PromptLsp.Language.Catalog;
using PromptLsp.Language.Catalog.Types;
using PromptLsp.Language.Semantics;
using PromptLsp.Language.Syntax.Body;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Completion.Code;

/// <summary>Completes statements where one can begin: those that the blocks around allow, each where it is likely.</summary>
internal static class StatementCompletion
{
    public static IEnumerable<CompletionItem> At(CodeCursor cursor)
    {
        ImmutableArray<BlockNode> open = [.. cursor.OpenBlocks];
        return cursor.Prompt.Meaning.Statements!.All.Where(s => CanStand(cursor, s, open)).Select(s => Item(cursor, s, open)).Concat(Ends(cursor).Take(1));
    }

    /// <summary>Behind the mark of a block: what opens one.</summary>
    public static IEnumerable<CompletionItem> Blocks(CodeCursor cursor) =>
        cursor.Prompt.Meaning.Statements!.All.Where(s => s.ClosedBy is not null).Select(s => Item(cursor, s, [])).Concat(Sections(cursor));

    // `{{#customer}}`: what holds members, items, or yes and no.
    private static IEnumerable<CompletionItem> Sections(CodeCursor cursor) =>
        from symbol in cursor.Prompt.Scopes.VisibleAt(cursor.Offset)
        where
            symbol is { Sign.Length: 0, Kind: not SymbolKind.Subject, Type: ObjectType or ArrayType or ScalarType { Kind: ScalarKind.Boolean } }
            && CodeCursor.IsName(symbol.Name)
        let block = cursor.Prompt.Notation.Section(symbol.Name)
        where block is not null
        select NameCompletion.Item(symbol, cursor.Word, Ranks.Unlikely) with
        {
            Label = "#" + symbol.Name,
            InsertText = cursor.HasMoreBehind ? null : cursor.IsClosed ? block : block + cursor.Prompt.Notation.EndOfIsland,
            IsSnippet = !cursor.HasMoreBehind,
        };

    /// <summary>What closes the blocks that are open here, the innermost first, where that is told by their names.</summary>
    public static IEnumerable<CompletionItem> Ends(CodeCursor cursor) =>
        cursor.OpenBlocks.Reverse().Select((block, i) => cursor.Prompt.Notation.EndOf(block) is { } end
            ? new CompletionItem(end, CompletionKind.Statement, cursor.Word)
            {
                InsertText = cursor.IsClosed ? end : end + cursor.Prompt.Notation.EndOfIsland,
                Detail = "closes " + Opening(cursor.Prompt.Document.Text, block),
                Rank = (cursor.IsAtEnd || block.CloseSpan is null ? Ranks.OfBlock : Ranks.Statements) + i,
            }
            : null).OfType<CompletionItem>();

    /// <summary>Behind <c>else</c>: what makes it ask again.</summary>
    public static IEnumerable<CompletionItem> BehindElse(CodeCursor cursor) =>
        cursor.Prompt.Meaning.Statements!.Find(ControlWord.ElseIf) is { } again && cursor.OpenBlocks.LastOrDefault() is IfNode
            ?
            [
                new(Behind(again.Keyword), CompletionKind.Statement, cursor.Word)
                {
                    InsertText = Behind(cursor.HasMoreBehind ? again.Keyword : again.Snippet),
                    IsSnippet = !cursor.HasMoreBehind,
                    Documentation = () => again.Summary,
                },
            ]
            : [];

    private static string Behind(string words) => words[(words.IndexOf(' ', StringComparison.Ordinal) + 1)..];

    /// <summary>Where a function that starts a message or includes a partial stands among what a statement can begin with.</summary>
    public static int RankOf(CodeCursor cursor, CatalogFunction function) =>
        function switch
        {
            // In a loop it begins one of many examples.
            { Parameters: [{ Content: ParameterContent.Role }, ..] } => !cursor.StartsLine ? Ranks.Statements
            : !cursor.OpenBlocks.Any() ? Ranks.OfLine
            : cursor.OpenBlocks.Last() is LoopNode ? Ranks.OfLine + 4
            : Ranks.Context,
            { Parameters: [{ Content: ParameterContent.Include }, ..] } => cursor.StartsLine && !cursor.OpenBlocks.Any() ? Ranks.OfLine + 2 : Ranks.Statements,
            { IsMessageFunction: true } => cursor.StartsLine ? Ranks.OfLine + 5 : Ranks.Statements,
            _ => Ranks.Builtins,
        };

    private static CompletionItem Item(CodeCursor cursor, CatalogStatement statement, ImmutableArray<BlockNode> open)
    {
        bool isAlone = !cursor.HasMoreBehind;
        return new(statement.Keyword, CompletionKind.Statement, cursor.Word)
        {
            // What stands behind it already is its condition, its list, its value.
            InsertText =
                !isAlone && statement.IsKeyword ? statement.Keyword
                : cursor.StartsCodeLine ? statement.SnippetOnLines
                : cursor.IsClosed || !isAlone ? statement.Snippet
                : statement.Snippet + cursor.Prompt.Notation.EndOfIsland,
            IsSnippet = isAlone || !statement.IsKeyword,
            FilterText = cursor.IsAtBlock || statement.ClosedBy is null ? null : statement.Keyword.TrimStart('#'),
            Detail = statement.Word == ControlWord.End ? "closes " + Opening(cursor.Prompt.Document.Text, open[^1]) : null,
            Rank = RankOf(cursor, statement, open),
            Documentation = () => statement.Summary,
        };
    }

    private static int RankOf(CodeCursor cursor, CatalogStatement statement, ImmutableArray<BlockNode> open) => statement.Word switch
    {
        ControlWord.End => open.Any(b => b.CloseSpan is null) ? Ranks.OfBlock : Ranks.Statements,
        ControlWord.When => Ranks.OfBlock - (open[^1] is CaseNode { Branches.IsEmpty: true } ? 1 : -1),
        ControlWord.Else => cursor.StartsLine || open[^1].CloseSpan is null ? Ranks.OfBlock + 2 : Ranks.OfLine + 5,
        ControlWord.ElseIf => Ranks.OfLine + 5,
        ControlWord.If => cursor.StartsLine ? Ranks.OfLine + 1 : Ranks.OfLine + 5,
        ControlWord.Loop => cursor.StartsLine ? HasList(cursor) ? Ranks.OfLine + 3 : Ranks.OfLine + 6 : Ranks.Functions,
        _ when !statement.Within.IsEmpty => Ranks.Context,
        ControlWord.Case or ControlWord.Capture or ControlWord.Assign => Ranks.Statements,
        ControlWord.Table or ControlWord.ReadOnly or ControlWord.Import or ControlWord.Wrap or ControlWord.While => Ranks.Unlikely,
        _ => Ranks.OptionalArguments,
    };

    private static bool HasList(CodeCursor cursor) => cursor.Prompt.Scopes.VisibleAt(cursor.Offset).Any(s => s is { Kind: SymbolKind.Input, Type: ArrayType });

    // What the engine takes: a branch belongs to the innermost block alone, and comes before its last one.
    private static bool CanStand(CodeCursor cursor, CatalogStatement statement, ImmutableArray<BlockNode> open) => statement.Word switch
    {
        ControlWord.End => !open.IsEmpty,
        ControlWord.Else => !open.IsEmpty && TakesElse(cursor, open[^1]),
        ControlWord.ElseIf => !open.IsEmpty && open[^1] is IfNode && !IsBehindElse(cursor, open[^1]),
        ControlWord.When => !open.IsEmpty && open[^1] is CaseNode && !IsBehindElse(cursor, open[^1]),
        _ => statement.Within.IsEmpty || open.Any(b => statement.Within.Contains(b.Keyword, StringComparer.Ordinal)),
    };

    private static bool TakesElse(CodeCursor cursor, BlockNode block) =>
        block switch
        {
            IfNode chosen => !chosen.Branches.Any(b => IsOtherElse(cursor, b)),
            CaseNode chosen => chosen.Branches.Any(b => b.Kind == BranchKind.When && b.KeywordSpan.End < cursor.Word.Start)
                && !chosen.Branches.Any(b => IsOtherElse(cursor, b)),
            LoopNode loop => loop.Else is not { } other || !IsOtherElse(cursor, other),
            WithNode { Else: var other } when cursor.Prompt.Meaning.SubjectName is not null => other is null || !IsOtherElse(cursor, other),
            SectionNode { Else: var other } => other is null || !IsOtherElse(cursor, other),
            CallBlockNode { Else: var other } => other is null || !IsOtherElse(cursor, other),
            _ => false,
        };

    private static bool IsBehindElse(CodeCursor cursor, BlockNode block) =>
        block.Children.OfType<Branch>().Any(b => IsOtherElse(cursor, b) && b.KeywordSpan.End < cursor.Word.Start);

    // The one that is being typed is none yet.
    private static bool IsOtherElse(CodeCursor cursor, Branch branch) => branch.Kind == BranchKind.Else && !branch.KeywordSpan.Touches(cursor.Offset);

    private static string Opening(SourceText text, BlockNode block)
    {
        // A block of the cursor's own island is where the mark put it.
        int start = Math.Clamp(block.KeywordSpan.Start, 0, text.Length);
        string line = text[TextSpan.FromBounds(start, Math.Min(text.Length, start + LongestOpening))];
        int end = line.IndexOfAny(['}', '\r', '\n', ';']);
        return end < 0 ? line + "…" : line[..end].TrimEnd(' ', '~', '-');
    }

    private const int LongestOpening = 40;
}

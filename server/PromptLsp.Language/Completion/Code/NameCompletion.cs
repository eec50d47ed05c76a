using PromptLsp.Language.Catalog;
using PromptLsp.Language.Catalog.Types;
using PromptLsp.Language.Semantics;
using PromptLsp.Language.Syntax.Body;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Completion.Code;

/// <summary>Completes what a name can be: variables first, the nearest ones before the rest, then statements and functions.</summary>
internal static class NameCompletion
{
    public static IEnumerable<CompletionItem> At(CodeCursor cursor, NameExpression name)
    {
        IEnumerable<CompletionItem> variables = Variables(cursor, name);
        if (name.Kind == NameKind.Private)
            return variables.Where(v => v.Label[0] == '$');
        if (name.Kind is NameKind.Context or NameKind.Loop && cursor.Prompt.Meaning.ContextSign is { Length: > 0 } sign)
            return variables.Where(v => v.Label.StartsWith(sign, StringComparison.Ordinal));
        if (cursor.Prompt.Functions is not { } functions)
            return variables;
        bool startsStatement = cursor.StartsStatement;
        return variables
            .Concat(startsStatement ? StatementCompletion.At(cursor) : Words(cursor, name))
            .Concat(startsStatement
                ? AtTop(functions).Select(f => FunctionCompletion.Item(cursor, f, f.Name, isPiped: false, StatementCompletion.RankOf(cursor, f)))
                // A message is no value.
                : AtTop(functions).Where(f => !f.IsMessageFunction).Select(f => FunctionCompletion.AsValue(cursor, f)))
            // The time is what one asks for out of nothing; the rest stands behind pipes.
            .Concat(Namespaces(cursor, cursor.Prompt.Meaning.NamespaceOf(ValueShape.Date)));
    }

    // What has no name has a statement.
    private static IEnumerable<CatalogFunction> AtTop(FunctionCatalog functions) => functions.InNamespace("").Where(f => CodeCursor.IsName(f.Name));

    /// <summary>Before a dot or a bracket: what can have something behind it.</summary>
    public static IEnumerable<CompletionItem> Owners(CodeCursor cursor) =>
        Variables(cursor, (NameExpression)cursor.Node!).Concat(cursor.Prompt.Functions is null ? [] : Namespaces(cursor, ""));

    public static CompletionItem Item(Symbol symbol, TextSpan replace, int rank) => new(symbol.Written, KindOf(symbol.Kind), replace)
    {
        Detail = symbol.Kind == SymbolKind.Function ? "function" : symbol.Type.Display + (symbol.IsOptional ? "?" : ""),
        Rank = rank,
        Documentation = () => SymbolText.Of(symbol),
    };

    public static IEnumerable<CompletionItem> OwnFunctions(CodeCursor cursor) =>
        cursor.Prompt.Scopes.VisibleAt(cursor.Offset).Where(s => s.Kind == SymbolKind.Function).Select(s => Item(s, cursor.Word, Ranks.Fitting));

    /// <param name="likely">The one that is likelier than the others.</param>
    public static IEnumerable<CompletionItem> Namespaces(CodeCursor cursor, string likely) =>
        cursor.Prompt.Functions!.Namespaces.Select(space => new CompletionItem(space.Name, CompletionKind.Namespace, cursor.Word)
        {
            Rank = space.Name == likely ? Ranks.Functions + MostRanked : Ranks.Namespaces,
            Detail = "functions",
            Documentation = () => space.Summary,
        });

    private static IEnumerable<CompletionItem> Variables(CodeCursor cursor, NameExpression name)
    {
        Func<Symbol, bool> fits = Fitting(cursor, name);
        HashSet<string> asked = Asked(cursor);
        int place = 0;
        foreach (Symbol visible in cursor.Prompt.Scopes.VisibleAt(cursor.Offset).Concat(cursor.Given.All))
        {
            Symbol symbol = BeforeAssignment(cursor, visible);
            // What is just being declared means nothing yet.
            if (symbol.Declaration is { } declared && symbol.DeclaredIn is null && (declared.Touches(cursor.Offset) || IsAssignedHere(cursor, declared)))
                continue;
            bool isWord = CodeCursor.IsName(symbol.Name) || symbol.Name is ['$', ..];
            if (!isWord && symbol.Kind is not (SymbolKind.Input or SymbolKind.Local))
                continue;
            // Those of one kind stand in the order in which the prompt declares them.
            int rank = fits(symbol) || asked.Contains(symbol.Name) ? Ranks.Fitting : RankOf(symbol);
            CompletionItem item = Item(symbol, cursor.Word, rank + (symbol.Kind == SymbolKind.Context ? MostRanked : Math.Min(place++, MostRanked)));
            yield return isWord ? item : InBrackets(cursor, item);
        }
    }

    // What YAML names with a blank or a dash in it: `user-i` → `this["user-id"]`.
    private static CompletionItem InBrackets(CodeCursor cursor, CompletionItem item)
    {
        string text = cursor.Prompt.Document.Text.Content;
        int start = cursor.Word.Start;
        while (start > 0 && (text[start - 1] == '-' || CodeCursor.IsName("_" + text[start - 1])))
            start--;
        string typed = text[start..cursor.Word.Start];
        bool isBegun = typed.Length > 0 && item.Label.StartsWith(typed, StringComparison.Ordinal);
        return item with
        {
            Replace = isBegun ? TextSpan.FromBounds(start, cursor.Word.End) : cursor.Word,
            InsertText = cursor.Prompt.Notation.Variable(item.Label),
            FilterText = item.Label,
        };
    }

    // x = …: it has what it had before.
    private static Symbol BeforeAssignment(CodeCursor cursor, Symbol symbol) =>
        symbol.Declaration is { } declared && IsAssignedHere(cursor, declared) && cursor.Prompt.Scopes.Find(symbol.Name, declared.Start) is { } before
            ? before
            : symbol;

    private static bool IsAssignedHere(CodeCursor cursor, TextSpan declared) => cursor.Path.OfType<AssignNode>().Any(a => a.Target.Span == declared);

    private const int MostRanked = 99;

    // What the place asks for, as far as a type can tell.
    private static Func<Symbol, bool> Fitting(CodeCursor cursor, NameExpression name) =>
        cursor.Path is [.., var around, _]
            ? around switch
            {
                MemberExpression member => s => MemberLookup.Of(s.Type, member.Name, cursor.Prompt.Meaning) is { Status: MemberStatus.Known },
                LoopNode => s => s.Type is ArrayType,
                WithNode or StatementNode { Kind: StatementKind.Import } => s => s.Type is ObjectType,
                WrapNode => s => s.Kind == SymbolKind.Function,
                Branch { Kind: BranchKind.If } => s => s.Kind == SymbolKind.Input && (s.IsOptional || s.Type.Equals(PromptType.Boolean)),
                CaseNode => s => s.Type is EnumType,
                _ when ExpectedValues.ShapeAt(cursor, name) is var shape && shape != ValueShape.Any => s =>
                    !s.Type.IsAny && (ValueShapes.Of(s.Type) & shape & ~ValueShape.Null) != ValueShape.None,
                _ => s => false,
            }
            : s => false;

    // Who asks whether there is something goes on to use it.
    private static HashSet<string> Asked(CodeCursor cursor) =>
        [
            .. cursor
                .OpenBlocks.OfType<IfNode>()
                .SelectMany(b =>
                    b.Branches.Where(branch => branch.KeywordSpan.End < cursor.Word.Start && !branch.Conditions.Any(c => c.Span.Touches(cursor.Word.Start)))
                        .SelectMany(branch => branch.Conditions)
                )
                .Select(Base)
                .OfType<NameExpression>()
                .Select(n => n.Name),
        ];

    // customer, customer.since, customer.orders.size > 0
    private static Expression Base(Expression expression) => expression switch
    {
        MemberExpression member => Base(member.Target),
        BinaryExpression { Operator: not (BinaryOperator.Equal or BinaryOperator.NotEqual or BinaryOperator.Or) } binary => Base(binary.Left),
        GroupExpression group => Base(group.Inner),
        _ => expression,
    };

    private static IEnumerable<CompletionItem> Words(CodeCursor cursor, NameExpression name) =>
        new[] { "true", "false", "null" }
            .Where(w => cursor.Path is not [.., LoopNode, _] && (w == "null" || (ExpectedValues.ShapeAt(cursor, name) & ValueShape.Boolean) != ValueShape.None))
            .Select((word, i) => new CompletionItem(word, CompletionKind.Value, cursor.Word) { Rank = Ranks.Words + i });

    private static int RankOf(Symbol symbol) => symbol.Kind switch
    {
        SymbolKind.Subject => symbol.Sign.Length == 0 && symbol.Scope.Start > 0 ? Ranks.Inputs : Ranks.Context,
        SymbolKind.LoopObject when symbol.Sign.Length > 0 => symbol.IsOfLoop ? Ranks.Inputs : Ranks.Context,
        SymbolKind.LoopVariable or SymbolKind.Parameter => Ranks.Nearest,
        SymbolKind.LoopObject => Ranks.Locals,
        SymbolKind.Member => Ranks.Members,
        SymbolKind.Input or SymbolKind.Given => Ranks.Inputs,
        SymbolKind.Local => Ranks.Locals,
        SymbolKind.Context => Ranks.Context,
        SymbolKind.Function => Ranks.Functions,
        _ => Ranks.Statements,
    };

    private static CompletionKind KindOf(SymbolKind kind) => kind switch
    {
        SymbolKind.Input or SymbolKind.Given => CompletionKind.Input,
        SymbolKind.Context => CompletionKind.Context,
        SymbolKind.Member => CompletionKind.Field,
        SymbolKind.Function => CompletionKind.Function,
        _ => CompletionKind.Local,
    };
}

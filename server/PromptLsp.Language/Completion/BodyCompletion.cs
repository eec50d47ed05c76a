using System.Collections.Immutable;
using PromptLsp.Language.Catalog;
using PromptLsp.Language.Semantics;
using PromptLsp.Language.Syntax.Body;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Completion;

/// <summary>Completes code in the body: what the syntax around the cursor asks for, whatever is still missing behind it.</summary>
internal sealed class BodyCompletion
{
    private readonly PromptModel _prompt;
    private readonly int _offset;
    private readonly ImmutableArray<SyntaxNode> _path;
    private readonly TextSpan _island;

    private BodyCompletion(PromptModel prompt, int offset, TextSpan island)
    {
        _prompt = prompt;
        _offset = offset;
        _island = island;
        _path = prompt.Document.Body.PathTo(offset);
    }

    public static CompletionList At(PromptModel prompt, int offset) =>
        prompt.Document.Body.IslandAt(offset) is { } island && IsInCode(prompt.Document.Text, island, offset)
            ? new BodyCompletion(prompt, offset, island).Offers()
            : CompletionList.Empty;

    private static bool IsInCode(SourceText text, TextSpan island, int offset)
    {
        if (offset < island.Start + 2)
            return false;
        bool isClosed = island.Length >= 4 && text.Content[island.End - 1] == '}' && text.Content[island.End - 2] == '}';
        return !isClosed || offset <= island.End - 2;
    }

    private CompletionList Offers() =>
        InComment() ? CompletionList.Empty
        : InString() ?? Members() ?? Piped() ?? List(Compared()) ?? List([.. Arguments(), .. Names()]) ?? CompletionList.Empty;

    private bool InComment() => Innermost is CommentNode comment && _offset > comment.Span.Start;

    private SyntaxNode? Innermost => _path.IsEmpty ? null : _path[^1];

    private static CompletionList? List(IEnumerable<CompletionItem> items) => items.ToImmutableArray() is { IsEmpty: false } some ? new(some) : null;

    // Inside quotes: a role, an include's path, a value that the other side of a comparison can have.
    private CompletionList? InString()
    {
        if (Innermost is not LiteralExpression { Value: string } literal || _offset < literal.Content.Start || (_offset > literal.Content.End && !literal.IsUnclosed))
            return null;
        TextSpan replace = OnOneLine(literal.Content);
        if (CallAround is { Kind: CallKind.Role })
            return List(RoleNames(replace, ""));
        if (CallAround is { Kind: CallKind.Include } include && (include.Arguments.IsEmpty || include.Arguments[0].Value == literal || include.Piped == literal))
            return List(IncludePaths(replace));
        if (ComparedWith(literal) is { } type)
            return List(EnumValues(type, replace, ""));
        return CompletionList.Empty;
    }

    private TextSpan OnOneLine(TextSpan span)
    {
        int end = _prompt.Document.Text.LineSpan(_prompt.Document.Text.LineAt(_offset)).End;
        return span.Start <= _offset ? TextSpan.FromBounds(span.Start, Math.Max(_offset, Math.Min(span.End, end))) : new(_offset, 0);
    }

    private CallExpression? CallAround => _path.OfType<CallExpression>().LastOrDefault();

    private PromptType? ComparedWith(Expression value)
    {
        foreach (SyntaxNode node in _path)
        {
            if (node is BinaryExpression { Operator: "==" or "!=" } comparison)
            {
                if (comparison.Right == value)
                    return _prompt.Facts.TypeOf(comparison.Left);
                if (comparison.Left == value)
                    return _prompt.Facts.TypeOf(comparison.Right);
            }
        }
        CaseNode? chosen = _path.OfType<CaseNode>().LastOrDefault();
        return chosen is not null && _path.OfType<Branch>().LastOrDefault() is { Keyword: "when" } branch && branch.Conditions.Contains(value)
            ? _prompt.Facts.TypeOf(chosen.Subject)
            : null;
    }

    // Behind a dot: the functions of a namespace, or the members of a value.
    private CompletionList? Members()
    {
        if (MemberAtCursor() is not { } member)
            return null;
        if (_prompt.Facts.IsNamespace(member.Target))
            return new([.. NamespaceFunctions((NameExpression)member.Target, member)]);
        return new([.. FieldsOf(_prompt.Facts.TypeOf(member.Target), member)]);
    }

    private MemberExpression? MemberAtCursor()
    {
        foreach (SyntaxNode node in _path.Reverse())
        {
            if (node is MemberExpression member && member.NameSpan.Start <= _offset && _offset <= member.NameSpan.End)
                return member;
        }
        return null;
    }

    private IEnumerable<CompletionItem> NamespaceFunctions(NameExpression space, MemberExpression member)
    {
        CallExpression? pipe = _path.OfType<CallExpression>().LastOrDefault(c => c.Piped is not null && c.Callee.Span.Touches(_offset));
        ValueShape given = pipe is null ? ValueShape.Any : ValueShapes.Of(_prompt.Facts.TypeOf(pipe.Piped!));
        foreach (CatalogFunction function in _prompt.Document.Dialect.Functions!.InNamespace(space.Name))
            yield return FunctionItem(function, function.ShortName, Word(member.NameSpan), pipe is not null, pipe is null || (function.Pipes & given) != ValueShape.None ? 20 : 60);
    }

    private IEnumerable<CompletionItem> FieldsOf(PromptType type, MemberExpression member)
    {
        string owner = _prompt.Document.Text[member.Target.Span];
        TextSpan replace = Word(member.NameSpan);
        int rank = 10;
        foreach (PromptType option in type is UnionType union ? union.Options : [type])
        {
            if (option is ObjectType made)
            {
                foreach (Field field in made.Fields)
                {
                    yield return new(field.Name, CompletionKind.Field, replace)
                    {
                        Detail = field.Type.Display + (field.IsOptional ? "?" : ""),
                        Rank = rank++,
                        CommitCharacters = ".",
                        Documentation = () => SymbolText.Of(field, owner),
                    };
                }
            }
            else
            {
                foreach (CatalogMember fact in Catalog.Members.Of(ValueShapes.Of(option)))
                    yield return new(fact.Name, CompletionKind.Field, replace) { Detail = fact.Type.Display, Rank = 40, Documentation = () => fact.Summary };
            }
        }
    }

    // Behind a pipe: functions, those first that take what is piped.
    private CompletionList? Piped()
    {
        CallExpression? pipe = _path.OfType<CallExpression>().LastOrDefault(c => c.Piped is not null && c.Callee is NameExpression or MissingExpression && c.Callee.Span.Touches(_offset));
        Expression? piped = pipe?.Piped;
        if (pipe is null)
        {
            if (BehindPipe() is not { } before)
                return null;
            piped = before;
        }
        if (_prompt.Document.Dialect.Functions is not { } functions)
            return CompletionList.Empty;
        ValueShape given = ValueShapes.Of(_prompt.Facts.TypeOf(piped!));
        TextSpan replace = Word(new(_offset, 0));
        var items = functions.All
            .Where(f => !f.Parameters.IsEmpty && !f.IsMessageFunction)
            .Select(f => FunctionItem(f, f.Name, replace, isPiped: true, Fit(f, given)))
            .Concat(_prompt.Facts.Scopes.VisibleAt(_offset).Where(s => s.Kind == SymbolKind.Function).Select(s => SymbolItem(s, replace, 5)));
        return new([.. items]);
    }

    // Functions about what is piped, then others that take it, then those that take anything; the rest is there, but last.
    private static int Fit(CatalogFunction function, ValueShape given) =>
        (function.Pipes & given) == ValueShape.None ? 80
        : given == ValueShape.Any ? 30
        : function.Namespace == About(given) ? 10
        : function.Pipes == ValueShape.Any ? 40 : 20;

    private static string About(ValueShape shape) => shape switch
    {
        ValueShape.String => "string",
        ValueShape.Array => "array",
        ValueShape.Object => "object",
        ValueShape.Integer or ValueShape.Number or ValueShape.Fraction => "math",
        ValueShape.Date => "date",
        _ => "",
    };

    // Behind "|" and blanks alone: what ends before the pipe is what is piped.
    private Expression? BehindPipe()
    {
        int bar = BehindBlanks();
        ReadOnlySpan<char> text = _prompt.Document.Text.Content;
        if (bar <= _island.Start || text[bar] != '|' || text[bar - 1] == '|')
            return null;
        return _prompt.Document.Body.PathTo(bar).OfType<CallExpression>().FirstOrDefault(c => c.Piped is not null && c.Callee.Span.Start > bar && c.Callee.Span.Start >= _offset - 1)?.Piped;
    }

    // The last character before the cursor that is no blank and no part of the word that is being typed.
    private int BehindBlanks()
    {
        int at = Word(new(_offset, 0)).Start - 1;
        string text = _prompt.Document.Text.Content;
        while (at > _island.Start && text[at] is ' ' or '\t')
            at--;
        return at;
    }

    // Behind "==": the values that the left side can have, in quotes.
    private IEnumerable<CompletionItem> Compared()
    {
        BinaryExpression? comparison = _path.OfType<BinaryExpression>().LastOrDefault(b => b.Operator is "==" or "!=" && b.OperatorSpan.End <= _offset && b.Right is MissingExpression or NameExpression);
        if (comparison is null)
            return [];
        PromptType type = _prompt.Facts.TypeOf(comparison.Left);
        TextSpan replace = Word(new(_offset, 0));
        IEnumerable<CompletionItem> values = EnumValues(type, replace, "\"").Concat(type.Equals(PromptType.Boolean) ? Truths(replace) : []);
        return [.. values, .. Names()];
    }

    private static IEnumerable<CompletionItem> Truths(TextSpan replace) =>
        [new("true", CompletionKind.EnumValue, replace) { Rank = 1 }, new("false", CompletionKind.EnumValue, replace) { Rank = 2 }];

    private static IEnumerable<CompletionItem> EnumValues(PromptType type, TextSpan replace, string quote) =>
        type is not EnumType values ? [] : values.Values.Select((value, i) => new CompletionItem(quote + value + quote, CompletionKind.EnumValue, replace) { Rank = i, FilterText = quote + value });

    // Behind a call's name: the parameters that an include takes, a role's names in quotes.
    private IEnumerable<CompletionItem> Arguments()
    {
        TextSpan word = Word(new(_offset, 0));
        CallExpression? call = CallAround ?? _prompt.Document.Body.PathTo(BehindBlanks() + 1).OfType<CallExpression>().LastOrDefault();
        if (call is { Kind: CallKind.Include } && call.Callee.Span.End < _offset)
            return IncludeParameters(call, word);
        string before = _prompt.Document.Text.Content[_island.Start..(BehindBlanks() + 1)];
        return before.EndsWith("role", StringComparison.Ordinal) && word.Start > BehindBlanks() + 1 ? RoleNames(word, "\"") : [];
    }

    private static IEnumerable<CompletionItem> RoleNames(TextSpan replace, string quote) =>
        Roles.All.Select((role, i) => new CompletionItem(quote + role.Name + quote, CompletionKind.Role, replace) { Rank = i, Detail = "role", Documentation = () => role.Summary });

    private IEnumerable<CompletionItem> IncludePaths(TextSpan replace) => _prompt.Environment.Partials().Take(MostPaths).Select(partial =>
        new CompletionItem(partial.Include, CompletionKind.Include, replace)
        {
            Detail = partial.Path,
            Rank = 10,
            Documentation = () => _prompt.Environment.Include(partial.Include).Found is { } found ? PartialText.Of(found) : null,
        });

    private const int MostPaths = 1000;

    private IEnumerable<CompletionItem> IncludeParameters(CallExpression call, TextSpan replace)
    {
        if (call.Arguments.IsEmpty || call.Arguments[0].Value is not LiteralExpression { Value: string path } || _prompt.Environment.Include(path).Found is not { } partial)
            yield break;
        PromptHeader header = partial.Model.Header;
        foreach (Field input in header.Inputs.Fields)
        {
            if (call.Arguments.Any(a => string.Equals(a.Name, input.Name, StringComparison.Ordinal) && !a.NameSpan.Touches(_offset)))
                continue;
            bool isRequired = !input.IsOptional && !header.Defaults.ContainsKey(input.Name);
            yield return new(input.Name + ":", CompletionKind.Parameter, replace)
            {
                InsertText = input.Name + ": ${1:" + input.Name + "}",
                IsSnippet = true,
                Detail = input.Type.Display + (isRequired ? "" : "?"),
                Rank = isRequired ? 1 : 2,
                Documentation = () => SymbolText.Of(input, partial.Path),
            };
        }
    }

    // Everything that a name can be: variables first, the nearest ones before the rest, then statements and functions.
    private IEnumerable<CompletionItem> Names()
    {
        if (Innermost is LiteralExpression)
            yield break;
        TextSpan replace = Word(new(_offset, 0));
        bool wantsList = _path.OfType<LoopNode>().LastOrDefault() is { } loop && loop.Source.Span.Touches(_offset);
        foreach (Symbol symbol in _prompt.Facts.Scopes.VisibleAt(_offset))
        {
            if (symbol.Declaration is not { } declared || symbol.DeclaredIn is not null || !declared.Touches(_offset))
                yield return SymbolItem(symbol, replace, wantsList && symbol.Type is ArrayType ? 1 : RankOf(symbol));
        }
        if (_prompt.Document.Dialect.Functions is not { } functions)
            yield break;
        bool startsStatement = AtStatementStart(replace.Start);
        if (startsStatement)
        {
            foreach (CatalogStatement statement in _prompt.Document.Dialect.Statements!.All.Where(CanStand))
                yield return StatementItem(statement, replace);
        }
        foreach (CatalogFunction function in functions.InNamespace(""))
            yield return FunctionItem(function, function.Name, replace, isPiped: false, startsStatement && (function.IsMessageFunction || function.TakesOtherNames) ? 35 : 70);
        foreach (FunctionNamespace space in functions.Namespaces)
            yield return new(space.Name, CompletionKind.Namespace, replace) { Rank = 60, CommitCharacters = ".", Detail = "functions", Documentation = () => space.Summary };
    }

    private static int RankOf(Symbol symbol) => symbol.Kind switch
    {
        SymbolKind.LoopVariable or SymbolKind.Parameter => 5,
        SymbolKind.Member => 7,
        SymbolKind.Input => 10,
        SymbolKind.Local => 12,
        SymbolKind.Context => 15,
        SymbolKind.Function => 20,
        _ => 25,
    };

    private bool AtStatementStart(int wordStart)
    {
        int at = wordStart - 1;
        string text = _prompt.Document.Text.Content;
        while (at >= _island.Start + 2 && text[at] is ' ' or '\t')
            at--;
        return at < _island.Start + 2 || text[at] is ';' or '\n' or '\r' or '~' or '-' && at == _island.Start + 2;
    }

    // `else` in an `if`, `break` in a loop, `end` where something is open.
    private bool CanStand(CatalogStatement statement)
    {
        IEnumerable<BlockNode> open = _path.OfType<BlockNode>().Where(b => b.KeywordSpan.End < _offset && (b.CloseSpan is not { } close || _offset <= close.End));
        if (statement.Keyword == "end")
            return open.Any();
        return statement.Within.IsEmpty || open.Any(b => statement.Within.Contains(b.Keyword, StringComparer.Ordinal));
    }

    private CompletionItem StatementItem(CatalogStatement statement, TextSpan replace)
    {
        bool isUnclosedBlock = _path.OfType<BlockNode>().Any(b => b.CloseSpan is null);
        string text = _prompt.Document.Text.Content;
        bool isClosed = _island.Length >= 4 && text[_island.End - 1] == '}' && text[_island.End - 2] == '}';
        return new(statement.Keyword, CompletionKind.Statement, replace)
        {
            InsertText = isClosed ? statement.Snippet : statement.Snippet + " }}",
            IsSnippet = true,
            Rank = statement.Keyword == "end" && isUnclosedBlock ? 1 : statement.Within.IsEmpty ? 30 : 8,
            Documentation = () => statement.Summary,
        };
    }

    private static CompletionItem SymbolItem(Symbol symbol, TextSpan replace, int rank) => new(symbol.Name, KindOf(symbol.Kind), replace)
    {
        Detail = symbol.Kind == SymbolKind.Function ? "function" : symbol.Type.Display + (symbol.IsOptional ? "?" : ""),
        Rank = rank,
        CommitCharacters = symbol.Type is ObjectType ? "." : "",
        Documentation = () => SymbolText.Of(symbol),
    };

    private static CompletionKind KindOf(SymbolKind kind) => kind switch
    {
        SymbolKind.Input => CompletionKind.Input,
        SymbolKind.Context => CompletionKind.Context,
        SymbolKind.Member => CompletionKind.Field,
        SymbolKind.Function => CompletionKind.Function,
        _ => CompletionKind.Local,
    };

    private static CompletionItem FunctionItem(CatalogFunction function, string label, TextSpan replace, bool isPiped, int rank)
    {
        string arguments = string.Join(" ", function.Parameters.Skip(isPiped ? 1 : 0).Where(p => p is { IsOptional: false, IsRest: false })
            .Select((p, i) => p.Takes == ValueShape.String ? $"\"${{{i + 1}:{p.Name}}}\"" : $"${{{i + 1}:{p.Name}}}"));
        bool asksForValues = function.IsMessageFunction || function.TakesOtherNames;
        return new(label, CompletionKind.Function, replace)
        {
            InsertText = arguments.Length == 0 ? label : asksForValues && function.Name != "media" ? label + " \"$1\"" : label + " " + arguments,
            IsSnippet = arguments.Length > 0,
            ThenComplete = asksForValues,
            Detail = function.Signature,
            Rank = rank,
            Documentation = () => FunctionText.Of(function),
        };
    }

    // The word that the cursor stands in or behind, whole: `us|er` is replaced by what is chosen, not split.
    private TextSpan Word(TextSpan around)
    {
        string text = _prompt.Document.Text.Content;
        int start = Math.Min(around.Start, _offset), end = Math.Max(around.End, _offset);
        while (start > 0 && IsWord(text[start - 1]))
            start--;
        while (end < text.Length && IsWord(text[end]))
            end++;
        return TextSpan.FromBounds(start, end);
    }

    private static bool IsWord(char c) => c == '_' || char.IsLetterOrDigit(c);
}

using PromptLsp.Language.Catalog;
using PromptLsp.Language.Semantics;
using PromptLsp.Language.Syntax.Body;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Linting;

/// <summary>A call with too few or too many arguments, or with a name that the function does not take: it fails when rendered.</summary>
public sealed class WrongArguments : Rule
{
    public const string Name = "wrong-arguments";

    public override string Id => Name;

    public override RuleGroup Group => RuleGroup.Variables;

    public override Severity Default => Severity.Error;

    public override IEnumerable<Finding> Find(PromptModel prompt, CancellationToken cancel)
    {
        Dictionary<Symbol, OwnFunction?>? own = null;
        foreach (CallUse call in prompt.Facts.Calls)
        {
            Finding? finding = call switch
            {
                { Function: null, OwnFunction: null } => null,
                _ when IsHalfTyped(call) => null,
                { Function: { IsConstant: false } function } when prompt.Meaning.TakesHelpers => OfHelper(call, function),
                { Function: { IsConstant: false } function } => Wrong(prompt, call, function),
                { OwnFunction: { Kind: SymbolKind.Function } symbol } => WrongOwn(prompt, call, symbol, own ??= []),
                _ => null,
            };
            if (finding is not null)
                yield return finding;
        }
    }

    private static bool IsHalfTyped(CallUse call) => call.Arguments.Any(a => IsOpen(a.Value));

    // Also `@(do; … end)`, behind which the call goes on.
    private static bool IsOpen(Expression value) =>
        value is MissingExpression or UnaryExpression { Operator: UnaryOperator.Spread }
        || (value is UnaryExpression or GroupExpression && value.Children.OfType<Expression>().Any(IsOpen));

    private static Finding? Wrong(PromptModel prompt, CallUse call, CatalogFunction function) =>
        WrongCount(call, function.Name, function.RequiredCount, function.TakesOtherNames ? null : function.MaximumCount, function.Signature)
        ?? (function.TakesOtherNames ? null : UnknownName(call, function) ?? Unfit(prompt, call, function));

    // What is given by name is apart from what is given by place. Most helpers make something of too few values, and of too many.
    private static Finding? OfHelper(CallUse call, CatalogFunction function)
    {
        GivenArgument[] placed = [.. call.Arguments.Where(a => a.Name is null)];
        Severity severity = function.FailsOnCount ? Severity.Off : Severity.Warning;
        if (!function.TakesOtherNames && function.MaximumCount is { } most && placed.Length > most)
        {
            TextSpan extra = TextSpan.FromBounds(placed[most].Value.Span.Start, placed[^1].Value.Span.End);
            string says =
                most == 0 && !function.Parameters.IsEmpty ? "its arguments by name alone"
                : most == 0 ? "no argument"
                : "at most " + Count(most);
            return new(extra, $"`{function.Name}` takes {says}; it reads `{function.Signature}`") { Severity = severity };
        }
        string[] missing =
        [
            .. function
                .Parameters.Where(
                    (p, i) =>
                        !p.IsOptional
                        && !p.IsRest
                        && (p.IsNamed || i >= placed.Length)
                        && !call.Arguments.Any(a => string.Equals(a.Name, p.Name, StringComparison.Ordinal))
                )
                .Select(p => p.Name),
        ];
        if (missing.Length > 0)
            return new(call.Callee.Span, $"`{function.Name}` is given nothing for `{missing[0]}`; it reads `{function.Signature}`") { Severity = severity };
        return function.TakesOtherNames ? null : UnknownName(call, function);
    }

    // A function without parameters takes whatever it is given, as `$0` and `$1`; one that is given a name twice may be either.
    private static Finding? WrongOwn(PromptModel prompt, CallUse call, Symbol symbol, Dictionary<Symbol, OwnFunction?> known)
    {
        if (prompt.Facts.Scopes.Named(symbol.Name).Count > 1)
            return null;
        if (!known.TryGetValue(symbol, out OwnFunction? function))
            known.Add(symbol, function = OwnFunction.Of(prompt, symbol));
        if (function is not { Parameters.IsEmpty: false } || IsBroken(prompt, symbol))
            return null;
        if (UnknownName(call, function.Name, [.. function.Parameters.Select(p => p.Name)], function.Signature) is { } unknown)
            return unknown;
        if (MissingByName(call, function) is { } missing)
            return missing;
        int? most = function.Parameters.Any(p => p.IsRest) ? null : function.Parameters.Length;
        return WrongCount(call, function.Name, function.Parameters.Count(p => p is { IsOptional: false, IsRest: false }), most, function.Signature);
    }

    // `f b: 1`, where nothing is given for `a`.
    private static Finding? MissingByName(CallUse call, OwnFunction function)
    {
        int placed = call.Arguments.Count(a => a.Name is null);
        if (placed == call.Arguments.Count)
            return null;
        string[] missing =
        [
            .. function
                .Parameters.Skip(placed)
                .Where(p => !p.IsOptional && !p.IsRest && !call.Arguments.Any(a => string.Equals(a.Name, p.Name, StringComparison.Ordinal)))
                .Select(p => p.Name),
        ];
        return missing.Length == 0 ? null : new(call.Callee.Span, $"`{function.Name}` is given nothing for `{missing[0]}`; it reads `{function.Signature}`");
    }

    private static bool IsBroken(PromptModel prompt, Symbol function) =>
        !prompt.Document.Body.Problems.IsEmpty
        && prompt.Document.Body.IslandAt(function.Declaration!.Value.Start) is { } island
        && prompt.Document.Body.Problems.Any(p => island.Contains(p.Span.Start));

    private static Finding? WrongCount(CallUse call, string name, int least, int? most, string signature)
    {
        int given = call.Arguments.Count;
        if (given < least)
            return new(call.Callee.Span, $"`{name}` needs {Count(least)}, and is given {given}; it reads `{signature}`");
        if (given <= (most ?? given))
            return null;
        TextSpan extra = TextSpan.FromBounds(call.Arguments[most!.Value].Value.Span.Start, call.Arguments[^1].Value.Span.End);
        return new(extra, $"`{name}` takes {(most == 0 ? "no argument" : "at most " + Count(most.Value))}, and is given {given}; it reads `{signature}`");
    }

    // A value on which the function fails, whatever it holds.
    private static Finding? Unfit(PromptModel prompt, CallUse call, CatalogFunction function)
    {
        for (int i = 0; i < call.Arguments.Count; i++)
        {
            GivenArgument given = call.Arguments[i];
            FunctionParameter? parameter =
                given.Name is { } name ? function.Parameters.FirstOrDefault(p => string.Equals(p.Name, name, StringComparison.Ordinal))
                : i < function.Parameters.Length ? function.Parameters[i]
                : null;
            if (parameter?.Takes == ValueShape.Function && FunctionMeant(prompt, given.Value) is { } meant)
                return new(given.Value.Span, $"`{function.Name}` takes a function for `{parameter.Name}`; write `{prompt.Notation.FunctionItself(meant)}`")
                {
                    Fixes = [Fix.ChangeTo(prompt.Notation.FunctionItself(meant), given.Value.Span)],
                };
            if (
                parameter?.Content == ParameterContent.Pattern
                && given.Value is LiteralExpression { Value: string pattern, IsUnclosed: false }
                && Patterns.FaultIn(pattern) is { } fault
            )
                return new(given.Value.Span, $"this regular expression cannot be read: {fault}");
            ValueShape shape = ValueShapes.Of(given.Type);
            if (parameter is null || shape is ValueShape.None or ValueShape.Any || (shape & ~prompt.Meaning.Refuses(function, parameter)) != ValueShape.None)
                continue;
            string? parser = shape == ValueShape.String && prompt.Meaning.Parser(parameter.Takes) is { } able ? prompt.Notation.Piped(able) : null;
            return new(
                given.Value.Span,
                $"`{function.Name}` takes {parameter.Takes.Article()} for `{parameter.Name}`, and this is "
                    + $"{TypeNames.A(given.Type)}{(parser is null ? "" : $"; `{parser.TrimStart()}` makes one of it")}"
            )
            {
                Fixes = parser is not null && given.IsPiped ? [new($"Add `{parser.TrimStart()}`", TextEdit.Insert(given.Value.Span.End, parser))] : [],
            };
        }
        return null;
    }

    // Without its `@` a function is called there and then, and in quotes it is a text.
    private static string? FunctionMeant(PromptModel prompt, Expression value) =>
        value switch
        {
            NameExpression name when prompt.Facts.Scopes.Find(name) is { Kind: SymbolKind.Function } => name.Name,
            LiteralExpression { Value: string name }
                when prompt.Functions?.Find(name) is not null || prompt.Facts.Scopes.FindAnywhere(name) is { Kind: SymbolKind.Function } => name,
            _ => null,
        };

    private static Finding? UnknownName(CallUse call, CatalogFunction function) =>
        UnknownName(call, function.Name, [.. function.Parameters.Select(p => p.Name)], function.Signature);

    private static Finding? UnknownName(CallUse call, string function, string[] parameters, string signature)
    {
        foreach (Argument argument in call.Node?.Arguments ?? [])
        {
            if (argument.Name is not { } name || parameters.Contains(name, StringComparer.Ordinal))
                continue;
            string? meant = Spelling.Nearest(name, parameters);
            // The engine takes it for the next argument, which may even be right.
            return new(
                argument.NameSpan,
                $"`{function}` has no parameter `{name}`{(meant is null ? $"; it reads `{signature}`" : $"; did you mean `{meant}`?")}"
            )
            {
                Severity = Severity.Warning,
                Fixes = Fix.ChangeToMeant(meant, argument.NameSpan),
            };
        }
        return null;
    }

    private static string Count(int count) => count == 1 ? "1 argument" : $"{count} arguments";
}

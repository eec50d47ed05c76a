using PromptLsp.Language.Catalog.Types;
using PromptLsp.Language.Syntax.Body;

namespace PromptLsp.Language.Semantics;

/// <summary>
/// Which role a message may have whose role is not written out: what its name is made of, through locals, captures, functions, their
/// parameters, lists, objects and partials.
/// </summary>
internal sealed class ComputedRole
{
    private const int DeepestInclude = 8, MostIncludes = 500, MostSteps = 2_000;

    private static readonly string[] Orders = ["system", "developer"];

    private readonly HashSet<(SyntaxNode, PromptModel)> _seen = [];
    private readonly List<string> _words = [];

    // Words are put together, or changed, on the way.
    private bool _isBuilt;
    private int _steps;

    /// <summary>True for the roles whose words the model takes for orders.</summary>
    public static bool GivesOrders(string? role) => role is "system" or "developer";

    /// <summary>The role that gives orders which a message may have; null where it has none such.</summary>
    /// <param name="start">What may have begun the message: a call of <c>role</c>, or an include.</param>
    public static string? OrdersOf(PromptModel prompt, CallExpression start)
    {
        int includes = 0;
        return OrdersOf(new Place(prompt, null), start, DeepestInclude, ref includes);
    }

    // Which role a partial begins depends on the way to it, so it may be gone into more than once.
    private static string? OrdersOf(Place place, CallExpression start, int depth, ref int includes)
    {
        if (start.Kind != CallKind.Include)
            return start.First is { } name ? Of(place, name) : null;
        if (depth == 0 || IncludedPartial.Of(place.Prompt, start) is not { } partial || ++includes > MostIncludes)
            return null;
        Place inside = new(partial.Model, new(place, start));
        foreach (CallExpression inner in partial.Model.Facts.Messages.Select(m => m.Node).Concat(partial.Model.Facts.Includes.Select(i => i.Node)))
        {
            if (OrdersOf(inside, inner, depth - 1, ref includes) is { } orders)
                return orders;
        }
        return null;
    }

    private static string? Of(Place place, Expression name)
    {
        var computed = new ComputedRole();
        computed.Collect(place, name);
        return Array.Find(Orders, o => computed._words.Exists(w => w.Trim() == o))
            ?? (computed._isBuilt ? Array.Find(Orders, o => IsSpelled(o, string.Concat(computed._words))) : null);
    }

    // No letter of a role comes from nowhere.
    private static bool IsSpelled(string word, string letters) =>
        word.GroupBy(c => c).All(g => letters.Count(l => char.ToLowerInvariant(l) == g.Key) >= g.Count());

    private void Collect(Place place, SyntaxNode node)
    {
        if (++_steps > MostSteps || !_seen.Add((node, place.Prompt)))
            return;
        switch (node)
        {
            case LiteralExpression { Value: string word }:
                _words.Add(word);
                break;
            case TextNode text:
                if (place.Prompt.Document.Text[text.Span].Trim() is { Length: > 0 } written)
                    _words.Add(written);
                break;
            case NameExpression name:
                Name(place, name);
                break;
            case MemberExpression { Name: var key, Target: var target }:
                Part(place, target, key);
                break;
            case IndexExpression { Index: LiteralExpression { Value: string key }, Target: var target }:
                Part(place, target, key);
                break;
            case IndexExpression { Index: LiteralExpression { Value: long index }, Target: var target }:
                Item(place, target, index);
                break;
            case IndexExpression { Target: var target }:
                Collect(place, target);
                break;
            case ConditionalExpression either:
                Collect(place, either.Then);
                Collect(place, either.Else);
                break;
            case BinaryExpression { IsTruth: true }:
                break;
            case BinaryExpression { IsFallback: true } either:
                Collect(place, either.Left);
                Collect(place, either.Right);
                break;
            case BinaryExpression both:
                _isBuilt = true;
                Collect(place, both.Left);
                Collect(place, both.Right);
                break;
            case InterpolatedExpression text:
                _isBuilt = true;
                _words.Add(place.Prompt.Document.Text[text.Span]);
                Children(place, text);
                break;
            case CallExpression call:
                Call(place, call);
                break;
            case CaptureNode capture:
                Written(place, capture.Body);
                break;
            case FunctionNode function:
                Written(place, function.Body);
                break;
            case IfNode conditional:
                foreach (Branch branch in conditional.Branches)
                    Written(place, branch.Body);
                break;
            default:
                Children(place, node);
                break;
        }
    }

    private void Children(Place place, SyntaxNode node)
    {
        foreach (SyntaxNode child in node.Children)
            Collect(place, child);
    }

    // Several texts one after the other are one word.
    private void Written(Place place, IEnumerable<BodyNode> body)
    {
        int before = _words.Count;
        foreach (BodyNode node in body.Where(n => n is not StatementNode { Kind: not StatementKind.Return }))
            Collect(place, node);
        _isBuilt |= _words.Count > before + 1;
    }

    private void Name(Place place, NameExpression name)
    {
        Symbol? symbol = place.Prompt.Facts.Scopes.Find(name);
        if (
            symbol is null or { Kind: SymbolKind.Input or SymbolKind.Given }
            && place.Around is { } around
            && around.Include.Arguments.FirstOrDefault(a => a.Name == name.Name) is { } given
        )
        {
            Collect(around.Place, given.Value);
            return;
        }
        switch (symbol)
        {
            case { Kind: SymbolKind.Local or SymbolKind.Function }:
                foreach (SyntaxNode value in ValuesAt(place.Prompt, symbol, name))
                    Collect(place, value);
                break;
            case { Kind: SymbolKind.Parameter }:
                foreach (Expression argument in GivenFor(place.Prompt, symbol))
                    Collect(place, argument);
                break;
            case { Type: EnumType words }:
                _words.AddRange(words.Values);
                break;
            case { HasDefault: true } when place.Prompt.Header.Defaults.GetValueOrDefault(name.Name) is string standard:
                _words.Add(standard);
                break;
            case { MadeOf: { Count: > 0 } sources }:
                foreach (SyntaxNode source in sources)
                    Collect(place, source);
                break;
        }
    }

    // What a name was given last before its use; in a block, which may run again, all that it is ever given.
    private static IEnumerable<SyntaxNode> ValuesAt(PromptModel prompt, Symbol symbol, NameExpression use)
    {
        IReadOnlyList<Symbol> same = prompt.Facts.Scopes.Named(symbol.Name);
        bool isInBlock = prompt.Document.Body.PathTo(use.Span.Start).Any(n => n is BlockNode);
        foreach (Symbol given in isInBlock ? same.Reverse() : same.Where(s => s.Order <= symbol.Order).Reverse())
        {
            if (given.Value is { } value)
                yield return value;
            if (!isInBlock && given is { IsInBlock: false, IsPlain: true })
                yield break;
        }
    }

    // What the calls of a function give for its parameter, and its default.
    private static IEnumerable<Expression> GivenFor(PromptModel prompt, Symbol parameter)
    {
        foreach (FunctionNode function in prompt.Facts.Scopes.All.Select(s => s.Value).OfType<FunctionNode>())
        {
            int index = function.Parameters.ToList().FindIndex(p => p.Span.Start == parameter.Declaration?.Start);
            if (index < 0)
                continue;
            if (function.Parameters[index].Default is { } standard)
                yield return standard;
            foreach (CallUse call in prompt.Facts.Calls.Where(c => c.OwnFunction?.Value == function))
            {
                if (GivenFor(call, parameter.Name, index) is { } value)
                    yield return value;
            }
        }
    }

    /// <summary>What a call gives for a parameter, by its name or its place; null where it gives nothing.</summary>
    public static Expression? GivenFor(CallUse call, string parameter, int index)
    {
        foreach (GivenArgument given in call.Arguments)
        {
            if (string.Equals(given.Name, parameter, StringComparison.Ordinal))
                return given.Value;
        }
        return call.Arguments.Where(a => a.Name is null).ElementAtOrDefault(index) is { Value: { } value } ? value : null;
    }

    // A member of objects that are written out is only that; of anything else it may be all there is.
    private void Part(Place place, Expression target, string key)
    {
        foreach (Expression value in Meant(place.Prompt, target))
        {
            if (value is not ObjectExpression made)
                Collect(place, value);
            foreach (Argument entry in value is ObjectExpression { Entries: var entries } ? entries : [])
            {
                if (string.Equals(entry.Name, key, StringComparison.Ordinal))
                    Collect(place, entry.Value);
            }
        }
    }

    private void Item(Place place, Expression target, long index)
    {
        foreach (Expression value in Meant(place.Prompt, target))
        {
            if (value is ArrayExpression list && 0 <= index && index < list.Items.Length)
                Collect(place, list.Items[(int)index]);
            else
                Collect(place, value);
        }
    }

    // What an expression stands for, where that is another one that is written out.
    private static IEnumerable<Expression> Meant(PromptModel prompt, Expression value) =>
        value switch
        {
            GroupExpression group => Meant(prompt, group.Inner),
            NameExpression name
                when prompt.Facts.Scopes.Find(name) is { Kind: SymbolKind.Local } symbol
                    && ValuesAt(prompt, symbol, name).ToList() is var values
                    && values.TrueForAll(v => v is ObjectExpression or ArrayExpression) => values.Cast<Expression>(),
            _ => [value],
        };

    private void Call(Place place, CallExpression call)
    {
        if (call.Callee is NameExpression own && place.Prompt.Facts.Scopes.Find(own) is not null)
        {
            Collect(place, own);
            return;
        }
        _isBuilt = true;
        string? function = place.Prompt.Facts.FunctionOf(call.Callee)?.ShortName;
        // What is sought in a text is not what comes of it.
        int sought =
            function is not null && (function.StartsWith("replace", StringComparison.Ordinal) || function.StartsWith("remove", StringComparison.Ordinal))
                ? 1
                : -1;
        Expression[] given = call.Piped is { } piped ? [piped, .. call.Arguments.Select(a => a.Value)] : [.. call.Arguments.Select(a => a.Value)];
        for (int i = 0; i < given.Length; i++)
        {
            if (i != sought)
                Collect(place, given[i]);
        }
    }

    /// <param name="Around">The include through which one came here; null in the prompt itself.</param>
    private sealed record Place(PromptModel Prompt, Around? Around);

    private sealed record Around(Place Place, CallExpression Include);
}

using System.Numerics;
using PromptLsp.Language.Catalog;
using PromptLsp.Language.Catalog.Types;
using PromptLsp.Language.Semantics;
using PromptLsp.Language.Semantics.Dialects;
using PromptLsp.Language.Syntax.Body;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Linting;

/// <summary>A call of a function that does not exist, which fails when the prompt is rendered.</summary>
public sealed class UnknownFunction : Rule
{
    public const string Name = "unknown-function";

    public override string Id => Name;

    public override RuleGroup Group => RuleGroup.Variables;

    public override Severity Default => Severity.Error;

    public override IEnumerable<Finding> Find(PromptModel prompt, CancellationToken cancel)
    {
        if (prompt.Functions is not { } functions)
            yield break;
        foreach (CallUse call in prompt.Facts.Calls)
        {
            if (call.Function is not null)
                continue;
            if (call.Callee is MemberExpression { Target: NameExpression space } member && prompt.Facts.IsNamespace(space))
            {
                if (member.Name.Length > 0 && (call.Node is not null || !MayBeGiven(prompt, member)))
                    yield return InNamespace(prompt.Meaning, functions, space.Name, member);
            }
            else if (NoFunction(prompt, call) is { } value)
            {
                yield return value;
            }
            else if (call.Callee is NameExpression { Kind: NameKind.Variable } name && call.OwnFunction is null && !MayBeGiven(prompt, name))
            {
                yield return AtTop(prompt, functions, call, name);
            }
        }
    }

    // A value stands where a function should: Scriban calls what another value follows, and what is behind a pipe.
    private static Finding? NoFunction(PromptModel prompt, CallUse call)
    {
        if (
            call.Node is null
            || call.Callee is not (NameExpression { Kind: NameKind.Variable } or MemberExpression)
            || call.Callee is NameExpression name && prompt.Facts.Scopes.Find(name) is null or { Kind: SymbolKind.Function }
        )
            return null;
        PromptType type = prompt.Facts.TypeOf(call.Callee);
        if (type is ScalarType { Kind: ScalarKind.Any or ScalarKind.Null } or UnionType or ObjectType { IsClosed: false })
            return null;
        string written = prompt.Document.Text[call.Callee.Span];
        TextSpan behind = TextSpan.FromBounds(call.Callee.Span.End, Math.Max(call.Callee.Span.End, call.Node.Span.End));
        if (call.Node.Piped is null && prompt.Document.Text[behind] == "()")
            return new(call.Callee.Span, $"`{written}` is {TypeNames.A(type)} and no function; leave out `()`")
            {
                Fixes = [new("Leave out `()`", new TextEdit(behind, "")) { IsSafe = true }],
            };
        return call.Node.Piped is not null
            ? new(
                call.Callee.Span,
                $"`{written}` is {TypeNames.A(type)} and no function; behind `|` stands a "
                    + $"function{(type == PromptType.Boolean ? ", and between conditions `||`" : "")}"
            )
            : new(
                call.Callee.Span,
                $"`{written}` is {TypeNames.A(type)} and no function, and cannot be called with what follows; put an operator between them, or write them apart"
            );
    }

    // Without a schema the name may be a function that the application gives; a member of something unknown may be one too.
    private static bool MayBeGiven(PromptModel prompt, NameExpression name) =>
        prompt.Facts.Scopes.MayBeMember(name.Span.Start) || prompt.Facts.Scopes.FindAnywhere(name.Name) is not null;

    // So may what is read of an object of that name, where no schema says that there is none, or of what the body assigns.
    private static bool MayBeGiven(PromptModel prompt, MemberExpression member) =>
        prompt.Header is not { DeclaresInputs: true, Inputs.IsClosed: true }
        || prompt.Facts.Scopes.MayBeMember(member.Span.Start)
        || prompt.Facts.AssignedMembers.Contains(member.Name);

    private static Finding InNamespace(Meaning meaning, FunctionCatalog functions, string space, MemberExpression member)
    {
        string? meant =
            meaning.FunctionsFor(member.Name).FirstOrDefault(f => f.StartsWith(space + ".", StringComparison.Ordinal))
            ?? (Spelling.Nearest(member.Name, functions.InNamespace(space).Select(f => f.ShortName)) is { } near ? space + "." + near : null)
            ?? functions.Namespaces.Select(n => n.Name + "." + member.Name).FirstOrDefault(n => functions.Find(n) is not null);
        bool isSure =
            meant?.StartsWith(space + ".", StringComparison.Ordinal) == true
            && Spelling.IsSure(member.Name, meant[(space.Length + 1)..], functions.InNamespace(space).Select(f => f.ShortName));
        return Report(member.Span, $"{space}.{member.Name}", meant, isSure);
    }

    private static Finding AtTop(PromptModel prompt, FunctionCatalog functions, CallUse call, NameExpression name)
    {
        if (OtherLanguages(prompt, call, name) is { } finding)
            return finding;
        if (prompt.Meaning.TakesHelpers)
            return OfApplication(prompt, functions, call, name.Span, name.Name);
        string[] known = [.. functions.InNamespace("").Select(f => f.Name).Concat(OwnFunctions(prompt))];
        string? meant = SameName(prompt.Meaning, functions, call, name.Name) ?? Spelling.Nearest(name.Name, known);
        return Report(name.Span, name.Name, meant, known.Contains(meant, StringComparer.Ordinal) && Spelling.IsSure(name.Name, meant, known));
    }

    // Whether the application has it, nobody here can tell.
    private static Finding OfApplication(PromptModel prompt, FunctionCatalog functions, CallUse call, TextSpan span, string name)
    {
        CatalogStatement[] blocks = [.. prompt.Meaning.Statements!.All.Where(s => s.ClosedBy is not null)];
        if (Array.Find(blocks, s => s.Keyword[1..] == name) is { } block)
        {
            // Behind its mark it has too few values, or too many.
            bool isOpened = span.Start > 0 && prompt.Document.Text.Content[span.Start - 1] == block.Keyword[0];
            return isOpened
                ? new(span, $"`{block.Keyword}` takes other values than these; it is written `{prompt.Notation.Island(WithoutPlaces(block))}`")
                : new(span, $"`{name}` opens a block; it is written `{prompt.Notation.Island(WithoutPlaces(block))}`");
        }
        string[] known = [.. functions.All.Select(f => f.Name).Concat(blocks.Select(s => s.Keyword[1..]))];
        string? meant = Spelling.Nearest(name, known);
        Fix? declare = HelperDeclaration.Of(prompt, call, name);
        string says =
            $"`{name}` is no helper that is known here; {(meant is null ? "" : $"did you mean `{meant}`? ")}if the application registers it, "
                + $"declare it under `helpers` in `{prompt.Environment.Settings.Path}`";
        return new(span, says) { Severity = Severity.Warning, Fixes = [.. Fix.ChangeToMeant(meant, span), .. declare is null ? [] : new[] { declare }] };
    }

    // `#if ${1:condition}}}$0{{/if`, as one reads it.
    private static string WithoutPlaces(CatalogStatement block)
    {
        string head = block.Snippet[..block.Snippet.IndexOf("$0", StringComparison.Ordinal)].TrimEnd('}');
        return string.Concat(
            head.Split("${")
                .Select((part, i) => i == 0 ? part : part[(part.IndexOf(':', StringComparison.Ordinal) + 1)..].Replace("}", "", StringComparison.Ordinal))
        );
    }

    // By that name in a namespace, or by the name that another language has for it: the one made for what it is given.
    private static string? SameName(Meaning meaning, FunctionCatalog functions, CallUse call, string name)
    {
        IEnumerable<CatalogFunction> known = meaning.FunctionsFor(name) is { IsEmpty: false } meant
            ? meant.Select(functions.Find).OfType<CatalogFunction>()
            : functions.Namespaces.Select(n => functions.Find(n.Name + "." + name)).OfType<CatalogFunction>();
        ValueShape given = call.Arguments is [var first, ..] ? ValueShapes.Of(first.Type) : ValueShape.Any;
        List<CatalogFunction> fitting = [.. known.Where(f => (f.Pipes & given) != ValueShape.None || f.Parameters.IsEmpty)];
        return (
            given == ValueShape.Any ? fitting.MaxBy(f => BitOperations.PopCount((uint)f.Pipes)) : fitting.MinBy(f => BitOperations.PopCount((uint)f.Pipes))
        )?.Name;
    }

    private static IEnumerable<string> OwnFunctions(PromptModel prompt) =>
        prompt.Facts.Scopes.All.Where(s => s.Kind == SymbolKind.Function).Select(s => s.Name);

    // Words that are operators or statements in languages that people come from.
    private static Finding? OtherLanguages(PromptModel prompt, CallUse call, NameExpression name)
    {
        if (call.Node is not { Piped: null } node)
            return null;
        if (prompt.Meaning.WordFor(name.Name) is not { } word)
            return prompt.Meaning.AdviceOn(name.Name) is { } advice ? new(name.Span, $"there is no function `{name.Name}`; {advice}") : null;
        // A sign stands right before its value.
        int end = !char.IsLetter(word[0]) && word.Length == 1 && node.Arguments is [var first, ..] ? first.Span.Start : name.Span.End;
        return new(name.Span, $"there is no function `{name.Name}`; write `{word}`")
        {
            Fixes = [Fix.ChangeTo(word, TextSpan.FromBounds(name.Span.Start, end))],
        };
    }

    private static Finding Report(TextSpan span, string name, string? meant, bool isSure) => new(span, meant is null
        ? $"there is no function `{name}`"
        : $"there is no function `{name}`; did you mean `{meant}`?")
    {
        Fixes = meant is null ? [] : [Fix.ChangeTo(meant, span) with { IsSafe = isSure }],
    };
}

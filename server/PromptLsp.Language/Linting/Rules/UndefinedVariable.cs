using System.Collections.Immutable;
using PromptLsp.Language.Catalog;
using PromptLsp.Language.Catalog.Types;
using PromptLsp.Language.Semantics;
using PromptLsp.Language.Syntax.Body;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Linting;

/// <summary>A name that nothing defines, in a prompt that says what its inputs are.</summary>
public sealed class UndefinedVariable : Rule
{
    public const string Name = "undefined-variable";

    public override string Id => Name;

    public override RuleGroup Group => RuleGroup.Variables;

    public override Severity Default => Severity.Warning;

    public override IEnumerable<Finding> Find(PromptModel prompt, CancellationToken cancel)
    {
        foreach (OutputUse output in prompt.Facts.Outputs)
        {
            if (OfPrivate(prompt, output.Node.Value) is { } lost)
                yield return lost;
        }
        if (!prompt.Header.DeclaresInputs || prompt.Header.Inputs.Others is not null)
            yield break;
        foreach (Finding finding in InOtherBraces(prompt))
            yield return finding;
        List<Reference> unknown = prompt.Facts.References.FindAll(static r => r is { Symbol: null, IsWrite: false, IsCallee: false });
        foreach (Finding finding in BeforeAssigned(prompt, unknown))
            yield return finding;
        int readTo = 0;
        foreach (Reference reference in unknown.FindAll(prompt.IsUndefined))
        {
            // The parts of one name with dashes are one slip.
            if (reference.Span.Start < readTo)
                continue;
            if (IsOfMember(prompt, reference))
                continue;
            if (Dashed(prompt, reference) is { } dashed)
            {
                readTo = dashed.Span.End;
                yield return dashed;
                continue;
            }
            yield return Report(prompt, reference);
        }
    }

    // An input that the body names, but does not read.
    private static IEnumerable<Finding> InOtherBraces(PromptModel prompt)
    {
        if (prompt.FreeNames.Contains(FreeNames.Any))
            yield break;
        foreach (Field input in prompt.Header.Inputs.Fields)
        {
            if (prompt.FreeNames.Contains(input.Name) || !prompt.Placeholders.TryGetValue(input.Name, out List<TextSpan>? places))
                continue;
            string read = prompt.Notation.Island(input.Name);
            yield return new(places[0], $"`{prompt.Document.Text[places[0]]}` goes to the model as it stands; the input is written `{read}`")
            {
                Fixes = [new($"Change to `{read}`", [.. places.Select(place => new TextEdit(place, read))])],
            };
        }
    }

    // `role system`, `include voice`: their names are texts.
    private static Finding? Quoted(PromptModel prompt, Reference reference)
    {
        string name = reference.Node.Name,
            quoted = prompt.Notation.Quoted(name);
        bool isRole = Roles.Find(name) is not null && prompt.Facts.Messages.Exists(m => m.Node.Arguments is [var role, ..] && role.Value == reference.Node);
        bool isPartial = !isRole && prompt.Facts.Includes.Exists(i => i.Node.Arguments is [var path, ..] && path.Value == reference.Node);
        if (!isRole && !(isPartial && prompt.Environment.Include(name).Status == IncludeStatus.Found))
            return null;
        return new(reference.Span, $"`{name}` is not declared; the name of a {(isRole ? "role" : "partial")} stands in quotes: `{quoted}`")
        {
            Fixes = [Fix.ChangeTo(quoted, reference.Span)],
        };
    }

    // `array.each upcase`
    private static Finding? AsFunction(PromptModel prompt, Reference reference)
    {
        if (
            FunctionNamed(prompt, reference.Node.Name) is not { } function
            || !prompt.Facts.Calls.Exists(c => TakesFunction(c) && c.Arguments.Any(a => a.Value == reference.Node))
        )
            return null;
        return new(
            reference.Span,
            $"`{reference.Node.Name}` is not declared; a function that is given to another has `@` in front: `{prompt.Notation.FunctionItself(function)}`"
        )
        {
            Fixes = [Fix.ChangeTo(prompt.Notation.FunctionItself(function), reference.Span)],
        };
    }

    private static string? FunctionNamed(PromptModel prompt, string name) =>
        prompt.Meaning.FunctionsFor(name) is [var meant, ..] ? meant
        : prompt.Functions is { } functions ? functions.Namespaces.Select(n => n.Name + "." + name).FirstOrDefault(n => functions.Find(n) is not null)
        : null;

    // `{{ input.name }}`: the inputs have no object of their own.
    private static Finding? OfOutside(PromptModel prompt, Reference reference) =>
        reference.Node.Name is "input" or "inputs" or "vars" or "variables" or "params" or "args" or "ctx" or "context"
        && prompt.Facts.MemberOf(reference) is { } member
        && prompt.Facts.Scopes.Find(member.Name, reference.Span.Start) is { Kind: SymbolKind.Input or SymbolKind.Context }
            ? new(reference.Span, $"`{reference.Node.Name}` is not declared; inputs are read by their names alone: `{member.Name}`")
            {
                Fixes = [Fix.ChangeTo(member.Name, member.Span)],
            }
            : null;

    // `{{ due-date }}` subtracts `date` from `due`.
    private static Finding? Dashed(PromptModel prompt, Reference reference)
    {
        SourceText text = prompt.Document.Text;
        int start = reference.Span.Start, end = reference.Span.End;
        while (start > 0 && IsOfName(text.Content[start - 1]))
            start--;
        while (end < text.Length && IsOfName(text.Content[end]))
            end++;
        // Behind `{{-` there is a dash that belongs to the braces.
        TextSpan written = TextSpan.FromBounds(start, end);
        string name = text[written].Trim('-');
        if (!name.Contains('-', StringComparison.Ordinal) || prompt.Header.Inputs.Find(name) is null)
            return null;
        TextSpan span = new(start + text[written].IndexOf(name, StringComparison.Ordinal), name.Length);
        string better = prompt.Notation.Variable(name);
        return new(span, $"`{name}` reads as a subtraction; write `{better}`, or give the input a name without `-`") { Fixes = [Fix.ChangeTo(better, span)] };
    }

    // Of `headers.Content-Type`, unknown-member tells.
    private static bool IsOfMember(PromptModel prompt, Reference reference) =>
        prompt.Facts.Members.FindLast(m => m.Node.NameSpan.Start < reference.Span.Start) is { Node: { } member } use
        && DashedMember.Of(prompt, use) is { } dashed
        && member.NameSpan.Start + dashed.Length >= reference.Span.End;

    private static bool IsOfName(char c) => c is '-' or '_' || char.IsLetterOrDigit(c);

    // Inside a block that brings a subject, what is around it is read otherwise.
    private static Finding? OutsideBlock(PromptModel prompt, Reference reference)
    {
        if (prompt.Facts.Scopes.Outside(reference.Node) is not (_, var up))
            return null;
        string better = prompt.Notation.Outside(reference.Node.Name, up);
        return new(reference.Span, $"`{reference.Node.Name}` is looked up in the value of the block around, which has no such member; outside it is `{better}`")
        {
            Fixes = [Fix.ChangeTo(better, reference.Span) with { IsSafe = true }],
        };
    }

    // A member that the value of the block around does not have.
    private static Finding OfSubject(Reference reference, Symbol subject)
    {
        string name = reference.Node.Name;
        string[] members = subject.Type is ObjectType type ? [.. type.Fields.Select(f => f.Name)] : [];
        string? meant = Spelling.Nearest(name, members);
        return new(reference.Span, meant is not null ? $"the value of the block around has no member `{name}`; did you mean `{meant}`?"
            : members.Length == 0 ? $"the value of the block around is {TypeNames.A(subject.Type)}, and has no member `{name}`"
            : $"the value of the block around has no member `{name}`; it has {string.Join(", ", members.Take(6).Select(m => $"`{m}`"))}")
        {
            Fixes = Fix.ChangeToMeant(name, meant, members, reference.Span),
        };
    }

    // `plan == pro`, where `plan` is one of `free` and `pro`.
    private static Finding? OfEnum(PromptModel prompt, Reference reference)
    {
        string quoted = prompt.Notation.Quoted(reference.Node.Name);
        return prompt.Facts.Comparisons.Exists(c => (c.Right == reference.Node && IsWord(c.LeftType)) || (c.Left == reference.Node && IsWord(c.RightType)))
            ? new(reference.Span, $"`{reference.Node.Name}` is not declared; a word stands in quotes: `{quoted}`")
            {
                Fixes = [Fix.ChangeTo(quoted, reference.Span)],
            }
            : null;
        bool IsWord(PromptType type) => type is EnumType words && words.Values.Contains(reference.Node.Name, StringComparer.Ordinal);
    }

    // `$name`, which belongs to this template and to no caller, and is assigned nowhere; numbers are a function's arguments.
    private static Finding? OfPrivate(PromptModel prompt, Expression value)
    {
        if (value is CallExpression { Piped: { } piped })
            return OfPrivate(prompt, piped);
        if (
            value is not NameExpression { Kind: NameKind.Private, Name: { Length: > 1 } name } read
            || !char.IsLetter(name[1])
            || IsOfSameFunction(prompt, name, read)
        )
            return null;
        if (prompt.Facts.Scopes.FindAnywhere(name) is { Declaration: { } declared })
            return new(
                read.Span,
                $"`{name}` is given its value on line {prompt.Document.Text.LineAt(declared.Start) + 1}, "
                    + $"{(FunctionAt(prompt, declared.Start) is null ? "outside this function" : "in a function")}, and what begins with `$` is "
                    + "known there alone"
            );
        bool isMeant = prompt.Facts.Scopes.Find(name[1..], read.Span.Start) is not null;
        return new(read.Span, $"`{name}` is a variable of this body's own, and is assigned nowhere{(isMeant ? $"; did you mean `{name[1..]}`?" : "")}")
        {
            Fixes = isMeant ? [Fix.ChangeTo(name[1..], read.Span)] : [],
        };
    }

    // Each function has such variables of its own, and so has the body around them.
    private static bool IsOfSameFunction(PromptModel prompt, string name, NameExpression read) =>
        prompt
            .Facts.Scopes.Named(name)
            .Any(s =>
                s.Kind == SymbolKind.Function || s.Declaration is not { } declared || FunctionAt(prompt, declared.Start) == FunctionAt(prompt, read.Span.Start)
            );

    private static SyntaxNode? FunctionAt(PromptModel prompt, int offset) => prompt.Document.Body.PathTo(offset).LastOrDefault(n => n is FunctionNode);

    // `{{ total }}{{ total = 1 }}`: outside of loops and functions, what is read above is not there yet.
    private static IEnumerable<Finding> BeforeAssigned(PromptModel prompt, List<Reference> unknown)
    {
        foreach (Reference reference in unknown)
        {
            if (
                reference.Node.Kind != NameKind.Variable
                || prompt.Facts.Scopes.Named(reference.Node.Name) is not [{ Kind: SymbolKind.Local }, ..] given
                || prompt.Facts.Scopes.MayBeMember(reference.Span.Start)
                || !given.All(s => s.Kind == SymbolKind.Local && s.Declaration is { } d && d.Start > reference.Span.End)
                || MayBeGiven(prompt, reference, given)
            )
                continue;
            int line = prompt.Document.Text.LineAt(given[0].Declaration!.Value.Start) + 1;
            yield return new(reference.Span, $"`{reference.Node.Name}` is nothing yet here: it gets its value on line {line}; move that up");
        }
    }

    // In a loop that gives it its value in an earlier round, in a function, and where one asks whether it is there.
    private static bool MayBeGiven(PromptModel prompt, Reference reference, IReadOnlyList<Symbol> given)
    {
        ImmutableArray<SyntaxNode> path = prompt.Document.Body.PathTo(reference.Span.Start);
        for (int i = 0; i < path.Length; i++)
        {
            bool isAsked = path[i] switch
            {
                FunctionNode or WrapNode => true,
                LoopNode or WhileNode => given.Any(s => path[i].Span.Contains(s.Declaration!.Value.Start)),
                BinaryExpression { IsTruth: true } or BinaryExpression { IsFallback: true } or UnaryExpression { Operator: UnaryOperator.Not } => true,
                Branch branch => branch.Conditions.Any(c => c.Span.Contains(reference.Span.Start)),
                ConditionalExpression conditional => conditional.Condition.Span.Contains(reference.Span.Start),
                AssignNode { Target: NameExpression target } => target.Name == reference.Node.Name,
                _ => false,
            };
            if (isAsked)
                return true;
        }
        return false;
    }

    private static bool TakesFunction(CallUse call) => call.Function is { } taker && taker.Parameters.Any(p => p.Takes == ValueShape.Function);

    // `orders`, where there is `customer.orders`.
    private static string? MemberNamed(PromptModel prompt, Reference reference) =>
        reference.Node.Name.Length < 3 ? null
        : prompt
            .Facts.Scopes.VisibleAt(reference.Span.Start)
            .Where(s =>
                char.IsLetter(s.Name.FirstOrDefault()) && CodeCursor.IsName(s.Name) && s.Type is ObjectType type && type.Find(reference.Node.Name) is not null
            )
            .Take(2)
            .ToList()
            is [var owner]
            ? $"{owner.Name}.{reference.Node.Name}"
        : null;

    // `String.upcase`
    private static string? Namespace(PromptModel prompt, Reference reference) =>
        char.IsAsciiLetterUpper(reference.Node.Name[0]) && prompt.Facts.MemberOf(reference) is not null
            ? prompt.Functions?.FindNamespace(reference.Node.Name.ToLowerInvariant())?.Name
            : null;

    private static Finding Report(PromptModel prompt, Reference reference)
    {
        string name = reference.Node.Name;
        if (OutsideBlock(prompt, reference) is { } hidden)
            return hidden;
        if (reference.Node.Kind == NameKind.Loop)
            return new(reference.Span, $"`{prompt.Document.Text[reference.Span]}` belongs to a loop, and is not there outside it");
        if (prompt.Facts.Scopes.SubjectOf(reference.Node) is { Scope.Start: > 0 } subject)
            return OfSubject(reference, subject);
        if (prompt.Meaning.WordFor(name) is { } word)
            return new(reference.Span, $"`{name}` is not declared; write `{word}`") { Fixes = [Fix.ChangeTo(word, reference.Span)] };
        if (prompt.Meaning.AdviceOn(name) is { } advice)
            return new(reference.Span, $"`{name}` is not declared; {advice}");
        if (Quoted(prompt, reference) is { } quoted)
            return quoted;
        if (OfOutside(prompt, reference) is { } outside)
            return outside;
        if (OfEnum(prompt, reference) is { } unquoted)
            return unquoted;
        if (
            prompt.Facts.Scopes.FindAnywhere(name) is { Kind: not (SymbolKind.Input or SymbolKind.Member) } block
            && !prompt.Facts.Loops.Exists(l => l.Node.Source == reference.Node)
        )
            return new(
                reference.Span,
                block.Kind == SymbolKind.Parameter
                    ? $"`{name}` is a parameter, and is not there outside its function"
                    : $"`{name}` belongs to a loop, and is not there outside it"
            );
        if (Namespace(prompt, reference) is { } space)
            return new(reference.Span, $"`{name}` is not declared; did you mean `{space}`?") { Fixes = [Fix.ChangeTo(space, reference.Span)] };
        if (AsFunction(prompt, reference) is { } function)
            return function;
        string[] visible =
            reference.Node.Up > 0
                ? [.. prompt.Header.Inputs.Fields.Select(f => f.Name)]
                : [.. prompt.Facts.Scopes.VisibleAt(reference.Span.Start).Where(s => s.Sign.Length == 0).Select(s => s.Name).Distinct(StringComparer.Ordinal)];
        string? near = Spelling.Nearest(name, visible),
            meant = near ?? MemberNamed(prompt, reference);
        var fixes = new List<Fix>(
            near is not null && near[0] != '$' && !CodeCursor.IsName(near)
                ? [Fix.ChangeTo(prompt.Notation.Variable(near), reference.Span)]
                : Fix.ChangeToMeant(name, meant, visible, reference.Span)
        );
        if (SchemaEdits.Declare(prompt, prompt.TypesByUse.Input(name)) is { IsEmpty: false } declare)
            fixes.Add(new($"Declare `{name}` in `input.schema`", declare));
        return new(
            reference.Span,
            meant is null
                ? $"`{name}` is not declared; declare it in `input.schema`{(prompt.Meaning.Assigns ? ", or assign it" : "")}"
                : $"`{name}` is not declared; did you mean `{meant}`?"
        )
        {
            Fixes = [.. fixes],
        };
    }
}

using PromptLsp.Language.Catalog;
using PromptLsp.Language.Catalog.Types;
using PromptLsp.Language.Semantics;
using PromptLsp.Language.Syntax.Body;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Linting;

/// <summary>A name that nothing defines, in a prompt that says what its inputs are.</summary>
public sealed class UndefinedVariable : Rule
{
    public override string Id => "undefined-variable";

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
        List<Reference> undefined = prompt.Facts.References.FindAll(prompt.IsUndefined);
        foreach (Reference reference in undefined)
            yield return Report(prompt, reference, undefined.FindAll(r => string.Equals(r.Node.Name, reference.Node.Name, StringComparison.Ordinal)));
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
            yield return new(places[0], $"`{prompt.Document.Text[places[0]]}` goes to the model as it stands; the input is written `{read}`") { Fixes = [new($"Change to `{read}`", [.. places.Select(place => new TextEdit(place, read))])] };
        }
    }

    // `role system`, `include voice`: their names are texts.
    private static Finding? Quoted(PromptModel prompt, Reference reference)
    {
        string name = reference.Node.Name, quoted = prompt.Notation.Quoted(name);
        bool isRole = Roles.Find(name) is not null && prompt.Facts.Messages.Exists(m => m.Node.Arguments is [var role, ..] && role.Value == reference.Node);
        bool isPartial = !isRole && prompt.Facts.Includes.Exists(i => i.Node.Arguments is [var path, ..] && path.Value == reference.Node);
        if (!isRole && !(isPartial && prompt.Environment.Include(name).Status == IncludeStatus.Found))
            return null;
        return new(reference.Span, $"`{name}` is not declared; the name of a {(isRole ? "role" : "partial")} stands in quotes: `{quoted}`") { Fixes = [Fix.ChangeTo(quoted, reference.Span)] };
    }

    // `array.each upcase`
    private static Finding? AsFunction(PromptModel prompt, Reference reference)
    {
        if (FunctionNamed(prompt, reference.Node.Name) is not { } function || !prompt.Facts.Calls.Exists(c => TakesFunction(c) && c.Arguments.Any(a => a.Value == reference.Node)))
            return null;
        return new(reference.Span, $"`{reference.Node.Name}` is not declared; a function that is given to another has `@` in front: `{prompt.Notation.FunctionItself(function)}`") { Fixes = [Fix.ChangeTo(prompt.Notation.FunctionItself(function), reference.Span)] };
    }

    private static string? FunctionNamed(PromptModel prompt, string name) =>
        prompt.Meaning.FunctionsFor(name) is [var meant, ..] ? meant
        : prompt.Meaning.Functions is { } functions ? functions.Namespaces.Select(n => n.Name + "." + name).FirstOrDefault(n => functions.Find(n) is not null)
        : null;

    // `{{ input.name }}`: the inputs have no object of their own.
    private static Finding? OfOutside(PromptModel prompt, Reference reference) =>
        reference.Node.Name is "input" or "inputs" or "vars" or "variables" or "params" or "args" or "ctx" or "context" && prompt.Facts.MemberOf(reference) is { } member && prompt.Facts.Scopes.Find(member.Name, reference.Span.Start) is { Kind: SymbolKind.Input or SymbolKind.Context }
            ? new(reference.Span, $"`{reference.Node.Name}` is not declared; inputs are read by their names alone: `{member.Name}`") { Fixes = [Fix.ChangeTo(member.Name, member.Span)] }
            : null;

    // `{{ due-date }}` subtracts `date` from `due`.
    private static Finding? InBrackets(PromptModel prompt, Reference reference)
    {
        string begin = reference.Node.Name + "-";
        SourceText text = prompt.Document.Text;
        if (prompt.Header.Inputs.Fields.FirstOrDefault(f => f.Name.StartsWith(begin, StringComparison.Ordinal) && text.Slice(TextSpan.FromBounds(reference.Span.Start, text.Length)).StartsWith(f.Name)) is not { } field)
            return null;
        string better = prompt.Notation.Variable(field.Name);
        return new(reference.Span, $"`{field.Name}` reads as a subtraction; write `{better}`, or give the input a name without `-`") { Fixes = [Fix.ChangeTo(better, new(reference.Span.Start, field.Name.Length))] };
    }

    // `plan == pro`, where `plan` is one of `free` and `pro`.
    private static Finding? OfEnum(PromptModel prompt, Reference reference)
    {
        string quoted = prompt.Notation.Quoted(reference.Node.Name);
        return prompt.Facts.Comparisons.Exists(c => (c.Right == reference.Node && IsWord(c.LeftType)) || (c.Left == reference.Node && IsWord(c.RightType)))
            ? new(reference.Span, $"`{reference.Node.Name}` is not declared; a word stands in quotes: `{quoted}`") { Fixes = [Fix.ChangeTo(quoted, reference.Span)] }
            : null;
        bool IsWord(PromptType type) => type is EnumType words && words.Values.Contains(reference.Node.Name, StringComparer.Ordinal);
    }

    // `$name`, which belongs to this template and to no caller, and is assigned nowhere; numbers are a function's arguments.
    private static Finding? OfPrivate(PromptModel prompt, Expression value)
    {
        if (value is CallExpression { Piped: { } piped })
            return OfPrivate(prompt, piped);
        if (value is not NameExpression { Kind: NameKind.Private, Name: { Length: > 1 } name } read || !char.IsLetter(name[1]) || prompt.Facts.Scopes.FindAnywhere(name) is not null)
            return null;
        bool isMeant = prompt.Facts.Scopes.Find(name[1..], read.Span.Start) is not null;
        return new(read.Span, $"`{name}` is a variable of this body's own, and is assigned nowhere{(isMeant ? $"; did you mean `{name[1..]}`?" : "")}") { Fixes = isMeant ? [Fix.ChangeTo(name[1..], read.Span)] : [] };
    }

    private static bool TakesFunction(CallUse call) => call.Function is { } taker && taker.Parameters.Any(p => p.Takes == ValueShape.Function);

    // `orders`, where there is `customer.orders`.
    private static string? MemberNamed(PromptModel prompt, Reference reference) =>
        reference.Node.Name.Length < 3 ? null : prompt.Facts.Scopes.VisibleAt(reference.Span.Start).Where(s => char.IsLetter(s.Name.FirstOrDefault()) && CodeCursor.IsName(s.Name) && s.Type is ObjectType type && type.Find(reference.Node.Name) is not null).Take(2).ToList() is [var owner]
            ? $"{owner.Name}.{reference.Node.Name}"
            : null;

    // `String.upcase`
    private static string? Namespace(PromptModel prompt, Reference reference) =>
        char.IsAsciiLetterUpper(reference.Node.Name[0]) && prompt.Facts.MemberOf(reference) is not null
            ? prompt.Meaning.Functions?.FindNamespace(reference.Node.Name.ToLowerInvariant())?.Name
            : null;

    private static Finding Report(PromptModel prompt, Reference reference, List<Reference> uses)
    {
        string name = reference.Node.Name;
        if (prompt.Meaning.WordFor(name) is { } word)
            return new(reference.Span, $"`{name}` is not declared; write `{word}`") { Fixes = [Fix.ChangeTo(word, reference.Span)] };
        if (prompt.Meaning.AdviceOn(name) is { } advice)
            return new(reference.Span, $"`{name}` is not declared; {advice}");
        if (Quoted(prompt, reference) is { } quoted)
            return quoted;
        if (OfOutside(prompt, reference) is { } outside)
            return outside;
        if (InBrackets(prompt, reference) is { } hyphenated)
            return hyphenated;
        if (OfEnum(prompt, reference) is { } unquoted)
            return unquoted;
        if (prompt.Facts.Scopes.FindAnywhere(name) is { } block && !prompt.Facts.Loops.Exists(l => l.Node.Source == reference.Node))
            return new(reference.Span, $"`{name}` {(block.Kind == SymbolKind.Parameter ? "is a parameter, and is not there outside its function" : "belongs to a loop, and is not there outside it")}");
        if (Namespace(prompt, reference) is { } space)
            return new(reference.Span, $"`{name}` is not declared; did you mean `{space}`?") { Fixes = [Fix.ChangeTo(space, reference.Span)] };
        if (AsFunction(prompt, reference) is { } function)
            return function;
        string[] visible = [.. prompt.Facts.Scopes.VisibleAt(reference.Span.Start).Select(s => s.Name).Distinct(StringComparer.Ordinal)];
        string? meant = Spelling.Nearest(name, visible) ?? MemberNamed(prompt, reference);
        var fixes = new List<Fix>(Fix.ChangeToMeant(name, meant, visible, reference.Span));
        if (SchemaEdits.Declare(prompt, name, TypeGuess.Of(prompt, name, uses)) is { } declare)
            fixes.Add(new($"Declare `{name}` in `input.schema`", declare));
        return new(reference.Span, meant is null
            ? $"`{name}` is not declared; declare it in `input.schema`, or assign it"
            : $"`{name}` is not declared; did you mean `{meant}`?") { Fixes = [.. fixes] };
    }
}

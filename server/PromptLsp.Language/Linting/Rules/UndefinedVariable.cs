using PromptLsp.Language.Catalog;
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
        if (!prompt.Header.DeclaresInputs || prompt.Header.Inputs.Others is not null)
            yield break;
        List<Reference> undefined = prompt.Facts.References.FindAll(prompt.IsUndefined);
        foreach (Reference reference in undefined)
            yield return Report(prompt, reference, undefined.FindAll(r => string.Equals(r.Node.Name, reference.Node.Name, StringComparison.Ordinal)));
    }

    // `role system`, `include voice`: their names are texts.
    private static Finding? Quoted(PromptModel prompt, Reference reference)
    {
        string name = reference.Node.Name, quoted = $"\"{name}\"";
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
        return new(reference.Span, $"`{reference.Node.Name}` is not declared; a function that is given to another has `@` in front: `@{function}`") { Fixes = [Fix.ChangeTo("@" + function, reference.Span)] };
    }

    private static string? FunctionNamed(PromptModel prompt, string name) =>
        ForeignFunctions.Find(name) is [var meant, ..] ? meant
        : prompt.Document.Dialect.Functions is { } functions ? functions.Namespaces.Select(n => n.Name + "." + name).FirstOrDefault(n => functions.Find(n) is not null)
        : null;

    private static bool TakesFunction(CallUse call) => call.Function is { } taker && taker.Parameters.Any(p => p.Takes == ValueShape.Function);

    // `orders`, where there is `customer.orders`.
    private static string? MemberNamed(PromptModel prompt, Reference reference) =>
        prompt.Facts.Scopes.VisibleAt(reference.Span.Start).Where(s => char.IsLetter(s.Name.FirstOrDefault()) && CodeCursor.IsName(s.Name) && s.Type is ObjectType type && type.Find(reference.Node.Name) is not null).Take(2).ToList() is [var owner]
            ? $"{owner.Name}.{reference.Node.Name}"
            : null;

    // `String.upcase`
    private static string? Namespace(PromptModel prompt, Reference reference) =>
        char.IsAsciiLetterUpper(reference.Node.Name[0]) && prompt.Facts.MemberOf(reference) is not null
            ? prompt.Document.Dialect.Functions?.FindNamespace(reference.Node.Name.ToLowerInvariant())?.Name
            : null;

    private static Finding Report(PromptModel prompt, Reference reference, List<Reference> uses)
    {
        string name = reference.Node.Name;
        if (ForeignWords.Find(name) is { } word)
            return new(reference.Span, $"`{name}` is not declared; write `{word}`") { Fixes = [Fix.ChangeTo(word, reference.Span)] };
        if (ForeignWords.Advise(name) is { } advice)
            return new(reference.Span, $"`{name}` is not declared; {advice}");
        if (Quoted(prompt, reference) is { } quoted)
            return quoted;
        if (Namespace(prompt, reference) is { } space)
            return new(reference.Span, $"`{name}` is not declared; did you mean `{space}`?") { Fixes = [Fix.ChangeTo(space, reference.Span)] };
        if (AsFunction(prompt, reference) is { } function)
            return function;
        string? meant = Spelling.Nearest(name, prompt.Facts.Scopes.VisibleAt(reference.Span.Start).Select(s => s.Name)) ?? MemberNamed(prompt, reference);
        var fixes = new List<Fix>(Fix.ChangeToMeant(meant, reference.Span));
        if (SchemaEdits.Declare(prompt, name, TypeGuess.Of(prompt, name, uses)) is { } declare)
            fixes.Add(new($"Declare `{name}` in `input.schema`", declare));
        return new(reference.Span, meant is null
            ? $"`{name}` is not declared; declare it in `input.schema`, or assign it"
            : $"`{name}` is not declared; did you mean `{meant}`?") { Fixes = [.. fixes] };
    }
}

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

    private static Finding Report(PromptModel prompt, Reference reference, List<Reference> uses)
    {
        string name = reference.Node.Name;
        if (ForeignWords.Find(name) is { } word)
            return new(reference.Span, $"`{name}` is not declared; write `{word}`") { Fixes = [new($"Change to `{word}`", new TextEdit(reference.Span, word))] };
        if (ForeignWords.Advise(name) is { } advice)
            return new(reference.Span, $"`{name}` is not declared; {advice}");
        string? meant = Spelling.Nearest(name, prompt.Facts.Scopes.VisibleAt(reference.Span.Start).Select(s => s.Name));
        var fixes = new List<Fix>();
        if (meant is not null)
            fixes.Add(new($"Change to `{meant}`", new TextEdit(reference.Span, meant)));
        if (SchemaEdits.Declare(prompt, name, TypeGuess.Of(prompt, name, uses)) is { } declare)
            fixes.Add(new($"Declare `{name}` in `input.schema`", declare));
        return new(reference.Span, meant is null
            ? $"`{name}` is not declared; declare it in `input.schema`, or assign it"
            : $"`{name}` is not declared; did you mean `{meant}`?") { Fixes = [.. fixes] };
    }
}

using PromptLsp.Language.Catalog;
using PromptLsp.Language.Catalog.Types;
using PromptLsp.Language.Semantics;
using PromptLsp.Language.Syntax.Body;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Linting;

/// <summary>An include that leaves out a parameter its partial needs, or gives one that it does not have.</summary>
public sealed class IncludeArguments : Rule
{
    public override string Id => "include-arguments";

    public override RuleGroup Group => RuleGroup.Includes;

    public override Severity Default => Severity.Warning;

    public override IEnumerable<Finding> Find(PromptModel prompt, CancellationToken cancel)
    {
        foreach (Inclusion include in IncludeGraph.From(prompt))
        {
            if (Unnamed(prompt, include) is { } unnamed)
                yield return unnamed;
            else if (include is { Written: { } path, Partial.Model.Header: { DeclaresInputs: true, Inputs.IsClosed: true } header })
            {
                if (Missing(prompt, include.Use, path, header) is { } missing)
                    yield return missing;
                foreach (Finding unknown in Unknown(include.Use, path, header))
                    yield return unknown;
                foreach (Argument argument in include.Use.Node.Arguments)
                {
                    if (argument.Name is { } name && header.Inputs.Find(name) is { } parameter && Unfit(prompt, argument, parameter, path) is { } unfit)
                        yield return unfit;
                }
            }
        }
    }

    // What is given by its place alone is lost.
    private static Finding? Unnamed(PromptModel prompt, Inclusion include)
    {
        CallExpression call = include.Use.Node;
        if (prompt.Meaning.IncludesSeeSubject)
            return null;
        if (
            include.Written is null
            || call.Callee is not NameExpression called
            || prompt.Functions?.Find(called.Name) is not { Parameters: [{ Content: ParameterContent.Include }, ..] }
            || call.Arguments.Skip(call.Piped is null ? 1 : 0).FirstOrDefault(a => a.Name is null) is not { Value: not MissingExpression } argument
            || (argument.Value is NameExpression name && prompt.Facts.Scopes.Find(name) is null)
            || prompt.Document.Body.Problems.Any(p => call.Span.Contains(p.Span))
        )
            return null;
        SourceText text = prompt.Document.Text;
        string? meant = NameFor(argument.Value, call, include.Partial?.Model.Header);
        return new(
            argument.Span,
            $"a partial is given values by name: `{prompt.Notation.Argument(meant ?? "name", "")}{Excerpt.Of(text[text.FirstLineOf(argument.Span)])}`"
        )
        {
            Fixes = meant is null ? [] : [new($"Give it as `{meant}`", TextEdit.Insert(argument.Span.Start, prompt.Notation.Argument(meant, "")))],
        };
    }

    // The parameter of that name, or the only one that is left.
    private static string? NameFor(Expression value, CallExpression call, PromptHeader? partial) =>
        partial is null ? null
        : value is NameExpression name && partial.Inputs.Find(name.Name) is not null ? name.Name
        : partial.Inputs.Fields.Where(f => !call.Arguments.Any(a => string.Equals(a.Name, f.Name, StringComparison.Ordinal))).Take(2).ToList() is [var only]
            ? only.Name
        : null;

    private static Finding? Missing(PromptModel prompt, IncludeUse include, string path, PromptHeader header)
    {
        List<string> missing =
        [
            .. header
                .Inputs.Fields.Where(f =>
                    !f.IsOptional
                    && !IsInContext(prompt, f.Name)
                    && !MayBeSeen(prompt, include.Node, f.Name)
                    && !header.Defaults.ContainsKey(f.Name)
                    && !include.Node.Arguments.Any(a => string.Equals(a.Name, f.Name, StringComparison.Ordinal))
                )
                .Select(f => f.Name),
        ];
        if (missing.Count == 0)
            return null;
        string given = string.Concat(
            missing.Select(name =>
                " " + prompt.Notation.Argument(name, prompt.Facts.Scopes.Find(name, include.Node.Span.Start) is null ? prompt.Notation.Quoted("") : name)
            )
        );
        return new(
            include.Path!.Span,
            $"`{path}` needs {string.Join(" and ", missing.Select(m => $"`{m}`"))}; give {(missing.Count == 1 ? "it" : "them")} as in "
                + $"`{prompt.Notation.Argument(missing[0], "…")}`"
        )
        {
            // Between the parentheses of a call an argument wants a comma.
            Fixes =
                prompt.Document.Text.Content[include.Node.Span.End - 1] == ')'
                    ? []
                    : [new($"Add {string.Join(" and ", missing.Select(m => $"`{m}`"))}", TextEdit.Insert(include.Node.Span.End, given))],
        };
    }

    // As a member of the subject that the partial is given, or that its include stands in.
    private static bool MayBeSeen(PromptModel prompt, CallExpression call, string name)
    {
        if (!prompt.Meaning.IncludesSeeSubject)
            return false;
        Argument? given = call.Arguments.Skip(1).FirstOrDefault(a => a.Name is null);
        PromptType? subject = given is not null ? prompt.Facts.TypeOf(given.Value) : prompt.Facts.Scopes.SubjectAt(call.Span.Start)?.Type;
        return subject is not ObjectType { IsClosed: true } type
            || type.Find(name) is not null
            || (given is null && prompt.Facts.Scopes.MayBeMember(call.Span.Start));
    }

    // What is given can never be what the partial declares.
    private static Finding? Unfit(PromptModel prompt, Argument argument, Field parameter, string path)
    {
        Expression value = argument.Value;
        string says = $"`{path}` takes {TypeNames.A(parameter.Type)} for `{parameter.Name}`";
        if (parameter.Type is EnumType choice && value is LiteralExpression { Value: string word, IsUnclosed: false } literal)
        {
            if (choice.Values.Contains(word, StringComparer.Ordinal))
                return null;
            string? meant = Spelling.Nearest(word, choice.Values);
            return new(literal.Span, meant is null ? $"{says}, and never `{word}`" : $"{says}; did you mean `{meant}`?")
            {
                Fixes = Fix.ChangeToOneOf(word, choice.Values, meant, literal.Content),
            };
        }
        if (value is MissingExpression or LiteralExpression { Value: null } or LiteralExpression { IsUnclosed: true })
            return null;
        PromptType given = prompt.Facts.TypeOf(value);
        ValueShape takes = ValueShapes.Of(parameter.Type),
            gives = ValueShapes.Of(given);
        // A number reads as text without loss.
        bool canBe =
            (takes & gives) != ValueShape.None
            || (takes.HasFlag(ValueShape.String) && parameter.Type is not EnumType && (gives & ~(ValueShape.Number | ValueShape.Boolean)) == ValueShape.None)
            || (takes.HasFlag(ValueShape.Integer) && (gives & ValueShape.Number) != ValueShape.None);
        return canBe ? null : new(value.Span, $"{says}, and this is {TypeNames.A(given)}");
    }

    // A partial sees the context variables, so one of this name stands in.
    private static bool IsInContext(PromptModel prompt, string name) =>
        prompt.Environment.Context.Any(c => string.Equals(c.Name, name, StringComparison.Ordinal));

    private static IEnumerable<Finding> Unknown(IncludeUse include, string path, PromptHeader header)
    {
        foreach (Argument argument in include.Node.Arguments)
        {
            if (argument.Name is not { } name || header.Inputs.Find(name) is not null || header.Defaults.ContainsKey(name))
                continue;
            string? meant = Spelling.Nearest(name, header.Inputs.Fields.Select(f => f.Name));
            yield return new(
                argument.NameSpan,
                meant is null ? $"`{path}` takes no `{name}`; leave it out, or declare it there" : $"`{path}` takes no `{name}`; did you mean `{meant}`?"
            )
            {
                Fixes = Fix.ChangeToMeant(meant, argument.NameSpan),
            };
        }
    }
}

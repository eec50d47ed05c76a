using System.Collections.Immutable;
using PromptLsp.Language.Semantics;
using PromptLsp.Language.Semantics.Dialects;
using PromptLsp.Language.Semantics.Schemas;
using PromptLsp.Language.Syntax.Body;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Navigation;

/// <summary>What may be renamed, and what stands against a name; each reason is one line.</summary>
public static class Renames
{
    /// <summary>Why this cannot be renamed at all; null where it can.</summary>
    public static string? Refusal(Mention mention) =>
        mention.Subject switch
        {
            { Kind: SubjectKind.Builtin, Name: var word } => $"`{word}` is a word of the template language.",
            { Kind: SubjectKind.Prompt } when mention.Kind == MentionKind.Declaration =>
                "Nothing here refers to a prompt by its `name`; type over it. Includes use the name of the file.",
            _ => null,
        };

    /// <summary>The part of a mention that is the name itself: of an include's path the last step, without the `_` of the file's name.</summary>
    public static TextSpan NameSpan(SourceText text, Mention mention)
    {
        if (mention.Subject.Kind != SubjectKind.Prompt)
            return mention.Span;
        int start = mention.Span.Start + text.Slice(mention.Span).LastIndexOf('/') + 1;
        TextSpan step = TextSpan.FromBounds(start, mention.Span.End);
        return step.Length == mention.Subject.Name.Length + 1 && text.Content[start] == '_' ? TextSpan.FromBounds(start + 1, step.End) : step;
    }

    /// <summary>Why nothing of its kind can have such a name; null where it may.</summary>
    public static string? Invalid(Subject subject, string name, Meaning? meaning)
    {
        if (Form(subject) is var (holds, rule) && !holds(name))
            return $"`{name}` is no name{rule}.";
        if (subject.Kind == SubjectKind.Schema && subject.Path.Length == 1 && (PicoScalars.Find(name) is not null || name is "array" or "object" or "enum"))
            return $"`{name}` is a type of its own in schemas.";
        bool isWord = (meaning ?? KnownMeanings.Usual).IsLiteral(name) || (subject.IsVariable && meaning?.Statements?.Find(name) is { IsKeyword: true });
        if (isWord && subject.Kind is not (SubjectKind.Prompt or SubjectKind.Sample))
            return $"`{name}` is a word of the template language.";
        return subject.IsVariable && meaning?.Functions?.Find(name) is not null ? $"`{name}` is a function of the template language." : null;
    }

    /// <summary>Why a prompt stands against the name; null where it does not.</summary>
    /// <param name="where">The prompt, as in "there is a `name` in …".</param>
    public static string? Clash(PromptModel prompt, ImmutableArray<Mention> mentions, Subject subject, string name, string where) =>
        Sibling(mentions, subject, name, where)
        ?? Hidden(prompt, mentions, subject, name, where)
        ?? Flow(prompt, subject, where)
        ?? Untold(prompt, subject, where)
        ?? Found(prompt, mentions, subject, name, where);

    /// <summary>Why a name is taken where it is declared: by another one beside it.</summary>
    public static string? Sibling(ImmutableArray<Mention> mentions, Subject subject, string name, string where)
    {
        Subject taken = subject.Renamed(name) with { Declared = default };
        if (subject.Kind is SubjectKind.Variable or SubjectKind.Function || !mentions.Any(m => m.Subject == taken))
            return null;
        return subject switch
        {
            { Kind: SubjectKind.Sample } => $"There is a sample `{name}` already.",
            { IsVariable: true } => $"There is something named `{name}` in {where} already.",
            { Path.Length: > 1 } => $"The object has a member `{name}` already.",
            _ => $"There is a {subject.Kind.ToString().ToLowerInvariant()} `{name}` already.",
        };
    }

    // A name that stands alone in the body must not come to mean something else, nor take over what meant something else.
    private static string? Hidden(PromptModel prompt, ImmutableArray<Mention> mentions, Subject subject, string name, string where)
    {
        bool isBare =
            subject.Kind == SubjectKind.Context && subject.Path.Length == 1
            || (subject.IsVariable && (subject.Kind != SubjectKind.Input || string.Equals(subject.File, prompt.Environment.Path, StringComparison.Ordinal)))
            || prompt.Facts.References.Exists(r =>
                string.Equals(r.Node.Name, subject.Name, StringComparison.Ordinal) && mentions.Any(m => m.Span == r.Span && m.Subject == subject)
            );
        return
            isBare && (prompt.Scopes.Named(name).Count > 0 || prompt.Facts.References.Exists(r => string.Equals(r.Node.Name, name, StringComparison.Ordinal)))
            ? $"There is something named `{name}` in {where} already."
            : null;
    }

    // What a partial takes from around its include, because it declares nothing, is found there by its name alone.
    private static string? Flow(PromptModel prompt, Subject subject, string where)
    {
        if (!subject.IsVariable)
            return null;
        foreach (Inclusion include in IncludeGraph.From(prompt))
        {
            if (include.Partial is not { Model.Header.DeclaresInputs: false } partial)
                continue;
            bool isGiven = include.Use.Node.Arguments.Any(a => string.Equals(a.Name, subject.Name, StringComparison.Ordinal));
            if (subject.Kind == SubjectKind.Context)
            {
                if (isGiven)
                    return $"`{subject.Name}` is also an argument for `{partial.Path}` in {where}, which hides the context variable there.";
                continue;
            }
            if (isGiven || !partial.Model.FreeNames.Contains(subject.Name))
                continue;
            bool isGiver = subject.Kind != SubjectKind.Input || string.Equals(subject.File, prompt.Environment.Path, StringComparison.Ordinal);
            bool isTaker =
                string.Equals(subject.File, partial.Path, StringComparison.Ordinal)
                && (!prompt.Header.DeclaresInputs || prompt.Scopes.Find(subject.Name, include.Use.Node.Span.Start) is not null);
            if (isGiver || isTaker)
                return $"`{partial.Path}` declares no inputs and takes `{subject.Name}` from {where} by its name; give it as an argument first: "
                    + $"`{subject.Name}: {subject.Name}`.";
        }
        return null;
    }

    // A member of what a function is given: nothing says whether it is this one.
    private static string? Untold(PromptModel prompt, Subject subject, string where)
    {
        if (subject.Path.Length < 2 || subject.Kind is not (SubjectKind.Input or SubjectKind.Context or SubjectKind.Schema))
            return null;
        foreach ((Expression node, string name, Expression target) in prompt.Facts.Members.Select(m => ((Expression)m.Node, m.Node.Name, m.Node.Target))
            .Concat(prompt.Facts.Keys.Select(k => ((Expression)k.Node, k.Key.Value as string ?? "", k.Node.Target))))
        {
            if (string.Equals(name, subject.Name, StringComparison.Ordinal) && prompt.Facts.TypeOf(target).IsAny && IsGiven(prompt, target))
                return $"`{prompt.Document.Text[node.Span]}` on line {prompt.Document.Text.LineAt(node.Span.Start) + 1} of {where} may be this "
                    + "member, and nothing tells; rename it by hand.";
        }
        return null;
    }

    private static bool IsGiven(PromptModel prompt, Expression value) => value switch
    {
        NameExpression { Kind: NameKind.Private } => true,
        NameExpression name => prompt.Scopes.Find(name) is { Kind: SymbolKind.Parameter or SymbolKind.Local or SymbolKind.LoopVariable or SymbolKind.Given },
        MemberExpression member => IsGiven(prompt, member.Target),
        IndexExpression index => IsGiven(prompt, index.Target),
        _ => value is not LiteralExpression,
    };

    // Another file that is found by the new name already.
    private static string? Found(PromptModel prompt, ImmutableArray<Mention> mentions, Subject subject, string name, string where)
    {
        if (subject.Kind != SubjectKind.Prompt)
            return null;
        foreach (Mention mention in mentions.Where(m => m.Subject == subject && m.Kind == MentionKind.Read))
        {
            string include = prompt.Document.Text[TextSpan.FromBounds(mention.Span.Start, NameSpan(prompt.Document.Text, mention).Start)] + name;
            if (prompt.Environment.Include(include).Found is { } other)
                return $"`{include}` is `{other.Path}` in {where} already.";
        }
        return null;
    }

    private static (Func<string, bool> Holds, string Rule)? Form(Subject subject) => subject switch
    {
        { Kind: SubjectKind.Sample } => (static n => IsPlain(n, "_-. "), " for a sample: letters, digits, blanks, `-`, `_` and `.`"),
        { Kind: SubjectKind.Model } => (static n => IsPlain(n, "_-./:@") && n[^1] != ':', " for a model: letters, digits, `/`, `-`, `_`, `.`, `:` and `@`"),
        { Kind: SubjectKind.Schema, Path.Length: 1 } => (static n => IsPlain(n, "_-."), " for a schema: letters, digits, `-`, `_` and `.`"),
        { Kind: SubjectKind.Prompt } => (static n => IsPlain(n, "_-."), " for a partial: letters, digits, `-`, `_` and `.`"),
        _ => (CodeCursor.IsName, ": letters, digits and `_`, not a digit first"),
    };

    private static bool IsPlain(string name, string signs) =>
        name.Length > 0
        && char.IsLetterOrDigit(name[0])
        && name[^1] != ' '
        && name.All(c => char.IsLetterOrDigit(c) || signs.Contains(c, StringComparison.Ordinal));
}

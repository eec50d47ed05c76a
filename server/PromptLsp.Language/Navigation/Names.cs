using System.Collections.Immutable;
using PromptLsp.Language.Semantics;
using PromptLsp.Language.Syntax.Body;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Navigation;

/// <summary>What is named at a place of a prompt: for definition, references, highlights and rename.</summary>
public static class Names
{
    public static NamedThing? At(PromptModel prompt, int offset)
    {
        if (prompt.Document.OtherFormat is not null)
            return null;
        if (prompt.Document.FrontMatter.Exists && offset < prompt.Document.FrontMatter.Span.End)
            return Key(prompt, offset) ?? Sample(prompt, offset);
        return Variable(prompt, offset) ?? Member(prompt, offset) ?? Declared(prompt, offset);
    }

    private static NamedThing? Key(PromptModel prompt, int offset)
    {
        foreach (InputKeys.Named named in InputKeys.All(prompt))
        {
            if (named.At.Span.Touches(offset))
                return OfPath(prompt, named.Path, named.At.Span);
        }
        return null;
    }

    private static NamedThing? Sample(PromptModel prompt, int offset)
    {
        foreach (Sample sample in prompt.Header.Samples)
        {
            IEnumerable<TextSpan> uses = prompt.Header.Tests
                .Where(t => string.Equals(t.Sample, sample.Name, StringComparison.Ordinal))
                .Select(t => t.SampleSpan)
                .OfType<TextSpan>();
            if (uses.Prepend(sample.NameSpan).Where(s => s.Touches(offset)).Select(s => (TextSpan?)s).FirstOrDefault() is { } here)
                return new(sample.Name, ThingKind.Sample, here, Ordered([new(sample.NameSpan, OccurrenceKind.Declaration), .. uses.Select(u => new Occurrence(u, OccurrenceKind.Read))])) { Definition = new(null, sample.NameSpan) };
        }
        return null;
    }

    private static NamedThing? Variable(PromptModel prompt, int offset)
    {
        foreach (Reference reference in prompt.Facts.References)
        {
            if (reference.Span.Touches(offset))
                return (reference.Symbol ?? prompt.Facts.Scopes.FindAnywhere(reference.Node.Name)) is { } symbol ? OfSymbol(prompt, symbol, reference.Span) : null;
        }
        return null;
    }

    private static NamedThing? Member(PromptModel prompt, int offset)
    {
        foreach (MemberUse use in prompt.Facts.Members)
        {
            if (use.Node.NameSpan.Touches(offset))
                return InputKeys.PathOf(prompt, use.Found.Field) is { IsEmpty: false } path ? OfPath(prompt, path, use.Node.NameSpan) : null;
        }
        return null;
    }

    // A parameter where it is declared, which no reference marks.
    private static NamedThing? Declared(PromptModel prompt, int offset)
    {
        foreach (Symbol symbol in prompt.Facts.Scopes.All)
        {
            if (symbol is { DeclaredIn: null, Declaration: { } declaration, Kind: SymbolKind.Parameter } && declaration.Touches(offset))
                return OfSymbol(prompt, symbol, declaration);
        }
        return null;
    }

    private static NamedThing OfSymbol(PromptModel prompt, Symbol symbol, TextSpan here)
    {
        switch (symbol.Kind)
        {
            case SymbolKind.Input:
                return OfPath(prompt, [symbol.Name], here);
            case SymbolKind.Member when InputKeys.PathOf(prompt, symbol.Field) is { IsEmpty: false } path:
                return OfPath(prompt, path, here);
        }
        IEnumerable<Reference> references = prompt.Facts.References.Where(r => IsSame(r, symbol, prompt));
        IEnumerable<Occurrence> declared = symbol is { DeclaredIn: null, Declaration: { } declaration } ? [new(declaration, OccurrenceKind.Declaration)] : [];
        return new(symbol.Name, KindOf(symbol.Kind), here, Ordered([.. declared, .. references.Select(r => new Occurrence(r.Span, r.IsWrite ? OccurrenceKind.Write : OccurrenceKind.Read))]))
        {
            Definition = symbol.Declaration is { } at ? new(symbol.DeclaredIn, at) : null,
        };
    }

    // An assigned name is one variable however often it is assigned; loops and functions have their own.
    private static bool IsSame(Reference reference, Symbol symbol, PromptModel prompt)
    {
        if (!string.Equals(reference.Node.Name, symbol.Name, StringComparison.Ordinal))
            return false;
        Symbol? other = reference.Symbol ?? prompt.Facts.Scopes.FindAnywhere(symbol.Name);
        return other == symbol || (other is { Kind: SymbolKind.Local } && symbol.Kind == SymbolKind.Local);
    }

    private static NamedThing OfPath(PromptModel prompt, ImmutableArray<string> path, TextSpan here)
    {
        var found = new List<Occurrence>();
        Place? definition = null;
        foreach (InputKeys.Named named in InputKeys.All(prompt))
        {
            if (!named.Path.SequenceEqual(path, StringComparer.Ordinal))
                continue;
            found.Add(named.At);
            if (named.At.Kind == OccurrenceKind.Declaration)
                definition ??= new(null, named.At.Span);
        }
        foreach (Reference reference in prompt.Facts.References)
        {
            Symbol? symbol = reference.Symbol;
            bool isIt = symbol is not null && string.Equals(symbol.Name, path[^1], StringComparison.Ordinal)
                && (path.Length == 1 ? symbol.Kind == SymbolKind.Input : symbol.Kind == SymbolKind.Member && InputKeys.PathOf(prompt, symbol.Field).SequenceEqual(path, StringComparer.Ordinal));
            if (isIt)
                found.Add(new(reference.Span, reference.IsWrite ? OccurrenceKind.Write : OccurrenceKind.Read));
        }
        foreach (MemberUse use in path.Length > 1 ? prompt.Facts.Members : [])
        {
            if (string.Equals(use.Node.Name, path[^1], StringComparison.Ordinal) && InputKeys.PathOf(prompt, use.Found.Field).SequenceEqual(path, StringComparer.Ordinal))
                found.Add(new(use.Node.NameSpan, OccurrenceKind.Read));
        }
        return new(path[^1], path.Length == 1 ? ThingKind.Input : ThingKind.Field, here, Ordered(found)) { Definition = definition ?? Default(prompt, path) };
    }

    // An input that only a default declares.
    private static Place? Default(PromptModel prompt, ImmutableArray<string> path)
    {
        foreach (InputKeys.Named named in InputKeys.All(prompt))
        {
            if (named.Path.SequenceEqual(path, StringComparer.Ordinal))
                return new(null, named.At.Span);
        }
        return null;
    }

    private static ThingKind KindOf(SymbolKind kind) => kind switch
    {
        SymbolKind.Context => ThingKind.Context,
        SymbolKind.Function => ThingKind.Function,
        SymbolKind.LoopObject => ThingKind.Builtin,
        SymbolKind.Member => ThingKind.Field,
        _ => ThingKind.Variable,
    };

    private static ImmutableArray<Occurrence> Ordered(IEnumerable<Occurrence> occurrences) =>
        [.. occurrences.GroupBy(o => o.Span).Select(g => g.MinBy(o => o.Kind)).OrderBy(o => o.Span.Start)];
}

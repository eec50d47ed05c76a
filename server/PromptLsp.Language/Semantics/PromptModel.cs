using PromptLsp.Language.Catalog;
using PromptLsp.Language.Catalog.Dialects;
using PromptLsp.Language.Semantics.Dialects;
using PromptLsp.Language.Syntax;
using PromptLsp.Language.Syntax.Body;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Semantics;

/// <summary>
/// What a prompt means in its environment: the header, what every name refers to, types, messages. Immutable to its readers; each part is
/// worked out when first asked for and then shared.
/// </summary>
/// <param name="memory">What earlier versions of the document were found to be.</param>
public sealed class PromptModel(PromptDocument document, PromptEnvironment environment, PromptMemory? memory = null)
{
    private DeclaredNames? _names;
    private TextSpan?[]? _foreign;
    private BodyFacts? _facts;

    public PromptDocument Document { get; } = document;

    public PromptEnvironment Environment { get; } = environment;

    /// <summary>How the body's dialect is written.</summary>
    public Notation Notation { get; } = KnownNotations.Of(document.Dialect);

    /// <summary>What the body's dialect means.</summary>
    public Meaning Meaning { get; } = KnownMeanings.Of(document.Dialect);

    /// <summary>The functions that can be called: the dialect's own, and those that the application gives.</summary>
    public FunctionCatalog? Functions => field ??= Meaning is { TakesHelpers: true, Functions: { } own } ? Environment.Helpers.Beside(own) : Meaning.Functions;

    public PromptHeader Header => field ??= Earlier?.Header ?? PromptHeader.Read(Document.Text, Document.FrontMatter, Environment);

    /// <summary>Which of several versions of one prompt this is, as the front matter says, or else the file's name.</summary>
    public string? Variant => Header.Variant ?? Environment.Variant;

    /// <summary>Which symbol a name means at an offset.</summary>
    public Scopes Scopes => Names.Scopes;

    /// <summary>The types of expressions of the body.</summary>
    internal Typing Typing => Names.Typing;

    /// <summary>What a walk over the body found out. Whoever needs no more than <see cref="Scopes"/> and types is answered sooner.</summary>
    public BodyFacts Facts => Volatile.Read(ref _facts) ?? Bind();

    // Several threads may ask at once, and all must get the same symbols.
    private DeclaredNames Names => Volatile.Read(ref _names) ?? Interlocked.CompareExchange(ref _names, DeclaredNames.Of(this, Earlier), null) ?? _names;

    public Suppressions Suppressions => field ??= SuppressionComments.Read(this);

    /// <summary>Names in the braces of other languages, and where each stands in the body.</summary>
    internal IReadOnlyDictionary<string, List<TextSpan>> Placeholders => field ??= Semantics.Placeholders.Of(this);

    /// <summary>Of a plain text in which something stands between braces that is no Scriban, and nothing that is, the first such; else null.</summary>
    internal TextSpan? ForeignPlaceholder => (_foreign ??= [Meaning.ForeignPlaceholder(this)])[0];

    /// <summary>Names that the body reads and nobody here declares: what an including prompt or a caller must give.</summary>
    public IReadOnlySet<string> FreeNames => field ??= Semantics.FreeNames.Of(this);

    /// <summary>What names and members that nobody declares must hold.</summary>
    public TypesByUse TypesByUse => field ??= Semantics.TypesByUse.Of(this);

    /// <summary>
    /// True for a name that is read and that no input, context variable, local or function defines. What a loop or a function names is gone behind it;
    /// what is assigned further down may be there in the next round of a loop.
    /// </summary>
    public bool IsUndefined(Reference reference) =>
        reference is { IsWrite: false, IsCallee: false, Symbol: null }
        && Facts.FunctionOf(reference.Node) is null
        && !Facts.IsNamespace(reference.Node)
        && (reference.Node.Kind is NameKind.Variable or NameKind.Private || (reference.Node is { Kind: NameKind.Loop, Up: 0 } && !MayBeIncluded))
        && Facts
            .Scopes.Named(reference.Node.Name)
            .All(s =>
                s.Kind is SymbolKind.LoopVariable or SymbolKind.LoopObject or SymbolKind.Parameter
                || (Meaning.SubjectName is not null && s.Kind is SymbolKind.Input or SymbolKind.Member)
            )
        && !Facts.Scopes.MayBeMember(reference.Span.Start)
        && (reference.Node.Up == 0 || Facts.Scopes.IsSure(reference.Node));

    // A partial sees the loop that its include stands in.
    private bool MayBeIncluded => Environment.IsPartial || Environment.IncludedBy() is { Count: > 0 };

    // Of a version with the same front matter, and in the same surroundings.
    private EarlierMeaning? Earlier =>
        memory?.Meaning is { } meaning
        && meaning.Document.FrontMatter == Document.FrontMatter
        && meaning.Document.Dialect == Document.Dialect
        && meaning.Names == Environment.OfNames
            ? meaning
            : null;

    private BodyFacts Bind()
    {
        if (Binder.Bind(this, Names) is { } facts && Interlocked.CompareExchange(ref _facts, facts, null) is null)
        {
            Names.Release();
            if (memory is not null)
                memory.Meaning = new(Document, Header, facts, Environment.OfNames);
        }
        return _facts!;
    }
}

namespace PromptLsp.Language.Semantics;

/// <summary>
/// What can be named in a body, and the types that follow: all that a completion or a hover asks for, and what the walk over the body begins
/// with. Safe to share: nothing is left to be worked out.
/// </summary>
/// <param name="from">Where the walk begins: after an edit, at the last checkpoint before it.</param>
/// <param name="before">The facts of the version before, which hold what stands before that checkpoint; null where the walk begins at the beginning.</param>
internal sealed class DeclaredNames(Scopes scopes, Typing typing, Checkpoint from, BodyFacts? before)
{
    private volatile BodyFacts? _before = before;

    public Scopes Scopes { get; } = scopes;

    public Typing Typing { get; } = typing;

    public Checkpoint From { get; } = from;

    /// <summary>How much was declared before that node of the body, and at every <see cref="Checkpoint.Every"/> from there on.</summary>
    public List<(int Symbols, int Open)> Checkpoints { get; } = [];

    /// <param name="earlier">What a version with the same front matter meant, in the same surroundings.</param>
    public static DeclaredNames Of(PromptModel prompt, EarlierMeaning? earlier)
    {
        DeclaredNames names = (earlier is null ? null : Rebinding.GoOn(prompt, earlier)) ?? Of(prompt);
        names.Scopes.Settle();
        return names;
    }

    private static DeclaredNames Of(PromptModel prompt)
    {
        var scopes = new Scopes(prompt.Meaning);
        DeclaredNames names = new(scopes, new Typing(scopes, prompt), Checkpoint.Beginning, null);
        Declarations.Collect(prompt, names);
        return names;
    }

    /// <summary>The facts before the walk; null where it has been done already.</summary>
    public BodyFacts? Begin(int islands)
    {
        if (From.Nodes == 0)
            return new(Scopes, Typing, islands);
        return _before is { } before ? new(Scopes, Typing, islands, before, From) : null;
    }

    /// <summary>The walk is done: the version before need not be kept.</summary>
    public void Release() => _before = null;
}

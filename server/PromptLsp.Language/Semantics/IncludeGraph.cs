namespace PromptLsp.Language.Semantics;

/// <summary>
/// What a prompt includes, directly or through its partials: whoever asks which files belong to a prompt asks here. Includes may go in circles,
/// and the same partial may be included a thousand times: each file is gone into once.
/// </summary>
public static class IncludeGraph
{
    /// <summary>Includes inside includes: no rendering goes deeper.</summary>
    public const int Deepest = 50;

    /// <summary>The includes that stand in a file itself, in the order of the text.</summary>
    public static IEnumerable<Inclusion> From(PromptModel file)
    {
        foreach (IncludeUse use in file.Facts.Includes)
            yield return new(file, use);
    }

    /// <summary>The includes of a prompt, and behind the first that leads to a partial those of the partial.</summary>
    public static IEnumerable<Inclusion> Below(PromptModel prompt) => Below(prompt, static _ => true);

    /// <summary>The same, going only into the partials of includes that are followed.</summary>
    public static IEnumerable<Inclusion> Below(PromptModel prompt, Func<Inclusion, bool> isFollowed)
    {
        var met = new HashSet<string>(StringComparer.Ordinal) { prompt.Environment.Path };
        // Not by recursion: how far includes nest is up to whoever wrote them.
        var open = new Stack<IEnumerator<Inclusion>>();
        open.Push(From(prompt).GetEnumerator());
        while (open.TryPeek(out IEnumerator<Inclusion>? includes))
        {
            if (!includes.MoveNext())
            {
                open.Pop().Dispose();
                continue;
            }
            Inclusion include = includes.Current;
            bool isFirst = include.Partial is { } partial && isFollowed(include) && met.Add(partial.Path);
            yield return include with { IsFirst = isFirst };
            if (isFirst)
                open.Push(From(include.Partial!.Model).GetEnumerator());
        }
    }

    /// <summary>The prompt, and each partial that belongs to it, in the order in which they are met.</summary>
    public static IEnumerable<PromptModel> Files(PromptModel prompt) => PartialsOf(prompt).Select(p => p.Model).Prepend(prompt);

    /// <summary>Each partial that belongs to a prompt, in the order in which they are met.</summary>
    public static IEnumerable<Partial> PartialsOf(PromptModel prompt) => Below(prompt).Where(i => i.IsFirst).Select(i => i.Partial!);
}

/// <summary>One include, and where it leads.</summary>
/// <param name="From">The file that it stands in.</param>
/// <param name="IsFirst">In a walk: no include before it led to its partial, which is gone into next.</param>
public readonly record struct Inclusion(PromptModel From, IncludeUse Use, bool IsFirst = false)
{
    /// <summary>The path as it is written; null for one that is only known when it is rendered.</summary>
    public string? Written => Use.Path?.Value as string;

    /// <summary>Null for a path that is not written out.</summary>
    public IncludeLookup? Lookup => Written is { } path ? From.Environment.Include(path) : null;

    /// <summary>Where it leads, from the root; of one that is not there each place where it could come to be.</summary>
    public IEnumerable<string> Places => Lookup switch { { Found: { } found } => [found.Path], { Tried: var tried } => tried, null => [] };

    /// <summary>Null for one that is not there, or not known.</summary>
    public Partial? Partial => Lookup?.Found;

    /// <summary>True where the partial finds the file's own names; one that declares its inputs sees what it is given by name alone.</summary>
    public bool SeesNames =>
        From.Meaning.IncludesSeeSubject
            ? From.Facts.Scopes.SubjectAt(Use.Node.Span.Start) is { Scope.Start: 0 }
            : Partial is { Model.Header.DeclaresInputs: false };
}

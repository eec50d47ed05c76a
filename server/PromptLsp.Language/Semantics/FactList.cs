using System.Collections;
using System.Runtime.InteropServices;

namespace PromptLsp.Language.Semantics;

/// <summary>Facts of one kind in the order of the text. Only the walk over the body adds to it; everybody else reads.</summary>
public sealed class FactList<T> : IFactList, IReadOnlyList<T>
{
    // What follows a checkpoint is about as much as before the edit.
    private const int Slack = 8;

    private readonly List<T> _facts;

    internal FactList(int capacity) => _facts = new(capacity);

    public int Count => _facts.Count;

    public T this[int index] => _facts[index];

    internal ReadOnlySpan<T> Span => CollectionsMarshal.AsSpan(_facts);

    public bool Exists(Predicate<T> isMeant) => _facts.Exists(isMeant);

    public T? Find(Predicate<T> isMeant) => _facts.Find(isMeant);

    public T? FindLast(Predicate<T> isMeant) => _facts.FindLast(isMeant);

    public int FindIndex(Predicate<T> isMeant) => _facts.FindIndex(isMeant);

    public List<T> FindAll(Predicate<T> isMeant) => _facts.FindAll(isMeant);

    public List<T>.Enumerator GetEnumerator() => _facts.GetEnumerator();

    IEnumerator<T> IEnumerable<T>.GetEnumerator() => _facts.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => _facts.GetEnumerator();

    internal void Add(T fact) => _facts.Add(fact);

    void IFactList.Take(IFactList before, int count)
    {
        List<T> from = ((FactList<T>)before)._facts;
        _facts.EnsureCapacity(from.Count + Slack);
        _facts.AddRange(CollectionsMarshal.AsSpan(from)[..count]);
    }
}

/// <summary>A list of facts as a checkpoint sees it, of whatever kind.</summary>
internal interface IFactList
{
    int Count { get; }

    /// <summary>Begins with the first facts of the list of the same kind of an earlier version.</summary>
    void Take(IFactList before, int count);
}

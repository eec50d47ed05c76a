using PromptLsp.Language.Text;

namespace PromptLsp.Language.Syntax.Body;

/// <summary>What has been read of a body so far, into which parts of the body before an edit are taken over.</summary>
internal readonly record struct BodyParts(List<BodyNode> Nodes, List<TextSpan> Islands, List<Problem> Problems, List<Restart> Restarts)
{
    /// <summary>Takes what stands in front of a place, as it is.</summary>
    public void TakeUntil(Restart from, TemplateBody body)
    {
        // With room for what follows, else the next one would copy them all.
        Nodes.EnsureCapacity(from.Nodes + 256);
        Islands.EnsureCapacity(from.Islands + 256);
        Nodes.AddRange(body.Nodes.AsSpan(0, from.Nodes));
        Problems.AddRange(body.Problems.AsSpan(0, from.Problems));
        Islands.AddRange(body.Islands.AsSpan(0, from.Islands));
        Restarts.AddRange(body.Restarts.TakeWhile(r => r.Offset <= from.Offset));
    }

    /// <summary>Takes what stands behind the first of some places, so many characters further on.</summary>
    /// <param name="reachOf">How far was looked ahead from the beginning to one of the places, as things are now.</param>
    public void TakeFrom(ReadOnlySpan<Restart> tail, TemplateBody body, int moved, Func<Restart, int> reachOf)
    {
        Restart from = tail[0];
        int nodes = Nodes.Count - from.Nodes, islands = Islands.Count - from.Islands, problems = Problems.Count - from.Problems;
        foreach (BodyNode node in body.Nodes.AsSpan()[from.Nodes..])
            Nodes.Add(node.Moved(moved));
        foreach (TextSpan island in body.Islands.AsSpan()[from.Islands..])
            Islands.Add(island.Shift(moved));
        foreach (Problem problem in body.Problems.AsSpan()[from.Problems..])
            Problems.Add(problem.Moved(moved));
        // All in front of the first place was read just now, and what stands between the others is as it was.
        foreach (Restart place in tail)
        {
            // The first may be where this reading found one itself: twice, they would grow with every keystroke.
            if (Restarts.Count == 0 || Restarts[^1].Offset != place.Offset + moved)
                Restarts.Add(new(place.Offset + moved, reachOf(place), place.Nodes + nodes, place.Islands + islands, place.Problems + problems));
        }
    }
}

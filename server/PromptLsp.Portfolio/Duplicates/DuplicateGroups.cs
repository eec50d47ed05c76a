using System.Collections.Immutable;
using PromptLsp.Language.Semantics;
using PromptLsp.Workspace.Index;

namespace PromptLsp.Portfolio.Duplicates;

/// <summary>Prompts that say nearly the same, by their own text. Those that are near to one of a group belong to it.</summary>
/// <param name="Prompts">The first is the one that the others are compared with: the nearest to all of them.</param>
public sealed record DuplicateGroup(ImmutableArray<Duplicate> Prompts)
{
    /// <summary>How much of both texts must be the same.</summary>
    public const double Least = 0.7;

    // What is about so much the same is looked at; how much it is, is counted.
    private const double Candidate = 0.55;

    public static ImmutableArray<DuplicateGroup> Of(IReadOnlyList<PromptModel> prompts, CancellationToken cancel)
    {
        var shingles = new uint[prompts.Count][];
        Parallel.For(0, prompts.Count, new ParallelOptions { CancellationToken = cancel }, i => shingles[i] = OwnText.Shingles(prompts[i]));
        Dictionary<string, int> places = Enumerable.Range(0, prompts.Count).ToDictionary(i => prompts[i].Environment.Path, StringComparer.Ordinal);
        TextSignature?[] signatures = [.. shingles.Select(s => TextSignature.Of(s))];
        var texts = new LikeTexts(places.Where(p => signatures[p.Value] is not null).Select(p => (p.Key, signatures[p.Value]!)));
        int[] groups = [.. Enumerable.Range(0, prompts.Count)];
        for (int i = 0; i < prompts.Count; i++)
        {
            cancel.ThrowIfCancellationRequested();
            if (signatures[i] is not { } signature)
                continue;
            foreach ((string path, _) in texts.Of(signature, Candidate))
            {
                int other = places[path];
                if (GroupOf(groups, i) != GroupOf(groups, other) && !AreVariants(prompts[i], prompts[other])
                    && OwnText.Alike(shingles[i], shingles[other]) >= Least)
                    groups[GroupOf(groups, other)] = GroupOf(groups, i);
            }
        }
        return
        [
            .. Enumerable.Range(0, prompts.Count).GroupBy(i => GroupOf(groups, i)).Where(g => g.Skip(1).Any())
                .Select(g => Group([.. g], prompts, shingles)).OrderByDescending(g => g.Prompts.Length)
                    .ThenBy(g => g.Prompts[0].Prompt.Environment.Path, StringComparer.Ordinal),
        ];
    }

    // Variants of one prompt are there to differ in little.
    private static bool AreVariants(PromptModel one, PromptModel other) =>
        one.Header.Name is not null && one.Header.Name == other.Header.Name && one.Variant != other.Variant;

    private static int GroupOf(int[] groups, int i)
    {
        while (groups[i] != i)
            i = groups[i] = groups[groups[i]];
        return i;
    }

    private static DuplicateGroup Group(int[] members, IReadOnlyList<PromptModel> prompts, uint[][] shingles)
    {
        // Of very many, the first is as good as any.
        int middle = members.Length > 100 ? members[0] : members.MaxBy(m => members.Sum(o => OwnText.Alike(shingles[m], shingles[o])));
        return new([.. members.Select(m => new Duplicate(prompts[m], OwnText.Alike(shingles[middle], shingles[m])))
            .OrderByDescending(d => d.Prompt == prompts[middle]).ThenByDescending(d => d.Alike)]);
    }
}

/// <param name="Alike">How much of its text and the first one's is the same, from 0 to 1.</param>
public sealed record Duplicate(PromptModel Prompt, double Alike);

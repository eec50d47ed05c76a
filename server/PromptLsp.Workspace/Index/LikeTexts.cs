using System.Collections.Immutable;
using PromptLsp.Language.Semantics;

namespace PromptLsp.Workspace.Index;

/// <summary>Finds texts that are much the same without comparing all with all: two that share a band are candidates (locality-sensitive hashing).</summary>
public sealed class LikeTexts
{
    // A thousand copies of one text are told of by some of them.
    private const int MostCandidates = 200;

    private readonly ImmutableArray<(string Path, TextSignature Signature)> _texts;

    // For each band its numbers in order, and beside each the text that has it.
    private readonly ulong[][] _bands = new ulong[TextSignature.BandCount][];
    private readonly int[][] _owners = new int[TextSignature.BandCount][];

    public LikeTexts(IEnumerable<(string Path, TextSignature Signature)> texts)
    {
        _texts = [.. texts];
        for (int band = 0; band < TextSignature.BandCount; band++)
        {
            ulong[] numbers = new ulong[_texts.Length];
            int[] owners = new int[_texts.Length];
            for (int i = 0; i < numbers.Length; i++)
                (numbers[i], owners[i]) = (_texts[i].Signature.Bands[band], i);
            Array.Sort(numbers, owners);
            (_bands[band], _owners[band]) = (numbers, owners);
        }
    }

    /// <summary>The texts that are at least so much the same, from 0 to 1, and about how much; the text itself too, where it is one of them.</summary>
    public IEnumerable<(string Path, double Share)> Of(TextSignature signature, double least) =>
        from i in Candidates(signature)
        let share = signature.Like(_texts[i].Signature)
        where share >= least
        select (_texts[i].Path, share);

    private HashSet<int> Candidates(TextSignature signature)
    {
        var found = new HashSet<int>();
        for (int band = 0; band < TextSignature.BandCount; band++)
        {
            ulong number = signature.Bands[band];
            int at = FirstOf(_bands[band], number);
            for (; at < _bands[band].Length && _bands[band][at] == number && found.Count < MostCandidates; at++)
                found.Add(_owners[band][at]);
        }
        return found;
    }

    private static int FirstOf(ulong[] numbers, ulong number)
    {
        int low = 0, high = numbers.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (numbers[middle] < number)
                low = middle + 1;
            else
                high = middle;
        }
        return low;
    }
}

using System.Runtime.InteropServices;
using PromptLsp.Language.Syntax.Body;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Semantics;

/// <summary>
/// What a prompt says itself, as its shingles: each run of three words. What it includes and what is put into it count as one word each, by how it is
/// written, so that what many prompts include does not make them look alike.
/// </summary>
public static class OwnText
{
    /// <summary>Words in a shingle.</summary>
    private const int Words = 3;

    /// <summary>The hashes of the shingles, in order, each once.</summary>
    public static uint[] Shingles(PromptModel prompt)
    {
        var words = new List<uint>();
        foreach (BodyNode node in prompt.Document.Body.Nodes)
            Collect(node, prompt.Document.Text, words);
        if (words.Count < Words)
            return [];
        var shingles = new uint[words.Count - Words + 1];
        for (int i = 0; i < shingles.Length; i++)
            shingles[i] = Mixed((((words[i] * 31) + words[i + 1]) * 31) + words[i + 2]);
        Array.Sort(shingles);
        return Distinct(shingles);
    }

    /// <summary>How much of two texts is the same: of all their shingles, the part that both have.</summary>
    public static double Alike(ReadOnlySpan<uint> a, ReadOnlySpan<uint> b)
    {
        int both = 0, i = 0, j = 0;
        while (i < a.Length && j < b.Length)
        {
            int order = a[i].CompareTo(b[j]);
            both += order == 0 ? 1 : 0;
            i += order <= 0 ? 1 : 0;
            j += order >= 0 ? 1 : 0;
        }
        return both == 0 ? 0 : (double)both / (a.Length + b.Length - both);
    }

    private static void Collect(SyntaxNode node, SourceText text, List<uint> words)
    {
        switch (node)
        {
            case TextNode written:
                AddWords(text.Slice(written.Written), words);
                break;
            case CommentNode:
                break;
            case OutputNode or Expression:
                words.Add(HashOf(text.Slice(node.Span)));
                break;
            default:
                foreach (SyntaxNode child in node.Children)
                    Collect(child, text, words);
                break;
        }
    }

    private static void AddWords(ReadOnlySpan<char> text, List<uint> words)
    {
        for (int at = 0; at < text.Length;)
        {
            int end = at;
            while (end < text.Length && char.IsLetterOrDigit(text[end]))
                end++;
            if (end > at)
                words.Add(HashOf(text[at..end]));
            at = end + 1;
        }
    }

    // FNV-1a over the letters in lower case, without the blanks.
    private static uint HashOf(ReadOnlySpan<char> word)
    {
        uint hash = 2166136261;
        foreach (char c in word)
        {
            if (!char.IsWhiteSpace(c))
                hash = (hash ^ char.ToLowerInvariant(c)) * 16777619;
        }
        return hash;
    }

    private static uint Mixed(uint hash)
    {
        hash = (hash ^ (hash >> 16)) * 0x85EBCA6B;
        hash = (hash ^ (hash >> 13)) * 0xC2B2AE35;
        return hash ^ (hash >> 16);
    }

    private static uint[] Distinct(uint[] sorted)
    {
        int kept = 0;
        for (int i = 0; i < sorted.Length; i++)
        {
            if (i == 0 || sorted[i] != sorted[i - 1])
                sorted[kept++] = sorted[i];
        }
        return sorted[..kept];
    }
}

/// <summary>
/// A text in 128 bytes, by MinHash: the part of the numbers that two signatures have in common is about the part of the shingles that the texts have.
/// </summary>
public sealed class TextSignature
{
    /// <summary>Texts with fewer shingles are alike by their kind and by chance.</summary>
    public const int LeastShingles = 30;

    private const int Count = 64, InBand = 4;

    private static readonly uint[] Factors = Series(0x9E3779B9, odd: true), Offsets = Series(0x7F4A7C15, odd: false);

    private readonly ushort[] _least;

    private TextSignature(ushort[] least) => _least = least;

    /// <summary>Null for a text that is too short to be told from others.</summary>
    public static TextSignature? Of(ReadOnlySpan<uint> shingles)
    {
        if (shingles.Length < LeastShingles)
            return null;
        Span<uint> least = stackalloc uint[Count];
        least.Fill(uint.MaxValue);
        foreach (uint shingle in shingles)
        {
            for (int i = 0; i < Count; i++)
                least[i] = Math.Min(least[i], (shingle * Factors[i]) + Offsets[i]);
        }
        var folded = new ushort[Count];
        for (int i = 0; i < Count; i++)
            folded[i] = (ushort)(least[i] ^ (least[i] >> 16));
        return new(folded);
    }

    /// <summary>About the part of two texts that is the same, from 0 to 1; off by some 0.06.</summary>
    public double Like(TextSignature other)
    {
        int same = 0;
        for (int i = 0; i < Count; i++)
            same += _least[i] == other._least[i] ? 1 : 0;
        return (double)same / Count;
    }

    /// <summary>
    /// Sixteen numbers. Of texts that are seven tenths the same, at least one is the same 99 times in 100; of those that are a fifth the same, 2 times.
    /// </summary>
    public ReadOnlySpan<ulong> Bands => MemoryMarshal.Cast<ushort, ulong>(_least);

    /// <summary>How many numbers <see cref="Bands"/> are.</summary>
    public const int BandCount = Count / InBand;

    private static uint[] Series(uint seed, bool odd)
    {
        var series = new uint[Count];
        uint state = seed;
        for (int i = 0; i < Count; i++)
        {
            // xorshift: any numbers will do that stay the same.
            state ^= state << 13;
            state ^= state >> 17;
            state ^= state << 5;
            series[i] = odd ? state | 1 : state;
        }
        return series;
    }
}

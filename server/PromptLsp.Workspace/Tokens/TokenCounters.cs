using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using Microsoft.ML.Tokenizers;
using PromptLsp.History;
using PromptLsp.Language.Semantics;

namespace PromptLsp.Workspace.Tokens;

/// <summary>
/// Counts tokens by OpenAI's o200k vocabulary: exactly what its newer models count, and near what the others do. The vocabulary takes some
/// 300 ms and 40 MB, so it is loaded when it is first asked for, and only callers that say so wait for it.
/// </summary>
public static class TokenCounters
{
    private const int MostKnown = 10_000;

    // What is shorter is counted faster than looked up.
    private const int ShortestKnown = 512;

    private static readonly Lazy<Task<Tokenizer>> Vocabulary = new(() => Task.Run(static () => (Tokenizer)TiktokenTokenizer.CreateForEncoding("o200k_base")));
    private static readonly ConcurrentDictionary<UInt128, int> Known = new();

    /// <summary>Ends when counting can begin; does not begin to load.</summary>
    public static bool IsLoaded => Vocabulary is { IsValueCreated: true, Value.IsCompletedSuccessfully: true };

    /// <summary>The loading of the vocabulary; null while nobody has asked for it.</summary>
    public static Task? Loading => Vocabulary.IsValueCreated ? Vocabulary.Value : null;

    /// <summary>Loads the vocabulary, for whoever counts at once.</summary>
    public static Task LoadAsync() => Vocabulary.Value;

    /// <summary>The counter of a model, by its full name; null while the vocabulary is not there, which is then on its way.</summary>
    public static TokenCounter? For(string model)
    {
        Task<Tokenizer> loading = Vocabulary.Value;
        return loading.IsCompletedSuccessfully ? new(Counted, IsExactFor(model)) : null;
    }

    /// <summary>True for the models of which OpenAI says that they read o200k.</summary>
    public static bool IsExactFor(string model)
    {
        ReadOnlySpan<char> name = model.AsSpan(model.LastIndexOf('/') + 1);
        foreach (string family in Families)
        {
            if (name.StartsWith(family, StringComparison.OrdinalIgnoreCase) && (name.Length == family.Length || name[family.Length] is '-' or '.'))
                return true;
        }
        return false;
    }

    private static readonly string[] Families = ["gpt-4o", "chatgpt-4o", "gpt-4.1", "gpt-4.5", "gpt-5", "gpt-oss", "o1", "o3", "o4"];

    private static int Counted(string text)
    {
        if (text.Length < ShortestKnown)
            return Count(text);
        UInt128 fingerprint = Fingerprint(text);
        if (Known.TryGetValue(fingerprint, out int known))
            return known;
        if (Known.Count >= MostKnown)
            Known.Clear();
        return Known[fingerprint] = Count(text);
    }

    private static int Count(string text) => Vocabulary.Value.GetAwaiter().GetResult().CountTokens(text);

    private static UInt128 Fingerprint(string text) => BitConverter.ToUInt128(Sha256.Hash(MemoryMarshal.AsBytes(text.AsSpan())));
}

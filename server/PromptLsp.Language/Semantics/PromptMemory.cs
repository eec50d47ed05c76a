using PromptLsp.Language.Syntax;

namespace PromptLsp.Language.Semantics;

/// <summary>
/// What the last version of a document that somebody asked about was found to be. All versions of a document share one: each takes over
/// what no edit has changed since, whichever version that was found out of. It is never needed: without it all is worked out anew.
/// </summary>
public sealed class PromptMemory
{
    private volatile PromptDocument? _document;
    private volatile EarlierMeaning? _meaning;

    public PromptDocument? Document
    {
        get => _document;
        set => _document = value;
    }

    internal EarlierMeaning? Meaning
    {
        get => _meaning;
        set => _meaning = value;
    }
}

/// <summary>What a version of a prompt means, and what of its environment that rests on.</summary>
internal sealed record EarlierMeaning(PromptDocument Document, PromptHeader Header, BodyFacts Facts, PromptEnvironment.Names Names);

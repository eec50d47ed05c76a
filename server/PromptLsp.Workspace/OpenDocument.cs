using PromptLsp.Language.Semantics;
using PromptLsp.Language.Syntax;
using PromptLsp.Language.Syntax.Dialects;
using PromptLsp.Language.Text;

namespace PromptLsp.Workspace;

/// <summary>One version of a document that an editor has open. It is parsed when first asked, once.</summary>
public sealed class OpenDocument(string uri, string? path, int version, SourceText text)
{
    private readonly Lock _parsing = new();
    private PromptDocument? _parsed;
    private Dialect? _usedFallback;

    public string Uri { get; } = uri;

    /// <summary>Absolute; null for a document that is no file yet.</summary>
    public string? Path { get; } = path;

    public int Version { get; } = version;

    public SourceText Text { get; } = text;

    /// <summary>
    /// False for settings, context files and whatever else an editor sends along for its language, and for a prompt's old version, which is for
    /// reading only.
    /// </summary>
    public bool IsPrompt { get; } =
        !uri.StartsWith(VersionScheme + ":", StringComparison.Ordinal) && System.IO.Path.GetExtension(path.AsSpan()) is not (".yaml" or ".yml" or ".json");

    /// <summary>An old version's document is the prompt's URI with this scheme and a reference as its query.</summary>
    public const string VersionScheme = "promptlsp-version";

    /// <summary>A change went wrong, so that the text here is not the editor's: nothing is said of it until it is whole again.</summary>
    public bool IsOutOfStep { get; init; }

    /// <summary>Over the size that is analysed.</summary>
    public bool IsTooLarge => Text.Length > Files.Disk.LargestFile;

    /// <summary>What its versions were found to be.</summary>
    internal PromptMemory Memory { get; private init; } = new();

    /// <summary>This document after a change.</summary>
    public OpenDocument With(int version, SourceText text, bool isOutOfStep) => new(Uri, Path, version, text) { IsOutOfStep = isOutOfStep, Memory = Memory };

    internal PromptDocument Parse(Dialect? fallback)
    {
        // Whoever asks while the tree is being made waits for it: making it a second time would take as long.
        lock (_parsing)
        {
            if (_parsed is null || (_usedFallback != fallback && _parsed.Dialect != fallback))
            {
                _usedFallback = fallback;
                Memory.Document = _parsed = PromptDocument.Parse(Text, fallback, Memory.Document);
            }
            return _parsed;
        }
    }
}

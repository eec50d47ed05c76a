using System.Collections.Immutable;
using PromptLsp.Language.Semantics;
using PromptLsp.Language.Syntax;
using PromptLsp.Language.Text;

namespace PromptLsp.Server;

/// <summary>The documents that are open in the editor, at one moment.</summary>
internal sealed record OpenDocuments(ImmutableDictionary<string, OpenDocument> ByUri)
{
    public static OpenDocuments None { get; } = new(ImmutableDictionary.Create<string, OpenDocument>(StringComparer.Ordinal));

    public OpenDocument? Find(string uri) => ByUri.GetValueOrDefault(uri);

    public OpenDocuments With(OpenDocument document) => new(ByUri.SetItem(document.Uri, document));

    public OpenDocuments Without(string uri) => new(ByUri.Remove(uri));
}

/// <summary>One version of an open document. It is parsed once, by whoever first asks.</summary>
internal sealed class OpenDocument(string uri, int version, SourceText text)
{
    private readonly Lazy<PromptModel> _prompt = new(() => new PromptModel(PromptDocument.Parse(text), PromptEnvironment.None));

    public string Uri { get; } = uri;

    public int Version { get; } = version;

    public SourceText Text { get; } = text;

    public PromptModel Prompt => _prompt.Value;

    /// <summary>A change of the document was lost: its text is not what the editor shows, until the whole text comes.</summary>
    public bool IsOutOfStep { get; init; }

    public OpenDocument OutOfStep() => new(Uri, Version, Text) { IsOutOfStep = true };
}

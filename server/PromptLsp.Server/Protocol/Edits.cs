namespace PromptLsp.Server.Protocol;

/// <summary>Changes of files: by URI, or in order where files are made too.</summary>
internal sealed record WorkspaceEdit
{
    public Dictionary<string, TextEdit[]>? Changes { get; init; }

    public DocumentChange[]? DocumentChanges { get; init; }
}

/// <summary>Either the making of a file (<c>kind: create</c> and its URI) or the edits of one.</summary>
internal sealed record DocumentChange
{
    public string? Kind { get; init; }

    public string? Uri { get; init; }

    public CreateFileOptions? Options { get; init; }

    public OptionalVersionedTextDocumentIdentifier? TextDocument { get; init; }

    public TextEdit[]? Edits { get; init; }
}

internal sealed record CreateFileOptions
{
    public bool IgnoreIfExists => true;
}

internal sealed record OptionalVersionedTextDocumentIdentifier(string Uri)
{
    // LSP wants it said that there is none.
    [System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.Never)]
    public int? Version { get; init; }
}

namespace PromptLsp.Server.Protocol;

/// <summary>Changes of files: by URI, or in order where files are made too.</summary>
internal sealed record WorkspaceEdit
{
    public Dictionary<string, TextEdit[]>? Changes { get; init; }

    /// <summary>Each a <see cref="CreateFile"/> or a <see cref="TextDocumentEdit"/>.</summary>
    public object[]? DocumentChanges { get; init; }
}

internal sealed record CreateFile(string Uri)
{
    public string Kind => "create";

    public CreateFileOptions? Options { get; init; }
}

internal sealed record TextDocumentEdit(OptionalVersionedTextDocumentIdentifier TextDocument, TextEdit[] Edits);

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

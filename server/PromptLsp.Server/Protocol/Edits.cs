using PromptLsp.Server.Rpc;

namespace PromptLsp.Server.Protocol;

/// <summary>Changes of files: by URI, or in order where files are made too.</summary>
internal sealed record WorkspaceEdit : ISent
{
    public Dictionary<string, TextEdit[]>? Changes { get; init; }

    /// <summary>Each a <see cref="CreateFile"/>, a <see cref="RenameFile"/> or a <see cref="TextDocumentEdit"/>.</summary>
    public ISent[]? DocumentChanges { get; init; }

    public void Write(JsonMembers to) => to.Add("changes", Changes).Add("documentChanges", DocumentChanges);
}

internal sealed record CreateFile(string Uri) : ISent
{
    public string Kind => "create";

    public CreateFileOptions? Options { get; init; }

    public void Write(JsonMembers to) => to.Add("uri", Uri).Add("kind", Kind).Add("options", Options);
}

internal sealed record RenameFile(string OldUri, string NewUri) : ISent
{
    public string Kind => "rename";

    public void Write(JsonMembers to) => to.Add("oldUri", OldUri).Add("newUri", NewUri).Add("kind", Kind);
}

internal sealed record TextDocumentEdit(OptionalVersionedTextDocumentIdentifier TextDocument, TextEdit[] Edits) : ISent
{
    public void Write(JsonMembers to) => to.Add("textDocument", TextDocument).Add("edits", Edits);
}

internal sealed record CreateFileOptions : ISent
{
    public bool IgnoreIfExists => true;

    public void Write(JsonMembers to) => to.Add("ignoreIfExists", IgnoreIfExists);
}

internal sealed record OptionalVersionedTextDocumentIdentifier(string Uri) : ISent
{
    // LSP wants it said that there is none.
    [System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.Never)]
    public int? Version { get; init; }

    public void Write(JsonMembers to) => to.Add("uri", Uri).AddOrNull("version", Version);
}

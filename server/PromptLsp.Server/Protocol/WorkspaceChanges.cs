using System.Text.Json;
using PromptLsp.Server.Rpc;

namespace PromptLsp.Server.Protocol;

internal sealed record DidChangeWatchedFilesParams(FileEvent[] Changes)
{
    public static DidChangeWatchedFilesParams Read(JsonElement from) => new(from.Array("changes", FileEvent.Read));
}

/// <summary>A file was created (1), changed (2) or deleted (3).</summary>
internal sealed record FileEvent(string Uri, int Type)
{
    public static FileEvent Read(JsonElement from) => new(from.String("uri"), from.Int("type"));
}

/// <summary>Our settings are in <c>promptlsp.yaml</c>; that some have changed is all we read of a client's.</summary>
internal sealed record DidChangeConfigurationParams
{
    public static DidChangeConfigurationParams Read(JsonElement _) => new();
}

internal sealed record DidChangeWorkspaceFoldersParams(WorkspaceFoldersChangeEvent Event)
{
    public static DidChangeWorkspaceFoldersParams Read(JsonElement from) => new(from.Object("event", WorkspaceFoldersChangeEvent.Read));
}

internal sealed record WorkspaceFoldersChangeEvent(WorkspaceFolder[] Added, WorkspaceFolder[] Removed)
{
    public static WorkspaceFoldersChangeEvent Read(JsonElement from) =>
        new(from.Array("added", WorkspaceFolder.Read), from.Array("removed", WorkspaceFolder.Read));
}

internal sealed record CreateFilesParams(FileCreate[] Files)
{
    public static CreateFilesParams Read(JsonElement from) => new(from.Array("files", FileCreate.Read));
}

internal sealed record FileCreate(string Uri)
{
    public static FileCreate Read(JsonElement from) => new(from.String("uri"));
}

internal sealed record RenameFilesParams(FileRename[] Files)
{
    public static RenameFilesParams Read(JsonElement from) => new(from.Array("files", FileRename.Read));
}

internal sealed record FileRename(string OldUri, string NewUri)
{
    public static FileRename Read(JsonElement from) => new(from.String("oldUri"), from.String("newUri"));
}

internal sealed record Registration(string Id, string Method) : ISent
{
    public DidChangeWatchedFilesRegistrationOptions? RegisterOptions { get; init; }

    public void Write(JsonMembers to) => to.Add("id", Id).Add("method", Method).Add("registerOptions", RegisterOptions);
}

internal sealed record DidChangeWatchedFilesRegistrationOptions(FileSystemWatcher[] Watchers) : ISent
{
    public void Write(JsonMembers to) => to.Add("watchers", Watchers);
}

internal sealed record FileSystemWatcher(string GlobPattern) : ISent
{
    public const int Delete = 4;

    /// <summary>What is to be told: created (1), changed (2), deleted (4), or a sum of these; left out, all.</summary>
    public int? Kind { get; init; }

    public void Write(JsonMembers to) => to.Add("globPattern", GlobPattern).Add("kind", Kind);
}

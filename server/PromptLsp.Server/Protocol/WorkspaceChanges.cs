namespace PromptLsp.Server.Protocol;

internal sealed record DidChangeWatchedFilesParams(FileEvent[] Changes);

/// <summary>A file was created (1), changed (2) or deleted (3).</summary>
internal sealed record FileEvent(string Uri, int Type);

/// <summary>Our settings are in <c>promptlsp.yaml</c>; that some have changed is all we read of a client's.</summary>
internal sealed record DidChangeConfigurationParams;

internal sealed record DidChangeWorkspaceFoldersParams(WorkspaceFoldersChangeEvent Event);

internal sealed record WorkspaceFoldersChangeEvent(WorkspaceFolder[] Added, WorkspaceFolder[] Removed);

internal sealed record RenameFilesParams(FileRename[] Files);

internal sealed record FileRename(string OldUri, string NewUri);

internal sealed record RegistrationParams(Registration[] Registrations);

internal sealed record Registration(string Id, string Method)
{
    public DidChangeWatchedFilesRegistrationOptions? RegisterOptions { get; init; }
}

internal sealed record DidChangeWatchedFilesRegistrationOptions(FileSystemWatcher[] Watchers);

internal sealed record FileSystemWatcher(string GlobPattern);

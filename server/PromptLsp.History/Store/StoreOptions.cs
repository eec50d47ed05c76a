namespace PromptLsp.History.Store;

public enum StoreAccess
{
    /// <summary>Reads and writes; makes the store where there is none.</summary>
    CreateIfMissing,

    /// <summary>Reads and writes a store that is there.</summary>
    ReadWrite,

    /// <summary>Reads a store that is there, on a read-only disk too.</summary>
    ReadOnly,
}

/// <summary>How a store is opened.</summary>
public sealed record StoreOptions
{
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>How long another process's write is waited for.</summary>
    public TimeSpan BusyTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Nobody else can use the file meanwhile.</summary>
    internal bool Alone { get; init; }

    /// <summary>SQLite's name of the way to the disk; null for its own choice.</summary>
    internal string? Vfs { get; init; }

    /// <summary>Pages. The disk counts as full beyond them; 0 for no limit.</summary>
    internal int MostPages { get; init; }
}

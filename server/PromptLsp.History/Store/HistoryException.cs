namespace PromptLsp.History.Store;

/// <summary>What was asked of the history cannot be done. The message is one line for the person who asked.</summary>
public class HistoryException(string message, Exception? cause = null) : Exception(message, cause);

/// <summary>The tag is not where the caller saw it: somebody else was faster. The message tells both sides.</summary>
public sealed class TagConflictException(string message) : HistoryException(message);

/// <summary>The store cannot be used now. Turn history off, say the message once, and try again at the next save.</summary>
public sealed class HistoryUnavailableException(Unavailability reason, string message, Exception? cause = null) : HistoryException(message, cause)
{
    public Unavailability Reason { get; } = reason;
}

/// <summary>Why a store cannot be used.</summary>
public enum Unavailability
{
    /// <summary>There is none, and none was to be made.</summary>
    None,

    /// <summary>Another process has held it for longer than we wait.</summary>
    Locked,

    /// <summary>Neither the folder nor the file may be written.</summary>
    ReadOnly,
    DiskFull,

    /// <summary>SQLite calls it malformed or no database, or it contradicts itself.</summary>
    Corrupt,

    /// <summary>Written by a newer PromptLsp.</summary>
    NewerSchema,

    /// <summary>Written by an older PromptLsp, and it may not be brought up to date.</summary>
    OlderSchema,

    /// <summary>A database, but not one that this program made.</summary>
    ForeignSchema,

    /// <summary>A link, a store tracked by git, somebody else's folder: it came from elsewhere and may be made to harm.</summary>
    Untrusted,

    /// <summary>The disk gave an error.</summary>
    Failing,
}

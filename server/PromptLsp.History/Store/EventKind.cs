namespace PromptLsp.History.Store;

/// <summary>What an event of the log says.</summary>
public enum EventKind
{
    /// <summary>A version, saved in an editor or by the command line.</summary>
    Saved,

    /// <summary>A version, made outside the editor and seen later.</summary>
    Observed,

    /// <summary>A version whose content is that of an older one again.</summary>
    RolledBack,

    /// <summary>A version that git knew of.</summary>
    Imported,
    Tagged,
    TagMoved,
    Untagged,

    /// <summary>A version got a note, or another one.</summary>
    Described,
    Renamed,
    Deleted,

    /// <summary>A deleted prompt is there again, with the content it had.</summary>
    Restored,

    /// <summary>A content or a note has been taken out of the store.</summary>
    Erased,

    /// <summary>A release came into an environment, all gates being open.</summary>
    Promoted,

    /// <summary>A release came into an environment although a gate was shut.</summary>
    Overridden,

    /// <summary>An environment holds again what it held before.</summary>
    EnvRolledBack,

    /// <summary>Somebody said yes to a release for an environment.</summary>
    Approved,

    /// <summary>Somebody took a yes back.</summary>
    Withdrawn,

    /// <summary>Nothing is promoted to an environment from now on.</summary>
    Frozen,

    /// <summary>Promotions are let in again.</summary>
    Thawed,
}

/// <summary>The kinds as they are written: in the store, in the chain, and in JSON.</summary>
public static class EventKinds
{
    private static readonly string[] Words =
    [
        "saved", "observed", "rolled-back", "imported", "tagged", "tag-moved", "untagged", "described", "renamed", "deleted", "restored", "erased",
        "promoted", "overridden", "env-rolled-back", "approved", "withdrawn", "frozen", "thawed",
    ];

    extension(EventKind kind)
    {
        public string Word => Words[(int)kind];

        public bool MakesVersion => kind <= EventKind.Imported;

        /// <summary>It says what became of an environment, as a record in the releases folder claims.</summary>
        public bool IsOfEnvironment => kind >= EventKind.Promoted;
    }

    /// <exception cref="NewerEventException">No kind of ours is called so.</exception>
    internal static EventKind Parse(string word) => Array.IndexOf(Words, word) is >= 0 and int at ? (EventKind)at : throw new NewerEventException();

    /// <summary>All of them, as SQL lists them.</summary>
    internal static string List { get; } = string.Join(", ", Words.Select(word => $"'{word}'"));
}

/// <summary>An event of a kind that this program does not know: a newer one wrote it.</summary>
internal sealed class NewerEventException : Exception;

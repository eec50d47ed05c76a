using PromptLsp.History.Store;

namespace PromptLsp.Cli.Versions;

/// <summary>Stores as commands open them: somebody sits before it and waits for the answer.</summary>
internal static class Stores
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    public static StoreOptions Options(Terminal terminal) => new() { Clock = terminal.Clock, BusyTimeout = Patience };

    public static HistoryStore ToRead(string root, Terminal terminal) => Open(root, StoreAccess.ReadOnly, terminal);

    public static HistoryStore Open(string root, StoreAccess access, Terminal terminal) => HistoryStore.Open(root, access, Options(terminal));
}

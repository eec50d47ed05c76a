using PromptLsp.Server.Protocol;
using StreamJsonRpc;

namespace PromptLsp.Server;

/// <summary>Shows work that takes long, and only that: what is done within a second needs no telling.</summary>
internal static class Progress
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private static int _tokens;

    public static async Task RunAsync(Session session, string title, Action work, CancellationToken ended)
    {
        Task running = Task.Run(work, ended);
        if (session.Flags.ShowsProgress && await Task.WhenAny(running, Task.Delay(Patience, session.Clock, ended)) != running)
            await ShowAsync(session, title, running, ended);
        await running;
    }

    private static async Task ShowAsync(Session session, string title, Task running, CancellationToken ended)
    {
        string token = $"promptlsp-{Interlocked.Increment(ref _tokens)}";
        try
        {
            await session.Client.AskAsync("window/workDoneProgress/create", [("token", token)], ended);
            await session.Client.TellAsync("$/progress", ("token", token), ("value", new WorkDoneProgressBegin(title)));
            await Task.WhenAny(running);
            await session.Client.TellAsync("$/progress", ("token", token), ("value", new WorkDoneProgressEnd()));
        }
        catch (Exception failure) when (failure is RemoteRpcException or ObjectDisposedException)
        {
            // Who does not want to see it need not.
        }
    }
}

using StreamJsonRpc;

namespace PromptLsp.Server.Diagnostics;

/// <summary>Asks a client that pulls to pull again, at most once a second.</summary>
internal sealed class Refresh(Session session, CancellationToken ended)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly Lock _asking = new();
    private bool _isAsking, _isWanted;

    public void Ask()
    {
        if (!session.Flags.RefreshesDiagnostics)
            return;
        lock (_asking)
        {
            _isWanted = true;
            if (_isAsking)
                return;
            _isAsking = true;
        }
        _ = AskAsync();
    }

    private async Task AskAsync()
    {
        try
        {
            while (TakeWanted())
            {
                await session.Client.AskAsync("workspace/diagnostic/refresh", [], ended);
                await Task.Delay(Pause, session.Clock, ended);
            }
        }
        catch (Exception failure) when (failure is OperationCanceledException or RemoteRpcException or ObjectDisposedException)
        {
            // A client that refuses will not be asked again.
        }
    }

    private bool TakeWanted()
    {
        lock (_asking)
        {
            bool wanted = _isWanted;
            _isWanted = false;
            _isAsking = wanted;
            return wanted;
        }
    }
}

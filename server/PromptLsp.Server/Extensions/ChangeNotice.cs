namespace PromptLsp.Server.Extensions;

/// <summary>Tells a client that shows previews and history what of it no longer holds; several things in a short time at once.</summary>
internal sealed class ChangeNotice(Session session, CancellationToken ended)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private readonly HashSet<string> _uris = new(StringComparer.Ordinal);

    public void Add(string uri)
    {
        if (!session.Flags.Asks)
            return;
        lock (_uris)
        {
            if (!_uris.Add(uri) || _uris.Count > 1)
                return;
        }
        _ = SendAsync();
    }

    private async Task SendAsync()
    {
        try
        {
            await Task.Delay(Pause, session.Clock, ended);
            string[] uris;
            lock (_uris)
            {
                uris = [.. _uris.Order(StringComparer.Ordinal)];
                _uris.Clear();
            }
            await session.Client.TellAsync("promptlsp/changed", ("uris", uris));
        }
        catch (Exception failure) when (failure is OperationCanceledException or ObjectDisposedException or StreamJsonRpc.ConnectionLostException)
        {
            // The session is over.
        }
    }
}

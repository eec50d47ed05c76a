namespace PromptLsp.Server;

/// <summary>
/// Does work for documents one at a time, each named by its URI. Work that is asked for again while it waits is done once; what runs for the
/// same document is cancelled, since its answer would be old.
/// </summary>
/// <param name="rest">How long nothing must have been asked for before work begins: zero for what is due at once.</param>
internal sealed class CoalescingQueue(
    Func<string, CancellationToken, Task> work,
    Action<Exception> reportFailure,
    TimeSpan rest,
    TimeProvider clock,
    CancellationToken ended
)
{
    private long _lastAsked;
    private readonly List<string> _waiting = [];
    private (string Uri, CancellationTokenSource Cancel)? _running;
    private bool _isRunning;

    public void Add(string uri)
    {
        lock (_waiting)
        {
            if (_running is { } running && string.Equals(running.Uri, uri, StringComparison.Ordinal))
                running.Cancel.Cancel();
            if (!_waiting.Contains(uri, StringComparer.Ordinal))
                _waiting.Add(uri);
            _lastAsked = clock.GetTimestamp();
            if (_isRunning)
                return;
            _isRunning = true;
        }
        _ = Task.Run(RunAsync, CancellationToken.None);
    }

    private async Task RunAsync()
    {
        await RestAsync();
        while (Next() is { } next)
        {
            try
            {
                await work(next.Uri, next.Cancel.Token);
            }
            catch (OperationCanceledException)
            {
                // Asked for again, or the session is over.
            }
            catch (Exception failure)
            {
                reportFailure(failure);
            }
            await RestAsync();
        }
    }

    private async Task RestAsync()
    {
        while (rest - clock.GetElapsedTime(Volatile.Read(ref _lastAsked)) is { Ticks: > 0 } left && !ended.IsCancellationRequested)
            await Task.Delay(left, clock, ended).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private (string Uri, CancellationTokenSource Cancel)? Next()
    {
        lock (_waiting)
        {
            _running?.Cancel.Dispose();
            _running = null;
            if (_waiting.Count == 0 || ended.IsCancellationRequested)
            {
                _isRunning = false;
                return null;
            }
            _running = (_waiting[0], CancellationTokenSource.CreateLinkedTokenSource(ended));
            _waiting.RemoveAt(0);
            return _running;
        }
    }
}

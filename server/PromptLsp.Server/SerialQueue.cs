namespace PromptLsp.Server;

/// <summary>Does work one piece after the other, off the request path: a later state is never overtaken by an earlier one.</summary>
internal sealed class SerialQueue
{
    private readonly Lock _queueing = new();
    private Task _last = Task.CompletedTask;

    public Task<T> Do<T>(Func<Task<T>> work)
    {
        lock (_queueing)
        {
            Task<T> next = AfterAsync(_last, work);
            _last = next;
            return next;
        }
    }

    public Task<T> Do<T>(Func<T> work) => Do(() => Task.FromResult(work()));

    // Whatever became of the work before is its own caller's concern.
    private static async Task<T> AfterAsync<T>(Task last, Func<Task<T>> work)
    {
        await last.ConfigureAwait(ConfigureAwaitOptions.ForceYielding | ConfigureAwaitOptions.SuppressThrowing);
        return await work();
    }
}

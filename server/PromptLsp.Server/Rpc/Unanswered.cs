namespace PromptLsp.Server.Rpc;

/// <summary>Counts the requests that came in and have no answer yet.</summary>
internal sealed class Unanswered
{
    // What takes longer at the end of a session waits for somebody who is gone.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly Lock _counting = new();
    private int _count;
    private TaskCompletionSource? _none;

    public void Add()
    {
        lock (_counting)
            _count++;
    }

    public void Remove()
    {
        lock (_counting)
        {
            _count--;
            if (_count == 0)
                _none?.TrySetResult();
        }
    }

    /// <summary>Waits until all are answered, or for two seconds.</summary>
    public async Task NoneAsync()
    {
        Task none;
        lock (_counting)
        {
            if (_count == 0)
                return;
            none = (_none ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
        await Task.WhenAny(none, Task.Delay(Patience));
    }
}

namespace PromptLsp.Cli;

/// <summary>Tells on standard error how far work has come that takes longer than a second, where somebody sits before it.</summary>
/// <param name="done">What has been done to what is counted: <c>checked</c>.</param>
internal sealed class Progress(string done, Terminal terminal) : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private readonly Lock _lock = new();
    private readonly long _begun = terminal.Clock.GetTimestamp();
    private TimeSpan _next = TimeSpan.FromSeconds(1);
    private int _shown;

    /// <summary>Called after each step, by any thread.</summary>
    /// <param name="more">What is said behind the count.</param>
    public void Tell(int count, int total, string more = "")
    {
        if (!terminal.ShowsProgress || terminal.Clock.GetElapsedTime(_begun) < _next)
            return;
        lock (_lock)
        {
            TimeSpan now = terminal.Clock.GetElapsedTime(_begun);
            if (now < _next)
                return;
            _next = now + Pause;
            Show($"{done} {count} of {total}{more}");
        }
    }

    /// <summary>Takes the line away.</summary>
    public void Dispose()
    {
        if (_shown > 0)
            Show("");
        _shown = 0;
    }

    private void Show(string line)
    {
        terminal.Error.Write($"\r{line.PadRight(_shown)}{(line.Length == 0 ? "\r" : "")}");
        _shown = line.Length;
    }
}

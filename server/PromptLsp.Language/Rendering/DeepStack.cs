using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;

namespace PromptLsp.Language.Rendering;

/// <summary>Runs what an engine does by recursion on a stack deep enough for every template that people write.</summary>
internal static class DeepStack
{
    private const int Size = 16 * 1024 * 1024;

    // To start a thread costs more than to check a prompt: one that is done waits a little for more.
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(2);

    private static readonly ConcurrentStack<Worker> Waiting = new();

    public static T Run<T>(Func<T> work)
    {
        T result = default!;
        Run(() => { result = work(); }, Timeout.InfiniteTimeSpan);
        return result;
    }

    /// <summary>False where the work is not done in time; it is then left to itself, and its end is nobody's concern.</summary>
    public static bool Run(Action work, TimeSpan longest)
    {
        Worker worker = Claimed();
        if (!worker.Run(work, longest, out ExceptionDispatchInfo? failure))
            return false;
        Waiting.Push(worker);
        failure?.Throw();
        return true;
    }

    private static Worker Claimed()
    {
        while (Waiting.TryPop(out Worker? worker))
        {
            if (worker.Claim())
                return worker;
        }
        return new Worker();
    }

    private enum State
    {
        Waiting,
        Working,
        Done,

        /// <summary>Its thread ends, at once or when its work is done.</summary>
        Gone,
    }

    private sealed class Worker
    {
        private readonly ManualResetEventSlim _asked = new(), _answered = new();
        private State _state = State.Working;
        private Action? _work;
        private ExceptionDispatchInfo? _failure;

        public Worker() => new Thread(Work, Size) { IsBackground = true, Name = "rendering" }.Start();

        public bool Claim() => Interlocked.CompareExchange(ref _state, State.Working, State.Waiting) == State.Waiting;

        public bool Run(Action work, TimeSpan longest, out ExceptionDispatchInfo? failure)
        {
            _work = work;
            _failure = null;
            _asked.Set();
            bool isDone = _answered.Wait(longest) || Interlocked.CompareExchange(ref _state, State.Gone, State.Working) != State.Working;
            failure = null;
            if (!isDone)
                return false;
            // It may be about to say that it is done.
            _answered.Wait();
            _answered.Reset();
            failure = _failure;
            Interlocked.Exchange(ref _state, State.Waiting);
            return true;
        }

        private void Work()
        {
            while (_asked.Wait(Idle) || Interlocked.CompareExchange(ref _state, State.Gone, State.Waiting) != State.Waiting)
            {
                _asked.Wait();
                _asked.Reset();
                try
                {
                    _work!();
                }
                catch (Exception exception)
                {
                    _failure = ExceptionDispatchInfo.Capture(exception);
                }
                _work = null;
                if (Interlocked.CompareExchange(ref _state, State.Done, State.Working) != State.Working)
                    return;
                _answered.Set();
            }
        }
    }
}

using System.Runtime.ExceptionServices;

namespace PromptLsp.Language.Rendering;

/// <summary>Runs what an engine does by recursion on a stack deep enough for every template that people write.</summary>
internal static class DeepStack
{
    private const int Size = 16 * 1024 * 1024;

    public static T Run<T>(Func<T> work)
    {
        T result = default!;
        Run(() => { result = work(); }, Timeout.InfiniteTimeSpan);
        return result;
    }

    /// <summary>False where the work is not done in time; it is then left to itself, and its end is nobody's concern.</summary>
    public static bool Run(Action work, TimeSpan longest)
    {
        ExceptionDispatchInfo? failure = null;
        var thread = new Thread(() =>
        {
            try
            {
                work();
            }
            catch (Exception exception)
            {
                failure = ExceptionDispatchInfo.Capture(exception);
            }
        }, Size) { IsBackground = true, Name = "rendering" };
        thread.Start();
        if (!thread.Join(longest))
            return false;
        failure?.Throw();
        return true;
    }
}

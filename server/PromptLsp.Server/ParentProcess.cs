using System.Diagnostics;

namespace PromptLsp.Server;

/// <summary>The editor's process, without which a server is of no use.</summary>
internal static class ParentProcess
{
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(3);

    /// <summary>Waits until it is gone: true. False where the wait was ended before.</summary>
    public static async Task<bool> EndsAsync(int id, CancellationToken ended)
    {
        using var timer = new PeriodicTimer(Poll);
        try
        {
            while (await timer.WaitForNextTickAsync(ended))
            {
                using Process parent = Process.GetProcessById(id);
                if (parent.HasExited)
                    return true;
            }
        }
        catch (OperationCanceledException)
        {
            return false;
        }
        catch (Exception failure) when (failure is ArgumentException or InvalidOperationException)
        {
            // No such process.
        }
        return true;
    }
}

using PromptLsp.Server.Diagnostics;

namespace PromptLsp.Server;

/// <summary>Gives memory back once nobody types: by then the earlier versions of what was edited are garbage.</summary>
internal sealed class SpareMemory
{
    // Longer than the pauses of somebody who types.
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(2);

    // For less than this a collection of everything is not worth it.
    private const long WorthGivingBack = 16 * 1024 * 1024;

    private readonly Lane _lane;
    private long _allocatedBefore;

    public SpareMemory(Session session, CancellationToken ended) =>
        _lane = new(GiveBack, failure => session.Log.Failure("memory", failure), Rest, session.Clock, ended);

    public void Edited() => _lane.Add("all documents");

    private Task GiveBack(string all, CancellationToken cancel)
    {
        long allocated = GC.GetTotalAllocatedBytes();
        if (allocated - _allocatedBefore < WorthGivingBack)
            return Task.CompletedTask;
        _allocatedBefore = allocated;
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        return Task.CompletedTask;
    }
}

using PromptLsp.Server.Diagnostics;
using PromptLsp.Workspace;

namespace PromptLsp.Server;

/// <summary>Gives memory back once nobody types: by then the earlier versions of what was edited are garbage.</summary>
internal sealed class IdleCollection
{
    // Longer than the pauses of somebody who types.
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(2);

    // For less than this a collection of everything is not worth it.
    private const long WorthGivingBack = 16 * 1024 * 1024;

    // The tree and the facts of a text take about twenty times its room.
    private const int LargeText = (int)(WorthGivingBack / 20);

    private readonly CoalescingQueue _queue;
    private long _allocatedBefore;
    private volatile bool _hasClosedLarge;

    public IdleCollection(Session session, CancellationToken ended) =>
        _queue = new(GiveBack, failure => session.Log.Failure("memory", failure), Rest, session.Clock, ended);

    public void Edited() => _queue.Add("all documents");

    public void Closed(OpenDocument document)
    {
        _hasClosedLarge |= document.Text.Length > LargeText;
        Edited();
    }

    private Task GiveBack(string all, CancellationToken cancel)
    {
        long allocated = GC.GetTotalAllocatedBytes();
        if (allocated - _allocatedBefore < WorthGivingBack && !_hasClosedLarge)
            return Task.CompletedTask;
        _allocatedBefore = allocated;
        _hasClosedLarge = false;
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        return Task.CompletedTask;
    }
}

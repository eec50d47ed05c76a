namespace PromptLsp.History.Diffs;

/// <summary>A run of lines or words that another run stands for. Counted from 0; one of the runs may be empty, never both.</summary>
public readonly record struct Change(int OldStart, int OldCount, int NewStart, int NewCount)
{
    public int OldEnd => OldStart + OldCount;

    public int NewEnd => NewStart + NewCount;
}

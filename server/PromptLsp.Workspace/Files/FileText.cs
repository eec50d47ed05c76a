using PromptLsp.Language.Text;

namespace PromptLsp.Workspace.Files;

public enum FileStatus
{
    Ok,
    Missing,

    /// <summary>A folder, a device, a pipe: nothing that may be opened.</summary>
    NotAFile,

    /// <summary>Over <see cref="Disk.LargestFile"/>.</summary>
    TooLarge,
    NotUtf8,

    /// <summary>The system refuses to open it.</summary>
    Unreadable,

    /// <summary>It leads out of its root, so that it is not opened.</summary>
    Outside,
}

/// <summary>A file as text, or why it is none.</summary>
public sealed record FileText(FileStatus Status, SourceText Text)
{
    public static FileText Missing { get; } = new(FileStatus.Missing, SourceText.Empty);

    public bool IsOk => Status == FileStatus.Ok;
}

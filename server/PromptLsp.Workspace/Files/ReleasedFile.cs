using PromptLsp.Language.Syntax.Formats;

namespace PromptLsp.Workspace.Files;

/// <summary>
/// Files of a release: copies of what runs somewhere, in the folder <c>files</c> beside a <c>release.json</c>. They are no prompts of the workspace: no
/// rule that looks at many files, no history and no search sees them.
/// </summary>
public static class ReleasedFile
{
    public const string RecordFile = "release.json", FilesFolder = "files", ApprovalsFolder = "approvals";

    /// <summary>True for the folder of a prompt in an environment, which has the name of the prompt's file.</summary>
    public static bool IsFolder(FileSystemInfo folder) => KnownFormats.Has(folder.Name) && IsFolder(folder.FullName);

    private static bool IsFolder(string folder) => File.Exists(Path.Join(folder, RecordFile)) || Directory.Exists(Path.Join(folder, ApprovalsFolder));

    /// <summary>The folder of the release that a file belongs to, absolute; null for any other file.</summary>
    public static string? FolderOf(string path)
    {
        for (string? at = Path.GetDirectoryName(path); at is not null; at = Path.GetDirectoryName(at))
        {
            if (Path.GetFileName(at) == FilesFolder && Path.GetDirectoryName(at) is { } folder && KnownFormats.Has(folder) && IsFolder(folder))
                return folder;
        }
        return null;
    }
}

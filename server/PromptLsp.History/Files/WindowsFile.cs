namespace PromptLsp.History.Files;

/// <summary>Windows has no pipes or devices among a folder's files, but names that stand for them wherever they are written.</summary>
internal static class WindowsFile
{
    public static FileKind KindOf(string path)
    {
        if (Path.GetFullPath(path).StartsWith(@"\\.\", StringComparison.Ordinal))
            return FileKind.Special;
        try
        {
            FileAttributes attributes = File.GetAttributes(path);
            return attributes.HasFlag(FileAttributes.Directory) ? FileKind.Folder
                : attributes.HasFlag(FileAttributes.Device) ? FileKind.Special
                : FileKind.Regular;
        }
        catch (Exception failure) when (failure is FileNotFoundException or DirectoryNotFoundException)
        {
            return FileKind.Missing;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return FileKind.Regular;
        }
    }

    public static OpenedFile Open(string path)
    {
        if (KindOf(path) is not FileKind.Regular and var other)
            return new(other, null);
        try
        {
            return new(FileKind.Regular, File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
        }
        catch (Exception failure) when (failure is FileNotFoundException or DirectoryNotFoundException)
        {
            return new(FileKind.Missing, null);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return new(FileKind.Regular, null);
        }
    }
}

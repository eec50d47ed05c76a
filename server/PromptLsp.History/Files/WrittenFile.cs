namespace PromptLsp.History.Files;

/// <summary>
/// Files written in one step: a reader, also after a crash or on a full disk, finds all of the bytes or what was there before. What a failed
/// write has left is taken away again.
/// </summary>
public static class WrittenFile
{
    /// <summary>Puts a file where there is none, and the folders above it.</summary>
    /// <param name="path">Absolute.</param>
    /// <returns>False where there is one already, which stays.</returns>
    public static bool Create(string path, ReadOnlySpan<byte> bytes)
    {
        if (File.Exists(path))
            return false;
        string beside = Beside(path);
        try
        {
            Write(beside, bytes, like: null);
            File.Move(beside, path, overwrite: false);
            return true;
        }
        catch (IOException) when (File.Exists(path))
        {
            return false;
        }
        finally
        {
            Remove(beside);
        }
    }

    /// <summary>Puts a file in the place of what is there, with the same mode.</summary>
    /// <param name="path">Absolute; no link.</param>
    public static void Replace(string path, ReadOnlySpan<byte> bytes)
    {
        string beside = Beside(path);
        try
        {
            Write(beside, bytes, File.Exists(path) ? path : null);
            File.Move(beside, path, overwrite: true);
        }
        finally
        {
            Remove(beside);
        }
    }

    private static string Beside(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return $"{path}.{Path.GetRandomFileName()}";
    }

    private static void Write(string path, ReadOnlySpan<byte> bytes, string? like)
    {
        var how = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows() && like is not null)
            how.UnixCreateMode = File.GetUnixFileMode(like);
        using (var stream = new FileStream(path, how))
        {
            stream.Write(bytes);
            stream.Flush(flushToDisk: true);
        }
        // The process's own mask may have taken away from it.
        if (!OperatingSystem.IsWindows() && like is not null)
            File.SetUnixFileMode(path, File.GetUnixFileMode(like));
    }

    private static void Remove(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception failure) when (FileFailure.Is(failure))
        {
            // The failure that led here is the one to be told.
        }
    }
}

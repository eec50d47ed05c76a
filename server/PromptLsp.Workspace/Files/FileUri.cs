namespace PromptLsp.Workspace.Files;

/// <summary>Between the URIs of the wire and paths of the disk.</summary>
public static class FileUri
{
    /// <summary>The absolute path of a <c>file:</c> URI; null for any other (<c>untitled:</c>, <c>git:</c>).</summary>
    public static string? ToPath(string uri)
    {
        if (!uri.StartsWith("file:", StringComparison.OrdinalIgnoreCase) || !Uri.TryCreate(uri, UriKind.Absolute, out Uri? parsed))
            return null;
        string path = Uri.UnescapeDataString(parsed.AbsolutePath);
        if (OperatingSystem.IsWindows())
            path = parsed.LocalPath.TrimStart('/').Replace('/', '\\');
        return path.Contains('\0', StringComparison.Ordinal) ? null : Path.GetFullPath(path);
    }

    public static string FromPath(string path) => new UriBuilder { Scheme = Uri.UriSchemeFile, Host = "", Path = path }.Uri.AbsoluteUri;
}

namespace PromptLsp.Workspace.Files;

/// <summary>Between the URIs of the wire and paths of the disk.</summary>
public static class FileUri
{
    /// <summary>The absolute path of a <c>file:</c> URI; null for any other (<c>untitled:</c>, <c>git:</c>).</summary>
    public static string? ToPath(string uri)
    {
        if (!uri.StartsWith("file:/", StringComparison.OrdinalIgnoreCase))
            return null;
        // `file:/w/a` is a short way to write `file:///w/a`.
        if (!Uri.TryCreate(uri.AsSpan("file:".Length).StartsWith("//") ? uri : "file://" + uri["file:".Length..], UriKind.Absolute, out Uri? parsed))
            return null;
        string path = Uri.UnescapeDataString(parsed.AbsolutePath);
        if (OperatingSystem.IsWindows())
            path = parsed.LocalPath.TrimStart('/').Replace('/', '\\');
        else if (parsed.Host is not ("" or "localhost"))
            return null;
        return path.Contains('\0', StringComparison.Ordinal) ? null : Path.GetFullPath(path);
    }

    /// <summary>The <c>file:</c> URI of an absolute path, as editors write it: everything escaped that could mean something else.</summary>
    public static string FromPath(string path)
    {
        string[] steps = (Path.DirectorySeparatorChar == '/' ? path : path.Replace(Path.DirectorySeparatorChar, '/')).Split('/');
        string escaped = string.Join('/', steps.Select(Uri.EscapeDataString));
        // `/a`, `C:/a`, `//server/a`.
        return escaped.StartsWith("//", StringComparison.Ordinal) ? "file:" + escaped : escaped.StartsWith('/') ? "file://" + escaped : "file:///" + escaped;
    }
}

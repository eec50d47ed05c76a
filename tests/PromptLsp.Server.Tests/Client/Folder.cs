namespace PromptLsp.Server.Tests.Client;

/// <summary>A workspace folder on disk, gone after its test.</summary>
internal sealed class Folder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("promptlsp-").FullName;

    public void Write(string path, string text)
    {
        string full = System.IO.Path.Join(Path, path);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text);
    }

    public string Uri(string path) => new Uri(System.IO.Path.Join(Path, path)).AbsoluteUri;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}

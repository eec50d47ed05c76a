using PromptLsp.Language.Semantics;
using PromptLsp.Workspace;
using PromptLsp.Workspace.Files;

namespace PromptLsp.Testing;

/// <summary>A workspace of files on disk, for as long as a test runs.</summary>
public sealed class PromptFolder : IDisposable
{
    public PromptFolder(params (string Path, string Text)[] files)
    {
        Folder = Directory.CreateTempSubdirectory("promptlsp-").FullName;
        foreach ((string path, string text) in files)
            Write(path, text);
        Write(".git/HEAD", "");
    }

    public string Folder { get; }

    public void Write(string path, string text)
    {
        string full = Path.Combine(Folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text);
    }

    public PromptModel Model(string path) =>
        Snapshot.Empty(new Disk(), [Folder]).ModelOf(Path.Combine(Folder, path)) ?? throw new FileNotFoundException($"No prompt {path}.");

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}

using PromptLsp.Language.Semantics;
using PromptLsp.Workspace;
using PromptLsp.Workspace.Files;
using PromptLsp.Workspace.History;
using PromptLsp.Workspace.Index;
using PromptLsp.Workspace.Tokens;

namespace PromptLsp.Testing;

/// <summary>A workspace of files on disk, for as long as a test runs.</summary>
public sealed class PromptFolder : IDisposable
{
    // Findings about tokens need the vocabulary, which nobody else waits for.
    static PromptFolder() => TokenCounters.LoadAsync().GetAwaiter().GetResult();

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

    /// <summary>A prompt of the folder, with all the others known to it.</summary>
    public PromptModel Model(string path)
    {
        var disk = new Disk();
        WorkspaceIndex index = IndexBuilder.Build(Snapshot.Empty(disk, [Folder]), [Folder], CancellationToken.None);
        return Snapshot.Empty(disk, [Folder], () => index, TaggedAt).ModelOf(Path.Combine(Folder, path))
            ?? throw new FileNotFoundException($"No prompt {path}.");
    }

    // `reply.prompt@stable` is what `reply.prompt` was at the tag `stable`; `reply.prompt@production` is what runs there.
    private static TaggedText? TaggedAt(string path) =>
        Directory.GetFiles(Path.GetDirectoryName(path)!, Path.GetFileName(path) + "@*") is [var file, ..] && file[(file.LastIndexOf('@') + 1)..] is var name
            ? new(name, File.ReadAllText(file)) { IsRunning = name == "production" }
            : null;

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}

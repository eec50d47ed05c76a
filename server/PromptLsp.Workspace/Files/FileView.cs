using System.Collections.Immutable;
using PromptLsp.Language.Text;

namespace PromptLsp.Workspace.Files;

/// <summary>The files as the user sees them now: what is open in the editor, saved or not, before what is on disk.</summary>
public sealed class FileView(Disk disk, ImmutableDictionary<string, SourceText> open)
{
    public Disk Disk { get; } = disk;

    public FileText Read(string path) => open.TryGetValue(path, out SourceText? text) ? new(FileStatus.Ok, text) : Disk.Read(path);

    /// <summary>A root's <c>promptlsp.yaml</c>.</summary>
    public FileText ReadSettings(Root root) =>
        root.Resolve(root.Folder, Roots.SettingsFile).Status == PathStatus.Outside ? new(FileStatus.Outside, SourceText.Empty) : Read(root.SettingsPath);
}

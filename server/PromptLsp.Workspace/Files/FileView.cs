using System.Collections.Immutable;
using PromptLsp.Language.Text;

namespace PromptLsp.Workspace.Files;

/// <summary>The files as the user sees them now: what is open in the editor, saved or not, before what is on disk.</summary>
public sealed class FileView(Disk disk, ImmutableDictionary<string, SourceText> open)
{
    public Disk Disk { get; } = disk;

    public FileText Read(string path) => open.TryGetValue(path, out SourceText? text) ? new(FileStatus.Ok, text) : Disk.Read(path);
}

using System.Collections.Immutable;
using PromptLsp.History.Store;
using PromptLsp.Language.Semantics;
using PromptLsp.Workspace.Files;

namespace PromptLsp.Workspace.History;

/// <summary>A prompt as it was, in a workspace whose files are as they were then.</summary>
/// <param name="Model">Null where the text cannot be read as a prompt.</param>
public sealed record PastPrompt(PromptModel? Model, Snapshot Then)
{
    /// <param name="path">Absolute, below the root.</param>
    /// <param name="pulledIn">What it pulled in, as far as it is known.</param>
    public static PastPrompt Of(Snapshot now, Root root, string path, string text, ImmutableArray<PulledIn> pulledIn)
    {
        Snapshot then = now.Open(FileUri.FromPath(path), 0, text);
        foreach (PulledIn file in pulledIn.Where(f => f.Text is not null))
            then = then.Open(FileUri.FromPath(Path.GetFullPath(file.Path, root.Folder)), 0, file.Text!);
        return new(then.ModelOf(path), then);
    }
}

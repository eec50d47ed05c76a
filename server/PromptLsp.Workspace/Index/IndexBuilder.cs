using PromptLsp.Language.Semantics;
using PromptLsp.Workspace.Files;

namespace PromptLsp.Workspace.Index;

/// <summary>Makes an index by one pass over the prompts below some folders, one file at a time.</summary>
public static class IndexBuilder
{
    private const int MostFiles = 50_000;

    public static WorkspaceIndex Build(Snapshot snapshot, IEnumerable<string> folders, CancellationToken cancel)
    {
        IEnumerable<string> paths = folders.SelectMany(f => Discovery.Prompts(f, cancel)).Distinct(StringComparer.Ordinal).Take(MostFiles);
        return WorkspaceIndex.Empty.With(Read(snapshot, paths, cancel));
    }

    private static IEnumerable<(string, PromptModel?)> Read(Snapshot snapshot, IEnumerable<string> paths, CancellationToken cancel)
    {
        foreach (string path in paths)
        {
            cancel.ThrowIfCancellationRequested();
            if (snapshot.ReadOnce(path).Prompt is { } prompt)
                yield return (path, prompt);
        }
    }
}

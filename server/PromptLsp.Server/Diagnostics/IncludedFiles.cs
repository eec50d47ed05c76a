using System.Collections.ObjectModel;
using PromptLsp.Language.Semantics;
using PromptLsp.Workspace;

namespace PromptLsp.Server.Diagnostics;

/// <summary>The files that a prompt includes, and those that they include.</summary>
internal static class IncludedFiles
{
    private const int Most = 200;

    /// <summary>Absolute paths.</summary>
    public static IReadOnlySet<string> Of(Snapshot now, OpenPrompt open)
    {
        if (open.Document.Path is not { } path || open.Prompt.Facts.Includes.Count == 0)
            return ReadOnlySet<string>.Empty;
        string root = now.Roots.Of(path).Folder;
        var found = new HashSet<string>(StringComparer.Ordinal);
        var next = new Stack<PromptModel>();
        next.Push(open.Prompt);
        while (next.TryPop(out PromptModel? prompt))
        {
            foreach (IncludeUse include in prompt.Facts.Includes)
            {
                if (include.Path?.Value is string written && prompt.Environment.Include(written).Found is { } partial && found.Count < Most && found.Add(Path.GetFullPath(partial.Path, root)))
                    next.Push(partial.Model);
            }
        }
        return found;
    }
}

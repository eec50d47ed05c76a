using System.Collections.ObjectModel;
using PromptLsp.Language.Semantics;
using PromptLsp.Workspace;

namespace PromptLsp.Server.Diagnostics;

/// <summary>
/// The files whose change may change what is to be said of a prompt: those it includes, directly or not, or would if they were there, and those of
/// context variables.
/// </summary>
internal static class PulledInFiles
{
    private const int Most = 200;

    /// <summary>Absolute paths.</summary>
    public static IReadOnlySet<string> Of(Snapshot now, OpenPrompt open)
    {
        PromptEnvironment environment = open.Prompt.Environment;
        if (open.Document.Path is not { } path || (open.Prompt.Facts.Includes.Count == 0 && environment.Context.IsEmpty))
            return ReadOnlySet<string>.Empty;
        string root = now.Roots.Of(path).Folder;
        HashSet<string> found = environment
            .Context.Where(v => v is { IsConstant: true, Source: not null })
            .Select(v => Path.GetFullPath(v.Source!, root))
            .ToHashSet(StringComparer.Ordinal);
        var next = new Stack<PromptModel>();
        next.Push(open.Prompt);
        while (next.TryPop(out PromptModel? prompt))
        {
            foreach (IncludeUse include in prompt.Facts.Includes)
            {
                if (include.Path?.Value is not string written || found.Count >= Most)
                    continue;
                IncludeLookup lookup = prompt.Environment.Include(written);
                if (lookup.Found is not { } partial)
                    found.UnionWith(lookup.Tried.Select(tried => Path.GetFullPath(tried, root)));
                else if (found.Add(Path.GetFullPath(partial.Path, root)))
                    next.Push(partial.Model);
            }
        }
        return found;
    }
}

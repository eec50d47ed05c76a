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
        return IncludeGraph
            .Below(open.Prompt)
            .SelectMany(i => i.Places)
            .Distinct(StringComparer.Ordinal)
            .Take(Most)
            .Concat(environment.Context.Where(v => v.IsConstant).Select(v => v.Source).OfType<string>())
            .Select(file => Path.GetFullPath(file, root))
            .ToHashSet(StringComparer.Ordinal);
    }
}

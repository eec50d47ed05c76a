using System.Collections.Concurrent;
using System.Collections.Immutable;
using PromptLsp.Language.Semantics;
using PromptLsp.Language.Syntax.Formats;
using PromptLsp.Workspace.Files;
using PromptLsp.Workspace.Settings;

namespace PromptLsp.Workspace;

/// <summary>Looks includes up for one file: in its own folder, then in the partials' folders, <c>_name.prompt</c> before <c>name.prompt</c>.</summary>
internal sealed class PartialLookup(Snapshot snapshot, Root root, WorkspaceSettings settings, string file)
{
    // Completion offers no more, however many there are.
    private const int MostOffered = 1000, MostFoldersLookedInto = 500;

    private readonly ConcurrentDictionary<string, IncludeLookup> _found = new(StringComparer.Ordinal);

    private IEnumerable<string> Folders => settings.Partials.Prepend(Path.GetDirectoryName(file)!).Distinct(StringComparer.Ordinal);

    public IncludeLookup Find(string include) => _found.GetOrAdd(include, Look);

    /// <summary>What could be included from here, each as one would write it.</summary>
    public IEnumerable<PartialSummary> All()
    {
        // What the first folder has is found first: in the next ones that way to write it leads elsewhere.
        var written = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string folder in Folders)
        {
            foreach (string path in PromptsBelow(folder).Take(MostOffered))
            {
                bool isPartial = Path.GetFileName(path)[0] == '_';
                if ((isPartial || folder != Path.GetDirectoryName(file)) && !string.Equals(path, file, StringComparison.Ordinal))
                    written.TryAdd(AsWritten(folder, path), path);
            }
        }
        return written
            .GroupBy(w => w.Value, StringComparer.Ordinal)
            .Select(ways => new PartialSummary(ways.MinBy(w => w.Key.Length).Key, root.Relative(ways.Key)));
    }

    /// <summary>False for a file that no include can name: one without the ending of a prompt, or with nothing before it.</summary>
    public static bool CanBeWritten(string path) =>
        KnownFormats.Has(path) && KnownFormats.WithoutEnding(Path.GetFileName(path)).TrimStart('_').Length > 0;

    /// <summary>How an include from a folder names a prompt.</summary>
    public static string AsWritten(string folder, string path)
    {
        string relative = KnownFormats.WithoutEnding(Path.GetRelativePath(folder, path).Replace(Path.DirectorySeparatorChar, '/'));
        int name = relative.LastIndexOf('/') + 1;
        return relative[name] == '_' ? relative.Remove(name, 1) : relative;
    }

    // The index knows all prompts of the opened folders; elsewhere, and before it is there, a short look must do.
    private IEnumerable<string> PromptsBelow(string folder) =>
        snapshot.Index is { } index && snapshot.Folders.Any(f => Root.IsInside(folder, f))
            ? index.Paths.Where(p => Root.IsInside(p, folder)).Order(StringComparer.Ordinal)
            : Discovery.Prompts(folder, MostFoldersLookedInto, CancellationToken.None);

    private IncludeLookup Look(string include)
    {
        var tried = ImmutableArray.CreateBuilder<string>();
        bool isOutside = false;
        foreach (string folder in Folders)
        {
            foreach (string name in Names(include))
            {
                (PathStatus status, string path) = root.Resolve(folder, name);
                isOutside |= status == PathStatus.Outside;
                if (status == PathStatus.Outside || path.Length == 0)
                    continue;
                if (status == PathStatus.Inside && snapshot.Files.Read(path).IsOk)
                    return Found(path, tried);
                tried.Add(root.Relative(path));
            }
        }
        return ByName(include) is { } named ? Found(named, tried) : new(isOutside ? IncludeStatus.Outside : IncludeStatus.Missing, null, tried.ToImmutable());
    }

    private IncludeLookup Found(string path, ImmutableArray<string>.Builder tried) =>
        new(
            IncludeStatus.Found,
            new Partial(root.Relative(path), () => snapshot.ModelOf(path) ?? throw new InvalidOperationException("the partial is gone")),
            tried.ToImmutable()
        );

    // Genkit knows a partial by the name of its file alone, in whichever folder that is.
    private string? ByName(string include) =>
        include.Contains('/', StringComparison.Ordinal) || snapshot.ModelOf(file)?.Meaning.FindsPartialsByName != true
            ? null
            : PromptsBelow(root.Folder)
                .FirstOrDefault(path =>
                    Path.GetFileName(path) is ['_', .. var name]
                    && KnownFormats.Has(name)
                    && string.Equals(KnownFormats.WithoutEnding(name), include, StringComparison.Ordinal)
                    && snapshot.Files.Read(path).IsOk
                );

    private static IEnumerable<string> Names(string include)
    {
        int name = include.LastIndexOf('/') + 1;
        if (name == include.Length)
            yield break;
        foreach (Format format in KnownFormats.All)
        {
            yield return include[..name] + "_" + include[name..] + format.Ending;
            yield return include + format.Ending;
        }
    }
}

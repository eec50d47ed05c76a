using System.Collections.Immutable;
using System.Text;
using PromptLsp.History;
using PromptLsp.History.Files;
using PromptLsp.Language.Semantics;
using PromptLsp.Workspace;
using PromptLsp.Workspace.Files;

namespace PromptLsp.Releases.Content;

/// <summary>A prompt with everything that it pulls in, as files in a folder of their own, and the two hashes that name it.</summary>
public sealed record ReleaseContent
{
    /// <summary>The prompt's path, from the root.</summary>
    public required string Prompt { get; init; }

    /// <summary>Where the files lie, absolute.</summary>
    public required string Folder { get; init; }

    /// <summary>Names all but the values of context variables.</summary>
    public required string Release { get; init; }

    /// <summary>Names the values of context variables that are read from files.</summary>
    public required string Context { get; init; }

    /// <summary>Each file's bytes, by its path from the root.</summary>
    public required ImmutableSortedDictionary<string, byte[]> Files { get; init; }

    /// <summary>The prompt among these files alone.</summary>
    public required PromptModel Model { get; init; }

    /// <summary>Names the prompt's own text.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>Names that text with all that it pulls in, as runs of an evaluation are named by it.</summary>
    public string EffectiveFingerprint
    {
        get
        {
            var snapshot = Snapshot.Empty(new Disk(), [Folder]);
            return History.Fingerprint.Effective(Fingerprint, Dependencies.Of(Model, snapshot.Roots.OfFolder(Folder), snapshot));
        }
    }

    internal ReducedSettings Settings { get; init; } = null!;

    /// <summary>The files that differ by environment: those of context variables.</summary>
    public ImmutableArray<string> ContextFiles => [.. Settings.Context.Select(v => v.Value).OfType<string>().Distinct(StringComparer.Ordinal)];

    public ReleaseName Name => new(Release, Context);

    /// <summary>The prompt's text.</summary>
    public string Text => Model.Document.Text.Content;

    /// <summary>The texts of the files that it pulls in, without its settings.</summary>
    public IEnumerable<(string Path, string Text)> PulledIn =>
        Files.Where(f => f.Key != Prompt && f.Key != Roots.SettingsFile).Select(f => (f.Key, Encoding.UTF8.GetString(f.Value).TrimStart('\uFEFF')));

    /// <summary>Reads what lies in a folder, and computes its hashes.</summary>
    /// <param name="folder">Absolute: <c>files/</c> of a release.</param>
    /// <exception cref="ReleaseException">It is no whole release, or holds more than one.</exception>
    public static ReleaseContent Read(string folder, string prompt) => Read(folder, prompt, FilesIn(folder));

    /// <param name="files">What lies in the folder.</param>
    internal static ReleaseContent Read(string folder, string prompt, ImmutableSortedDictionary<string, byte[]> files)
    {
        if (!files.ContainsKey(prompt))
            throw new ReleaseException($"there is no `{prompt}` among the files of the release in {folder}");
        if (!files.TryGetValue(Roots.SettingsFile, out byte[]? settingsBytes) || ReducedSettings.Parse(Canonical(settingsBytes)) is not { } settings)
            throw new ReleaseException($"the {Roots.SettingsFile} in {folder} is not the one that a release was made with");
        var snapshot = Snapshot.Empty(new Disk(), [folder]);
        string path = Path.GetFullPath(prompt, folder);
        PromptModel model = snapshot.ModelOf(path) ?? throw new ReleaseException($"`{prompt}` in {folder} cannot be read as a prompt");
        PromptParts parts = Dependencies.PartsOf(model);
        if (parts.Missing is [var missing, ..])
            throw new ReleaseException($"`{prompt}` includes `{missing}`, which is not among the files of the release in {folder}");
        string[] partials = [.. parts.Partials.Select(p => p.Path).Order(ByBytes)];
        string[] expected = [prompt, Roots.SettingsFile, .. partials, .. settings.Context.Select(v => v.Value).OfType<string>()];
        if (files.Keys.Except(expected, StringComparer.Ordinal).FirstOrDefault() is { } stranger)
            throw new ReleaseException($"`{stranger}` in {folder} belongs to no release of `{prompt}`");
        if (expected.Except(files.Keys, StringComparer.Ordinal).FirstOrDefault() is { } lacking)
            throw new ReleaseException($"there is no `{lacking}` among the files of the release in {folder}");
        return new()
        {
            Prompt = prompt,
            Folder = folder,
            Files = files,
            Model = model,
            Settings = settings,
            Fingerprint = History.Fingerprint.Of(model.Document.Text.Content),
            Release = Sha256.Hex(ReleaseText(model.Document.Dialect.Name, FingerprintOf(prompt), partials.Select(p => (FingerprintOf(p), p)), settings)),
            Context = Sha256.Hex(ContextText(settings.Context.Where(v => v.Value is string).Select(v => (v.Name, FingerprintOf((string)v.Value!))))),
        };

        string FingerprintOf(string file) => History.Fingerprint.Of(Canonical(files[file]));
    }

    /// <summary>What the release hash is made of.</summary>
    internal static string ReleaseText(string dialect, string own, IEnumerable<(string Fingerprint, string Path)> partials, ReducedSettings settings)
    {
        CanonicalText text = new CanonicalText("promptlsp release 1").Add("dialect", dialect).Add("file", $"{own} .");
        foreach ((string fingerprint, string path) in partials)
            text.Add("file", $"{fingerprint} {path}");
        settings.AddTo(text);
        return text.ToString();
    }

    /// <summary>What the context hash is made of.</summary>
    internal static string ContextText(IEnumerable<(string Name, string Fingerprint)> values)
    {
        var text = new CanonicalText("promptlsp context 1");
        foreach ((string name, string fingerprint) in values.OrderBy(v => v.Name, ByBytes))
            text.Add("value", $"{fingerprint} {name}");
        return text.ToString();
    }

    // UTF-16 sorts surrogates before the last of the characters that need none; bytes do not.
    internal static Comparer<string> ByBytes { get; } =
        Comparer<string>.Create(static (a, b) => Encoding.UTF8.GetBytes(a).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(b)));

    // The bytes as text, in canonical form.
    private static string Canonical(byte[] bytes) => History.Fingerprint.Canonical(Encoding.UTF8.GetString(bytes));

    internal static ImmutableSortedDictionary<string, byte[]> FilesIn(string folder)
    {
        var files = ImmutableSortedDictionary.CreateBuilder<string, byte[]>(StringComparer.Ordinal);
        var open = new Stack<DirectoryInfo>([new DirectoryInfo(folder)]);
        while (open.TryPop(out DirectoryInfo? at))
        {
            foreach (FileSystemInfo entry in at.EnumerateFileSystemInfos())
            {
                string path = Path.GetRelativePath(folder, entry.FullName).Replace(Path.DirectorySeparatorChar, '/');
                if (entry.LinkTarget is not null)
                    throw new ReleaseException($"`{path}` in {folder} is a link; a release holds the files themselves");
                if (entry is DirectoryInfo below)
                    open.Push(below);
                else
                    files[path] =
                        RegularFile.ReadUnlinked(entry.FullName, Disk.LargestFile).Bytes?.ToArray()
                        ?? throw new ReleaseException($"`{path}` in {folder} cannot be read");
            }
        }
        return files.ToImmutable();
    }
}

/// <summary>What names a release in an environment.</summary>
/// <param name="Release">The hash of all but context values.</param>
/// <param name="Context">The hash of those.</param>
public readonly record struct ReleaseName(string Release, string Context)
{
    /// <summary>As people are shown it.</summary>
    public string Short => Release[..Fingerprint.ShownDigits];
}

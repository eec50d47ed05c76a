using System.Text;
using PromptLsp.History;
using PromptLsp.History.Files;
using PromptLsp.Language.Catalog;
using PromptLsp.Language.Linting;
using PromptLsp.Language.Text;
using PromptLsp.Releases.Signing;
using PromptLsp.Workspace.Files;

namespace PromptLsp.Releases.Folder;

/// <summary>
/// Files of releases that are not what their record says, by the hashes of their bytes. Whether the record itself is right, `env verify` computes anew.
/// </summary>
public static class EditedRelease
{
    public const string Rule = "release-edited";

    private const int LargestJson = 1024 * 1024;

    /// <summary>What is wrong with one file of a release, as it is in an editor; null where nothing is, and for any other file.</summary>
    /// <param name="path">Absolute.</param>
    public static Finding? Of(string path, SourceText text)
    {
        if (ReleasedFile.FolderOf(path) is not { } folder)
            return null;
        try
        {
            return RecordIn(folder) is not { } record ? null
                : !record.Files.TryGetValue(Relative(Path.Join(folder, ReleaseFolder.FilesFolder), path), out string? hash) ? Foreign(record)
                : IsOf(hash, text.Content) ? null
                : Edited(record);
        }
        catch (ReleaseException failure)
        {
            return Finding(failure.Message);
        }
    }

    /// <summary>The record of the release that a file belongs to; null for any other file, and where the record cannot be read.</summary>
    public static ReleaseRecord? RecordOf(string path)
    {
        try
        {
            return ReleasedFile.FolderOf(path) is { } folder ? RecordIn(folder) : null;
        }
        catch (ReleaseException)
        {
            return null;
        }
    }

    /// <summary>In one line: which file of a release is not what its record says; null where all are. For an overview of many.</summary>
    internal static string? Told(ReleaseFolder folder, ReleaseRecord record)
    {
        string files = folder.FilesAt(record.Environment, record.Prompt),
            shown = $"{folder.Relative(record.Environment, record.Prompt)}/{ReleaseFolder.FilesFolder}";
        try
        {
            foreach ((string path, string hash) in record.Files)
            {
                FileBytes file = RegularFile.ReadUnlinked(Path.Join(files, path), Disk.LargestFile);
                if (file.Kind == FileKind.Missing)
                    return $"`{shown}/{path}` is gone; bring it back from git";
                if (file.Bytes is not { } bytes || Sha256.Hex(bytes.Span) != hash)
                    return $"`{shown}/{path}` is not what was released: it was edited; bring it back from git, or promote the change";
            }
            IEnumerable<string> there = Directory.EnumerateFiles(files, "*", SearchOption.AllDirectories).Select(f => Relative(files, f));
            return there.FirstOrDefault(f => !record.Files.ContainsKey(f)) is not { } stranger
                ? null
                : $"`{shown}/{stranger}` is no part of the release: it was put there later; take it away";
        }
        catch (Exception failure) when (FileFailure.Is(failure))
        {
            return $"`{shown}` cannot be read ({FileFailure.Reason(failure)})";
        }
    }

    /// <summary>All files of a releases folder that are not what was released: absolute paths, and what is wrong.</summary>
    public static IEnumerable<(string Path, Finding Finding)> In(ReleaseFolder folder, CancellationToken cancel)
    {
        if (!Directory.Exists(folder.Path) || folder.Root.Resolve(folder.Root.Folder, folder.Policy.Folder).Status != PathStatus.Inside)
            return [];
        (string Environment, string Prompt)[] places = [.. folder.Environments().SelectMany(e => folder.Prompts(e).Select(p => (e, p)))];
        var found = new List<(string Path, Finding Finding)>[places.Length];
        Parallel.For(
            0,
            places.Length,
            new ParallelOptions { CancellationToken = cancel },
            i => found[i] = In(folder, places[i].Environment, places[i].Prompt)
        );
        return found.SelectMany(f => f);
    }

    private static List<(string Path, Finding Finding)> In(ReleaseFolder folder, string environment, string prompt)
    {
        string at = folder.At(environment, prompt), files = folder.FilesAt(environment, prompt);
        var found = new List<(string, Finding)>();
        try
        {
            if (folder.Record(environment, prompt) is { } record)
            {
                string[] there = [.. Directory.Exists(files) ? Directory.EnumerateFiles(files, "*", SearchOption.AllDirectories) : []];
                found.AddRange(there.Select(f => (f, Problem(record, files, f))).Where(f => f.Item2 is not null).Select(f => (f.f, f.Item2!)));
                HashSet<string> names = [.. there.Select(f => Relative(files, f))];
                found.AddRange(
                    record
                        .Files.Keys.Where(f => !names.Contains(f))
                        .Select(f => (Path.Join(at, ReleaseRecord.File), Finding($"`{ReleaseFolder.FilesFolder}/{f}` is gone; bring it back from git")))
                );
            }
        }
        catch (Exception failure) when (failure is ReleaseException || FileFailure.Is(failure))
        {
            found.Add((Path.Join(at, ReleaseRecord.File), Finding(failure.Message)));
        }
        found.AddRange(Words(folder, environment, prompt));
        return found;
    }

    private static IEnumerable<(string, Finding)> Words(ReleaseFolder folder, string environment, string prompt)
    {
        string approvals = Path.Join(folder.At(environment, prompt), ReleaseFolder.ApprovalsFolder);
        foreach (string file in Directory.Exists(approvals) ? Directory.EnumerateFiles(approvals) : [])
        {
            string name = Path.GetFileName(file);
            if (Problem(file, name, $"{folder.Relative(environment, prompt)}/{ReleaseFolder.ApprovalsFolder}/{name}") is { } problem)
                yield return (file, Finding(problem));
        }
    }

    private static string? Problem(string file, string name, string shown)
    {
        try
        {
            Approval.Parse(
                RegularFile.ReadUnlinked(file, LargestJson).Bytes is { } bytes
                    ? Encoding.UTF8.GetString(bytes.Span)
                    : throw new ReleaseException($"`{shown}` cannot be read; bring it back from git"),
                name,
                shown
            );
            return null;
        }
        catch (ReleaseException failure)
        {
            return failure.Message;
        }
    }

    private static Finding? Problem(ReleaseRecord record, string files, string file) =>
        !record.Files.TryGetValue(Relative(files, file), out string? hash) ? Foreign(record)
        : RegularFile.ReadUnlinked(file, Disk.LargestFile).Bytes is { } bytes && Sha256.Hex(bytes.Span) == hash ? null
        : Edited(record);

    private static ReleaseRecord? RecordIn(string folder) =>
        RegularFile.ReadUnlinked(Path.Join(folder, ReleaseRecord.File), LargestJson).Bytes is { } bytes
            ? ReleaseRecord.Parse(Encoding.UTF8.GetString(bytes.Span), ReleaseRecord.File)
            : null;

    // An editor keeps a byte order mark to itself.
    private static bool IsOf(string hash, string text) => Sha256.Hex(text) == hash || Sha256.Hex("\uFEFF" + text) == hash;

    private static string Relative(string files, string path) => Path.GetRelativePath(files, path).Replace(Path.DirectorySeparatorChar, '/');

    private static Finding Edited(ReleaseRecord record) =>
        Finding(
            $"this is not what was released to {record.Environment}: it was edited; bring it back from git, change `{record.Prompt}` and promote that"
        );

    private static Finding Foreign(ReleaseRecord record) =>
        Finding($"this is no part of the release of `{record.Prompt}` in {record.Environment}: it was put there later; take it away");

    private static Finding Finding(string message) => new(default, message) { Rule = Rule, Severity = Severity.Error };
}

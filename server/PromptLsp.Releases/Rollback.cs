using System.Collections.Immutable;
using System.Globalization;
using PromptLsp.History.Files;
using PromptLsp.History.Git;
using PromptLsp.History.Store;
using PromptLsp.Releases.Content;
using PromptLsp.Releases.Folder;
using PromptLsp.Releases.Gates;
using PromptLsp.Workspace.Files;

namespace PromptLsp.Releases;

/// <summary>A release that an environment held before, and where it can be had from.</summary>
/// <param name="Where">As people read it: a commit, or this clone.</param>
/// <param name="Write">Writes its files into a folder.</param>
public sealed record PastRelease(ReleaseRecord Record, string Where, Action<string> Write);

/// <summary>Brings an environment back to a release that it held before: at once, without approval, also where it is frozen.</summary>
public sealed class Rollback(ReleaseFolder folder, string environment, string prompt, TimeProvider clock) : IDisposable
{
    private readonly string _draft = ReleaseWriter.Draft(folder);
    private GitRepository? _git;

    /// <summary>What runs there now.</summary>
    public ReleaseRecord Now { get; } =
        folder.Record(environment, prompt)
        ?? throw new ReleaseException($"{environment} holds no release of `{prompt}`, so that there is nothing to go back from");

    /// <summary>The releases that it held before, each once, the newest first: those that git has, and those that were replaced in this clone.</summary>
    public IEnumerable<PastRelease> Past()
    {
        var seen = new HashSet<ReleaseName> { Now.Name };
        foreach (PastRelease past in Replaced().Concat(Committed()).OrderByDescending(p => p.Record.At))
        {
            if (seen.Add(past.Record.Name))
                yield return past;
        }
    }

    /// <param name="why">The reason.</param>
    /// <exception cref="ReleaseConflictException">Something else runs there by now.</exception>
    public async Task<ReleaseRecord> ToAsync(PastRelease past, string why, Origin by, CancellationToken cancel)
    {
        string own = Path.Join(_draft, "0"), files = Path.Join(own, ReleaseFolder.FilesFolder);
        past.Write(files);
        ReleaseFolder.Content(past.Record, files, $"the files of {past.Record.Name.Short} from {past.Where}");
        ReleaseRecord record = past.Record with
        {
            Kind = MoveKind.RolledBack,
            From = null,
            Replaces = Now.Id,
            By = by.Author,
            At = Promotion.Now(clock),
            Commit = by.Commit,
            Why = Plain.Lines(why, HistoryStore.LongestNote),
            Gates =
            [
                new(
                    "was-there",
                    true,
                    $"it was there since {past.Record.At.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)} UTC, by {past.Where}"
                ),
            ],
        };
        using ReleaseWriter writer = await ReleaseWriter.OpenAsync(folder, clock, cancel);
        writer.Carry(_draft, [new(record, own, Now.Id, [])]);
        return record;
    }

    public void Dispose()
    {
        _git?.Dispose();
        try
        {
            if (Directory.Exists(_draft))
                Directory.Delete(_draft, recursive: true);
        }
        catch (Exception failure) when (FileFailure.Is(failure))
        {
            // The next writer removes it.
        }
    }

    private IEnumerable<PastRelease> Replaced()
    {
        foreach (string kept in ReleaseWriter.Kept(folder, environment, prompt))
        {
            if (RegularFile.ReadUnlinked(Path.Join(kept, ReleaseRecord.File), Disk.LargestFile).Bytes is { } bytes && Read(bytes.Span) is { } record)
                yield return new(record, "this clone", to => Copy(Path.Join(kept, ReleaseFolder.FilesFolder), to));
        }
    }

    private IEnumerable<PastRelease> Committed()
    {
        try
        {
            _git ??= GitRepository.Of(folder.Root.Folder);
        }
        catch (HistoryException)
        {
            // Without git, this clone must do.
            yield break;
        }
        if (_git.Head() is not { } head)
            yield break;
        string place = folder.Relative(environment, prompt);
        foreach (GitChange change in _git.MainChanges(head, $"{place}/{ReleaseRecord.File}"))
        {
            if (change.Object is { } name && _git.Content(name) is { } bytes && Read(bytes) is { } record)
                yield return new(record, $"commit {change.Commit[..8]}", to => Copy(change.Commit, $"{place}/{ReleaseFolder.FilesFolder}/", to));
        }
    }

    private ReleaseRecord? Read(ReadOnlySpan<byte> bytes)
    {
        try
        {
            var record = ReleaseRecord.Parse(System.Text.Encoding.UTF8.GetString(bytes), ReleaseRecord.File);
            return record.Environment == environment && record.Prompt == prompt ? record : null;
        }
        catch (ReleaseException)
        {
            return null;
        }
    }

    private static void Copy(string from, string to)
    {
        foreach ((string path, byte[] bytes) in ReleaseContent.FilesIn(from))
            WrittenFile.Create(Path.Join(to, path), bytes);
    }

    private void Copy(string commit, string below, string to)
    {
        foreach (GitEntry entry in _git!.Files(commit, below))
            WrittenFile.Create(
                Path.Join(to, entry.Path[below.Length..]),
                _git.Content(entry.Object) ?? throw new ReleaseException($"`{entry.Path}` of commit {commit[..8]} is not in this clone")
            );
    }
}

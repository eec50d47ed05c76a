using System.Collections.Immutable;
using PromptLsp.Cli.Checking;
using PromptLsp.History;
using PromptLsp.History.Store;
using PromptLsp.Releases.Folder;
using PromptLsp.Workspace;
using PromptLsp.Workspace.Files;
using PromptLsp.Workspace.History;

namespace PromptLsp.Cli.Versions;

/// <summary>What was found on disk and recorded: contents no version had, files that moved or went. Paths as people read them.</summary>
/// <param name="Looked">How many prompts were looked at.</param>
/// <param name="Empty">Prompts in which there is nothing, which makes no version.</param>
/// <param name="Refused">What could not be recorded, and folders that could not be looked into.</param>
internal sealed record DiskScan(
    int Looked,
    ImmutableArray<(string File, Recorded Recorded)> Recorded,
    ImmutableArray<(string From, string To)> Moved,
    ImmutableArray<string> Deleted,
    ImmutableArray<string> Empty,
    ImmutableArray<(string File, string Reason)> Refused
)
{
    /// <summary>Records prompts as they are.</summary>
    /// <param name="arguments">Files and folders as typed; none stands for the folder the command was called from.</param>
    public static DiskScan Record(string[] arguments, string? note, Terminal terminal, CancellationToken cancel)
    {
        var snapshot = Snapshot.Empty(new Disk(), [terminal.Folder]);
        var scan = new DiskScan(0, [], [], [], [], []);
        foreach (
            IGrouping<Root, Place> root in Places(arguments, terminal).GroupBy(p => p.IsFolder ? snapshot.Roots.OfFolder(p.Path) : snapshot.Roots.Of(p.Path))
        )
            scan = scan.And(new RootScan(root.Key, snapshot, note, terminal).Record([.. root], cancel));
        return scan;
    }

    private DiskScan And(DiskScan other) =>
        new(
            Looked + other.Looked,
            Recorded.AddRange(other.Recorded),
            Moved.AddRange(other.Moved),
            Deleted.AddRange(other.Deleted),
            Empty.AddRange(other.Empty),
            Refused.AddRange(other.Refused)
        );

    private static Place[] Places(string[] arguments, Terminal terminal)
    {
        Place[] places =
        [
            .. (arguments.Length == 0 ? ["."] : arguments)
                .Select(a => Path.TrimEndingDirectorySeparator(terminal.Absolute(a)))
                .Distinct(StringComparer.Ordinal)
                .Select(p => new Place(p, Directory.Exists(p))),
        ];
        return places.FirstOrDefault(p => ReleasedFile.FolderOf(Path.Join(p.Path, "_")) is not null) is { } copy
            ? throw new CommandFailure($"`{terminal.Display(copy.Path)}` is a copy of what was released; the history is that of the prompt itself")
            : places;
    }

    private sealed record Place(string Path, bool IsFolder);

    private sealed class RootScan(Root root, Snapshot snapshot, string? note, Terminal terminal)
    {
        private const int BatchSize = 100;

        private readonly Origin _by = PromptHistory.ByIn(root);
        private readonly List<(string, string)> _refused = [];
        private readonly List<string> _empty = [];

        public DiskScan Record(Place[] places, CancellationToken cancel)
        {
            string[] files =
            [
                .. places
                    .SelectMany(p =>
                        p.IsFolder ? Discovery.Prompts(p.Path, cancel, Closed)
                        : File.Exists(p.Path) ? [p.Path]
                        : []
                    )
                    .Distinct(StringComparer.Ordinal),
            ];
            bool exists = HistoryStore.Exists(root.Folder);
            foreach (Place place in places.Where(p => !p.IsFolder && !File.Exists(p.Path) && !exists))
                throw new CommandFailure(
                    $"there is no file or folder `{terminal.Display(place.Path)}`; {NearPath.Advice(place.Path, "check the path", terminal)}"
                );
            if (files.Length == 0 && !exists)
                return new(0, [], [], [], [], [.. _refused]);
            using HistoryStore store = Stores.Open(root.Folder, StoreAccess.CreateIfMissing, terminal);
            ImmutableArray<KnownPrompt> known = store.Prompts();
            foreach (Place place in places.Where(p => !p.IsFolder && !File.Exists(p.Path) && !known.Any(k => k.Path == root.Relative(p.Path))))
                throw new CommandFailure(
                    $"there is no file or folder `{terminal.Display(place.Path)}`, nor a history of one; "
                        + $"{NearPath.Advice(place.Path, "check the path", terminal)}"
                );
            (List<(string, string)> moved, List<string> deleted) = Gone(store, known, places, files);
            ImmutableArray<(string, Recorded)> recorded = [.. RecordAll(store, files, cancel)];
            FolderClaims.ImportAll(store, new(root, snapshot.SettingsOf(root).Releases), _by, cancel);
            PromptHistory.CopyDaily(store);
            return new(files.Length, recorded, [.. moved], [.. deleted], [.. _empty], [.. _refused]);
        }

        private void Closed(string folder) => _refused.Add((terminal.Display(folder), PromptPaths.WhyClosed(terminal.Display(folder))));

        private (List<(string, string)> Moved, List<string> Deleted) Gone(HistoryStore store, ImmutableArray<KnownPrompt> known, Place[] places, string[] files)
        {
            var gone = known
                .Where(k =>
                    !k.IsDeleted
                    && Absolute(k.Path) is var path
                    && Discovery.IsGone(path)
                    && places.Any(p => p.IsFolder ? path.StartsWith(p.Path + Path.DirectorySeparatorChar, StringComparison.Ordinal) : path == p.Path)
                )
                .ToImmutableArray();
            if (gone.IsEmpty)
                return ([], []);
            Moves moves = Moves.Record(
                store,
                gone,
                files.Select(f => (root.Relative(f), FingerprintOf(f)!)).Where(f => f.Item2 is not null),
                TextOf,
                note,
                _by
            );
            return ([.. moves.Moved.Select(m => (Full(m.From), Full(m.To)))], [.. moves.Deleted.Select(Full)]);
        }

        private string Absolute(string relative) => Path.GetFullPath(relative, root.Folder);

        private string Full(string relative) => terminal.Display(Absolute(relative));

        private string? TextOf(string relative) => snapshot.Disk.Read(Absolute(relative)) is { IsOk: true } text ? text.Text.Content : null;

        private string? FingerprintOf(string file) => snapshot.Disk.Read(file) is { IsOk: true } text ? Fingerprint.Of(text.Text.Content) : null;

        // What is seen together is recorded together; a large folder in several pieces.
        private IEnumerable<(string, Recorded)> RecordAll(HistoryStore store, string[] files, CancellationToken cancel)
        {
            using var progress = new Progress("looked at", terminal);
            Dictionary<string, KnownPrompt> known = store.Prompts().ToDictionary(p => p.Path, StringComparer.Ordinal);
            int done = 0;
            foreach (string[] batch in files.Chunk(BatchSize))
            {
                cancel.ThrowIfCancellationRequested();
                List<(string File, Recording Recording)> recordings =
                [
                    .. batch.SelectMany(f =>
                        Prepare(f, known.GetValueOrDefault(root.Relative(f))) is { } recording ? [(f, recording)] : Array.Empty<(string, Recording)>()
                    ),
                ];
                if (recordings.Count > 0)
                {
                    foreach ((var recording, Recorded recorded) in recordings.Zip(store.RecordAll(recordings.Select(r => r.Recording))))
                    {
                        if (recorded.IsNew)
                            yield return (terminal.Display(recording.File), recorded);
                    }
                }
                progress.Tell(done += batch.Length, files.Length);
            }
        }

        // Null where the newest version holds it already, or it cannot be a version: one bad file does not keep the others out.
        private Recording? Prepare(string file, KnownPrompt? known)
        {
            string shown = terminal.Display(file);
            try
            {
                if (!HistoryStore.CanKeep(root.Relative(file)))
                    throw new CommandFailure($"`{VersionText.Visible(shown)}` cannot have a history: its name is not plain; rename it");
                byte[] bytes = PromptHistory.Read(file, shown);
                if (!Recorder.MakesVersion(bytes))
                {
                    _empty.Add(shown);
                    return null;
                }
                string text = PromptHistory.TextOf(bytes, shown);
                if (known is { IsDeleted: false } && known.Fingerprint == Fingerprint.Of(text))
                    return null;
                Recording recording = PromptHistory.Observation(snapshot, root, file, bytes, known?.Commit, _by) with { Note = note };
                return recording.PulledIn.FirstOrDefault(f => !HistoryStore.CanKeep(f.Path)) is { } odd
                    ? throw new CommandFailure(
                        $"`{VersionText.Visible(shown)}` cannot be recorded: it pulls in `{VersionText.Visible(odd.Path)}`, whose name is not "
                            + "plain; rename that"
                    )
                    : recording;
            }
            catch (CommandFailure refused)
            {
                _refused.Add((shown, refused.Message));
                return null;
            }
        }
    }
}

using Microsoft.Data.Sqlite;
using PromptLsp.History.Store;
using static PromptLsp.History.Tests.Store.HistoryFolder;

namespace PromptLsp.History.Tests.Store;

/// <summary>How a store comes to be, what is let near it, and the one line that is said when it cannot be used.</summary>
public sealed class OpeningTests : IDisposable
{
    private readonly HistoryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_new_store_is_for_its_owner_alone_and_hidden_from_git()
    {
        _folder.Save("A\n");
        Assert.Equal("*\n", System.IO.File.ReadAllText(Path.Join(_folder.Folder, ".promptlsp", ".gitignore")));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(
                UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute,
                System.IO.File.GetUnixFileMode(Path.GetDirectoryName(_folder.File)!)
            );
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, System.IO.File.GetUnixFileMode(_folder.File));
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, System.IO.File.GetUnixFileMode(_folder.File + "-wal"));
        }
    }

    [Fact]
    public void Nothing_but_the_store_is_left_when_it_is_closed()
    {
        _folder.Save("A\n");
        _folder.Close();
        Assert.Equal([".gitignore", "history.db"], Directory.GetFiles(Path.GetDirectoryName(_folder.File)!).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void Without_a_store_there_is_nothing_to_read_and_none_is_made()
    {
        var none = Assert.Throws<HistoryUnavailableException>(() => _folder.Open(StoreAccess.ReadOnly));
        string message = $"There is no history in {_folder.Folder} yet; `promptlsp snapshot` begins one, and so does saving in an editor.";
        Assert.Equal((Unavailability.None, message), (none.Reason, none.Message));
        Assert.Equal(Unavailability.None, Assert.Throws<HistoryUnavailableException>(() => _folder.Open(StoreAccess.ReadWrite)).Reason);
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Folder));
    }

    [Fact]
    public void A_reader_reads_and_cannot_write()
    {
        _folder.Save("A\n");
        using HistoryStore reader = _folder.Open(StoreAccess.ReadOnly);
        Assert.Equal("v1", reader.Head(Prompt)!.Name);
        ShouldBe(Unavailability.ReadOnly, $"History is off: {_folder.File} may not be written; check its permissions.", () => reader.Delete(Prompt, null, Ada));
    }

    [Fact]
    public void A_read_only_store_is_read_and_told_when_it_should_be_written()
    {
        if (OperatingSystem.IsWindows())
            return;
        _folder.Save("A\n");
        _folder.Close();
        string ours = Path.GetDirectoryName(_folder.File)!;
        System.IO.File.SetUnixFileMode(_folder.File, UnixFileMode.UserRead);
        System.IO.File.SetUnixFileMode(ours, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        Unprivileged.Run(
            _folder.Folder,
            () =>
            {
                ShouldBe(Unavailability.ReadOnly, $"History is off: {ours} may not be written; check its permissions.", () => _folder.Open());
                using HistoryStore reader = _folder.Open(StoreAccess.ReadOnly);
                Assert.Equal("A\n", reader.Text(reader.Head(Prompt)!));
            }
        );
        System.IO.File.SetUnixFileMode(ours, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Directory.Delete(ours, recursive: true);
        System.IO.File.SetUnixFileMode(_folder.Folder, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        Unprivileged.Run(
            _folder.Folder,
            () => ShouldBe(Unavailability.ReadOnly, $"History is off: {_folder.File} may not be written; check its permissions.", () => _folder.Open())
        );
        System.IO.File.SetUnixFileMode(_folder.Folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    [Fact]
    public void Whether_something_could_be_recorded_is_tried_and_nothing_is_recorded()
    {
        _folder.Save("A\n");
        Assert.Null(HistoryStore.Unwritable(_folder.Folder));
        Assert.Equal("v1 saved \"A\\n\"", _folder.Log());
        _folder.Close();
        if (OperatingSystem.IsWindows())
            return;
        System.IO.File.SetUnixFileMode(_folder.File, UnixFileMode.UserRead);
        Unprivileged.Run(
            _folder.Folder,
            () => Assert.Equal($"History is off: {_folder.File} may not be written; check its permissions.", HistoryStore.Unwritable(_folder.Folder)?.Message)
        );
        System.IO.File.SetUnixFileMode(_folder.File, UnixFileMode.None);
        Unprivileged.Run(
            _folder.Folder,
            () =>
                ShouldBe(
                    Unavailability.ReadOnly,
                    $"History is off: {_folder.File} may not be read; check its permissions.",
                    () => _folder.Open(StoreAccess.ReadOnly)
                )
        );
    }

    [Fact]
    public void A_folder_that_may_not_be_opened_is_not_taken_for_an_empty_one()
    {
        if (OperatingSystem.IsWindows())
            return;
        _folder.Save("A\n");
        _folder.Close();
        string ours = Path.GetDirectoryName(_folder.File)!;
        System.IO.File.SetUnixFileMode(ours, UnixFileMode.None);
        Unprivileged.Run(_folder.Folder, () =>
        {
            foreach (StoreAccess access in Enum.GetValues<StoreAccess>())
                ShouldBe(Unavailability.ReadOnly, $"History is off: {ours} may not be read; check its permissions.", () => _folder.Open(access));
            Assert.Empty(HistoryStore.SetAside(_folder.Folder));
        });
        System.IO.File.SetUnixFileMode(ours, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    [Fact]
    public void A_store_that_another_program_holds_is_waited_for_and_then_told()
    {
        _folder.Save("A\n");
        using SqliteConnection other = _folder.Raw("BEGIN IMMEDIATE");
        using HistoryStore store = _folder.Open(waitMs: 1);
        Assert.Equal("v1", store.Head(Prompt)!.Name);
        ShouldBe(Unavailability.Locked, $"History is off for now: {_folder.File} is in use by another program.", () => store.Delete(Prompt, null, Ada));
        Run(other, "COMMIT");
        Assert.True(store.Delete(Prompt, null, Ada));
    }

    [Fact]
    public void A_full_disk_is_told_and_loses_nothing_that_was_recorded()
    {
        _folder.Save("A\n");
        _folder.Close();
        using HistoryStore store = _folder.Open(mostPages: 60);
        int saved = 1;
        ShouldBe(Unavailability.DiskFull, $"History is off for now: the disk of {_folder.File} is full.", () =>
        {
            for (; saved < 1_000; saved++)
                store.Record(new(Prompt, Noise(saved), EventKind.Saved, Ada));
        });
        Assert.InRange(saved, 2, 100);
        Assert.Equal(saved, store.Head(Prompt)!.Number);
        Assert.Equal(Noise(saved - 1), store.Bytes(store.Head(Prompt)!));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4_096)]
    public void A_damaged_store_is_told_and_left_as_it_is(int at)
    {
        _folder.Save("A\n");
        _folder.Close();
        byte[] bytes = System.IO.File.ReadAllBytes(_folder.File);
        bytes.AsSpan(at, 3_000).Fill(0xA5);
        System.IO.File.WriteAllBytes(_folder.File, bytes);
        ShouldBe(Unavailability.Corrupt, $"History is off: {_folder.File} is damaged; `promptlsp doctor` tells what can be done.", () => _folder.Save("B\n"));
        Assert.Equal(bytes, System.IO.File.ReadAllBytes(_folder.File));
    }

    [Fact]
    public void A_newer_store_is_read_but_not_written()
    {
        _folder.Save("A\n");
        _folder.Raw("CREATE TABLE later (x)", "PRAGMA user_version = 99").Dispose();
        _folder.Close();
        ShouldBe(Unavailability.NewerSchema, $"History is off: {_folder.File} was written by a newer PromptLsp; update this one.", () => _folder.Open());
        using HistoryStore reader = _folder.Open(StoreAccess.ReadOnly);
        Assert.Equal("v1", reader.Head(Prompt)!.Name);
    }

    private const string Foretold =
        "INSERT INTO events (seq, kind, author, at, tool, hash) SELECT max(seq) + 1, 'foretold', 'Ada', 0, 'later', zeroblob(32) FROM events";

    [Fact]
    public void A_store_with_events_of_an_unknown_kind_was_written_by_a_newer_program()
    {
        string newer = $"History is off: {_folder.File} was written by a newer PromptLsp; update this one.";
        _folder.Save("A\n");
        HistoryStore open = _folder.Store;
        _folder.Raw(Foretold).Dispose();
        ShouldBe(Unavailability.NewerSchema, newer, () => open.Describe(Prompt, "v1", "why", HistoryFolder.Ada));
        ShouldBe(Unavailability.NewerSchema, newer, () => _folder.Save("B\n"));
        _folder.Close();
        ShouldBe(Unavailability.NewerSchema, newer, () => _folder.Open());
        using HistoryStore reader = _folder.Open(StoreAccess.ReadOnly);
        Assert.Equal("v1", reader.Head(Prompt)!.Name);
        ShouldBe(Unavailability.NewerSchema, newer, () => reader.Resolve("other.prompt", "head"));
        ShouldBe(Unavailability.NewerSchema, newer, reader.MustBeWhole);
        Flaw flaw = reader.Verify(TestContext.Current.CancellationToken).Flaw!;
        Assert.Equal("a newer PromptLsp wrote events of kinds that this one does not know: update this one to check them", flaw.Message);
        Assert.True(flaw.IsNewer);
    }

    [Fact]
    public void A_copy_never_takes_the_place_of_what_a_newer_program_wrote()
    {
        string copies = Path.Join(_folder.Folder, "copies");
        _folder.Save("A\n");
        string copy = _folder.Store.CopyDaily(copies)!;
        _folder.Close();
        _folder.Raw(Foretold).Dispose();
        byte[] bytes = System.IO.File.ReadAllBytes(_folder.File);
        ShouldBe(
            Unavailability.NewerSchema,
            $"Nothing was restored: {_folder.File} was written by a newer PromptLsp and is not known to be damaged; update this one.",
            () => HistoryStore.Restore(copy, _folder.Folder)
        );
        Assert.Equal(bytes, System.IO.File.ReadAllBytes(_folder.File));
        Assert.Null(HistoryStore.SetAsideIfDamaged(_folder.Folder));
    }

    [Theory]
    [InlineData("CREATE VIEW tempting AS SELECT 1")]
    [InlineData("CREATE TRIGGER spy AFTER INSERT ON events BEGIN DELETE FROM tags; END")]
    [InlineData("DROP TRIGGER events_stay")]
    [InlineData("ALTER TABLE tags RENAME COLUMN seq TO other")]
    [InlineData("PRAGMA application_id = 7")]
    public void A_store_with_another_schema_is_not_ours(string change)
    {
        _folder.Save("A\n");
        _folder.Close();
        _folder.Raw(change).Dispose();
        foreach (StoreAccess access in Enum.GetValues<StoreAccess>())
            ShouldBe(
                Unavailability.ForeignSchema,
                $"History is off: {_folder.File} was not made by PromptLsp, or was altered; move it away to have a history here.",
                () => _folder.Open(access)
            );
    }

    [Fact]
    public void A_link_is_not_followed()
    {
        string elsewhere = Directory.CreateDirectory(Path.Join(_folder.Folder, "elsewhere")).FullName, ours = Path.GetDirectoryName(_folder.File)!;
        Directory.CreateSymbolicLink(ours, elsewhere);
        ShouldBe(Unavailability.Untrusted, $"History is off: {ours} is a link; remove it to have a history here.", () => _folder.Open());
        Directory.Delete(ours);
        Directory.CreateDirectory(ours);
        foreach (string file in (string[])[_folder.File, _folder.File + "-wal"])
        {
            System.IO.File.CreateSymbolicLink(file, Path.Join(elsewhere, "target"));
            ShouldBe(Unavailability.Untrusted, $"History is off: {file} is a link; remove it to have a history here.", () => _folder.Open());
            System.IO.File.Delete(file);
        }
        Assert.Empty(Directory.GetFiles(elsewhere));
    }

    [Theory]
    [InlineData("inner/")]
    [InlineData("")]
    public void A_store_that_git_tracks_is_not_trusted(string below)
    {
        using HistoryStore made = HistoryStore.Open(Directory.CreateDirectory(Path.Join(_folder.Folder, below)).FullName);
        string padding = new('x', 70_000 - ".promptlsp".Length);
        _folder.Write(".git/index", $"DIRC{padding}{below}.promptlsp/history.db\0");
        var refused = Assert.Throws<HistoryUnavailableException>(() => HistoryStore.Open(made.Root));
        Assert.Equal(
            (Unavailability.Untrusted, $"History is off: {made.Path} is tracked by git; `git rm --cached .promptlsp/history.db` to have a history here."),
            (refused.Reason, refused.Message)
        );
        _folder.Write(".git/index", $"DIRC{padding}other/.promptlsp/hist");
        HistoryStore.Open(made.Root).Dispose();
    }

    [Fact]
    public void Where_the_file_system_refuses_wal_the_journal_does()
    {
        // This way to the disk has no shared memory.
        using (HistoryStore store = _folder.Open(vfs: "unix-dotfile"))
        {
            store.Record(new(Prompt, "A\n"u8.ToArray(), EventKind.Saved, Ada));
            Assert.False(System.IO.File.Exists(_folder.File + "-wal"));
        }
        _folder.Save("B\n");
        Assert.Equal(2, _folder.Store.Head(Prompt)!.Number);
    }

    [Fact]
    public void A_file_system_that_says_wal_and_fails_at_the_first_write_is_found_out()
    {
        // A folder in its place makes the shared memory fail.
        string probe = Path.Join(_folder.Folder, "probe");
        Directory.CreateDirectory(probe + "-shm");
        Assert.False(StoreOpening.WalWorks(probe, new()));
        Directory.Delete(probe + "-shm");
        Assert.True(StoreOpening.WalWorks(probe, new()));
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Folder));
    }

    [Fact]
    public void A_store_moved_to_where_wal_fails_goes_on_without_it()
    {
        _folder.Save("A\n");
        _folder.Close();
        Directory.CreateDirectory(_folder.File + "-shm");
        _folder.Save("B\n");
        _folder.Close();
        Directory.Delete(_folder.File + "-shm");
        Assert.Equal("v2 saved \"B\\n\"\nv1 saved \"A\\n\"", _folder.Log());
    }

    [Theory]
    [InlineData("packed = zeroblob(50000000)")]
    [InlineData("size = 5242881")]
    [InlineData("size = -1")]
    [InlineData("size = 1")]
    public void A_content_made_to_fill_the_memory_is_not_unpacked(string change)
    {
        PromptVersion version = _folder.Save("A\n");
        _folder.Tamper($"UPDATE contents SET {change}");
        ShouldBe(
            Unavailability.Corrupt,
            $"History is off: {_folder.File} is damaged; `promptlsp doctor` tells what can be done.",
            () => _folder.Store.Bytes(version)
        );
        Assert.Equal(Unavailability.Corrupt, Assert.Throws<HistoryUnavailableException>(() => _folder.Store.Texts([version])).Reason);
        Assert.StartsWith("event 1 ", _folder.Verify(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_largest_content_is_kept_however_badly_it_packs()
    {
        byte[] bytes = [.. Enumerable.Repeat(0, 1_049).SelectMany((_, i) => Noise(i))];
        Array.Resize(ref bytes, 5 * 1024 * 1024);
        PromptVersion version = _folder.Store.Record(new(Prompt, bytes, EventKind.Saved, Ada)).Version;
        Assert.Equal(bytes, _folder.Store.Bytes(version));
    }

    [Fact]
    public void The_log_refuses_to_be_changed()
    {
        _folder.Save("A\n");
        foreach (
            string sql in (string[])
                [
                    "UPDATE events SET author = 'Eve'",
                    "DELETE FROM events",
                    "INSERT OR REPLACE INTO events SELECT * FROM events",
                    "INSERT INTO events SELECT 7, kind, NULL, path, NULL, target, source, fingerprint, exact, effective, tag, note, erased, added, removed, author, at, branch, revision, tool, hash FROM events",
                ]
        )
            Assert.StartsWith("SQLite Error 19: 'the log", Assert.Throws<SqliteException>(() => _folder.Raw(sql)).Message, StringComparison.Ordinal);
    }

    private static void ShouldBe(Unavailability reason, string message, Action act)
    {
        var failure = Assert.Throws<HistoryUnavailableException>(act);
        Assert.Equal((reason, message), (failure.Reason, failure.Message));
    }

    // Incompressible, and the same each time.
    private static byte[] Noise(int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, 5_000).Select(_ => (byte)random.Next(' ', '~'))];
    }
}

using PromptLsp.History.Store;
using static PromptLsp.History.Tests.Store.HistoryFolder;

namespace PromptLsp.History.Tests.Store;

/// <summary>A damaged or deleted store is not the end: it is moved aside, never overwritten, and a copy can take its place.</summary>
public sealed class RescueTests : IDisposable
{
    private readonly HistoryFolder _folder = new();
    private readonly string _copies = Directory.CreateTempSubdirectory("promptlsp-copies-").FullName;

    public void Dispose()
    {
        _folder.Dispose();
        Directory.Delete(_copies, recursive: true);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4_096)]
    public void A_damaged_store_is_moved_aside_as_it_was_and_a_new_one_begun(int at)
    {
        _folder.Save("A\n");
        _folder.Close();
        byte[] damaged = Damage(at);
        string aside = HistoryStore.SetAsideIfDamaged(_folder.Folder)!;
        Assert.Equal(damaged, System.IO.File.ReadAllBytes(aside));
        Assert.Equal("v1", _folder.Save("B\n").Name);
        _folder.Close();
        Assert.Null(HistoryStore.SetAsideIfDamaged(_folder.Folder));
    }

    [Fact]
    public void A_whole_store_or_none_is_left_alone()
    {
        Assert.Null(HistoryStore.SetAsideIfDamaged(_folder.Folder));
        _folder.Save("A\n");
        _folder.Close();
        Assert.Null(HistoryStore.SetAsideIfDamaged(_folder.Folder));
        Assert.Equal("v2", _folder.Save("B\n").Name);
    }

    [Fact]
    public void A_store_in_use_is_not_moved()
    {
        _folder.Save("A\n");
        var failure = Assert.Throws<HistoryUnavailableException>(() =>
            HistoryStore.SetAsideIfDamaged(_folder.Folder, new() { BusyTimeout = TimeSpan.FromMilliseconds(1) })
        );
        Assert.Equal(Unavailability.Locked, failure.Reason);
        Assert.Equal("v2", _folder.Save("B\n").Name);
    }

    [Fact]
    public void A_copy_is_made_once_a_day_for_the_owner_alone_and_two_are_kept()
    {
        _folder.Save("A\n");
        _folder.Clock.Now = new(2026, 3, 1, 23, 0, 0, TimeSpan.Zero);
        string first = _folder.Store.CopyDaily(_copies)!;
        Assert.Equal("2026-03-01.db", Path.GetFileName(first));
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, System.IO.File.GetUnixFileMode(first));
        Assert.Null(_folder.Store.CopyDaily(_copies));
        _folder.Clock.Now = new(2026, 3, 2, 1, 0, 0, TimeSpan.Zero);
        string second = _folder.Store.CopyDaily(_copies)!;
        _folder.Clock.Now = new(2026, 3, 9, 1, 0, 0, TimeSpan.Zero);
        string third = _folder.Store.CopyDaily(_copies)!;
        Assert.Equal([third, second], HistoryStore.Copies(_folder.Folder, _copies));
        Assert.Empty(HistoryStore.Copies(_copies, _copies));
    }

    [Fact]
    public void A_copy_takes_the_place_of_a_deleted_or_damaged_store()
    {
        _folder.Save("A\n");
        _folder.Store.Tag(Prompt, "v1", "stable", null, null, Ada);
        string copy = _folder.Store.CopyDaily(_copies)!;
        _folder.Save("B\n");
        _folder.Close();
        byte[] damaged = Damage(0);
        Assert.Equal(damaged, System.IO.File.ReadAllBytes(HistoryStore.Restore(copy, _folder.Folder)!));
        Assert.Equal("v1 saved \"A\\n\" stable", _folder.Log());
        Assert.Equal("", _folder.Verify());
        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite,
            OperatingSystem.IsWindows() ? UnixFileMode.UserRead | UnixFileMode.UserWrite : System.IO.File.GetUnixFileMode(_folder.File)
        );

        _folder.Close();
        Directory.Delete(Path.GetDirectoryName(_folder.File)!, recursive: true);
        Assert.Null(HistoryStore.Restore(copy, _folder.Folder));
        Assert.Equal("v2", _folder.Save("C\n").Name);
    }

    [Fact]
    public void What_is_no_store_takes_no_place()
    {
        _folder.Save("A\n");
        _folder.Close();
        string other = Path.Join(_copies, "other.db");
        System.IO.File.WriteAllText(other, "not a database, though long enough to be looked at for one: " + new string('x', 1_000));
        Assert.Equal(Unavailability.Corrupt, Assert.Throws<HistoryUnavailableException>(() => HistoryStore.Restore(other, _folder.Folder)).Reason);
        Assert.Equal(Unavailability.Failing, Assert.Throws<HistoryUnavailableException>(() => HistoryStore.Restore(other + "x", _folder.Folder)).Reason);
        Assert.Equal("v2", _folder.Save("B\n").Name);
    }

    private byte[] Damage(int at)
    {
        byte[] bytes = System.IO.File.ReadAllBytes(_folder.File);
        bytes.AsSpan(at, 3_000).Fill(0xA5);
        System.IO.File.WriteAllBytes(_folder.File, bytes);
        return bytes;
    }
}

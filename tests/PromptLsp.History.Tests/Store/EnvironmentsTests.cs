using PromptLsp.History.Store;
using static PromptLsp.History.Tests.Store.HistoryFolder;

namespace PromptLsp.History.Tests.Store;

/// <summary>What records in the releases folder claim is taken over once, as what they claim.</summary>
public sealed class EnvironmentsTests : IDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 2, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly HistoryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    internal static EnvironmentClaim Promotion(int hour, string text = "A\n", string? why = "it works", string path = Prompt) =>
        new(
            EventKind.Promoted,
            new("production", Fingerprint.Of($"promoted {hour}"))
            {
                Release = Fingerprint.Of("release of " + text),
                Context = Fingerprint.Of("context"),
                From = "staging",
            },
            "Bo <bo@example.org>"
        )
        {
            Path = path,
            Fingerprint = Fingerprint.Of(text),
            At = Noon.AddHours(hour),
            Why = why,
        };

    internal static EnvironmentClaim Freeze(int hour) =>
        new(EventKind.Frozen, new("production", Fingerprint.Of($"frozen {hour}")), "Cy <cy@example.org>") { At = Noon.AddHours(hour), Why = "the sale" };

    private static EnvironmentClaim Approval(int hour, string text = "A\n") =>
        new(EventKind.Approved, new("production", Fingerprint.Of($"approved {hour}")) { Release = Fingerprint.Of("release of " + text) }, "cy@example.org")
        {
            Path = Prompt,
            At = Noon.AddHours(hour),
            Why = "read it",
        };

    private string Told(string path = Prompt) =>
        string.Join(
            '\n',
            _folder.Store.EnvironmentEvents(path).Select(e => $"{e.What} {e.Deed} by {e.Author} at {e.At:HH:mm}{(e.Why is null ? "" : $": {e.Why}")}")
        );

    [Fact]
    public void A_claim_is_told_with_who_when_and_why_of_its_record()
    {
        _folder.Save("A\n");
        Assert.Equal(2, _folder.Store.Import([Promotion(3), Approval(1)], Ada));
        Assert.Equal(
            """
            v1 (06f961b8) promoted to production by Bo <bo@example.org> at 15:00: it works
            v1 (06f961b8) approved for production by cy@example.org at 13:00: read it
            """,
            Told()
        );
        Assert.Equal("", _folder.Verify());
    }

    [Fact]
    public void What_was_released_stays_the_version_that_it_was_although_its_text_is_made_again()
    {
        DateTimeOffset released = _folder.Save("A\n").At;
        _folder.Store.Import([Promotion(0) with { At = released }], Ada);
        _folder.Save("B\n");
        DateTimeOffset again = _folder.Save("A\n").At;
        _folder.Store.Import([Promotion(1) with { At = again.AddHours(1) }, Promotion(2) with { At = released.AddDays(-1) }], Ada);
        Assert.Equal([1, 1, 3], _folder.Store.EnvironmentEvents(Prompt).OrderBy(e => e.Sequence).Select(e => e.Version!.Value));
        Assert.Equal("v1", _folder.Store.WithText(Prompt, Fingerprint.Of("A\n"), released)?.Name);
        Assert.Equal("v3", _folder.Store.WithText(Prompt, Fingerprint.Of("A\n"), again)?.Name);
        Assert.Equal((1, 3, 3), _folder.Store.Numbers()[(Prompt, Fingerprint.Of("A\n"))]);
    }

    [Fact]
    public void However_often_a_record_is_seen_it_is_one_event()
    {
        _folder.Save("A\n");
        Assert.Equal(2, _folder.Store.Import([Promotion(1), Promotion(2)], Ada));
        Assert.Equal(0, _folder.Store.Import([Promotion(2), Promotion(1)], Grace));
        Assert.Equal(1, _folder.Store.Import([Promotion(2), Promotion(3), Promotion(3)], Grace));
        Assert.True(_folder.Store.Knows(Promotion(3).Where.Record));
        Assert.False(_folder.Store.Knows(Promotion(4).Where.Record));
        Assert.Equal(3, _folder.Store.KnownRecords().Count);
        Assert.Equal(4, _folder.Verified().Events);
    }

    [Fact]
    public void A_content_that_this_store_does_not_have_is_called_by_its_fingerprint()
    {
        _folder.Store.Import([Promotion(1)], Ada);
        Assert.Equal("06f961b8 promoted to production by Bo <bo@example.org> at 13:00: it works", Told());
        // As soon as it has it, by the number.
        _folder.Save("A\n");
        Assert.StartsWith("v1 (06f961b8) promoted", Told(), StringComparison.Ordinal);
        Assert.Equal("", _folder.Verify());
    }

    [Fact]
    public void An_approval_of_a_release_that_nothing_else_tells_of_names_the_release()
    {
        _folder.Save("A\n");
        _folder.Store.Import([Approval(1)], Ada);
        Assert.Equal($"release {Fingerprint.Of("release of A\n")[..8]} approved for production by cy@example.org at 13:00: read it", Told());
    }

    [Fact]
    public void A_renamed_prompt_keeps_what_became_of_it()
    {
        _folder.Save("A\n");
        _folder.Store.Import([Promotion(1)], Ada);
        _folder.Store.Rename(Prompt, "other.prompt", Ada);
        Assert.StartsWith("v1 (06f961b8) promoted to production", Told("other.prompt"), StringComparison.Ordinal);
        Assert.Equal("", _folder.Verify());
    }

    [Fact]
    public void A_hostile_record_steers_no_terminal_and_breaks_no_line()
    {
        _folder.Save("A\n");
        EnvironmentClaim hostile = Promotion(1, why: "one\u001b[2J\r\ntwo");
        _folder.Store.Import(
            [hostile with { Where = hostile.Where with { Environment = "prod\u001b\n" }, Path = Prompt }, Promotion(2, path: "../../etc/passwd")],
            Ada
        );
        EnvironmentEvent told = Assert.Single(_folder.Store.EnvironmentEvents(Prompt));
        Assert.Equal(("prod", "one [2J\ntwo"), (told.Where.Environment, told.Why));
        Assert.Equal("", _folder.Verify());
    }

    [Fact]
    public void An_environment_is_frozen_until_it_is_thawed()
    {
        Assert.Null(_folder.Store.FrozenBy("production"));
        _folder.Store.Import([Freeze(1)], Ada);
        Assert.Equal(Freeze(1).Where.Record, _folder.Store.FrozenBy("production"));
        Assert.Null(_folder.Store.FrozenBy("staging"));
        _folder.Store.Import([new(EventKind.Thawed, new("production", Fingerprint.Of("thawed 1")), "")], Ada);
        Assert.Null(_folder.Store.FrozenBy("production"));
        Assert.Equal("", _folder.Verify());
    }

    [Fact]
    public void Reasons_go_with_the_notes_of_a_version_and_do_not_come_back()
    {
        _folder.Save("A\n", "a note");
        _folder.Store.Import([Promotion(1, why: "key: secret"), Approval(2)], Ada);
        _folder.Store.ForgetNotes(Prompt, "v1", "a key", Ada);
        Assert.Equal(0, _folder.Store.Import([Promotion(1, why: "key: secret")], Ada));
        Assert.All(_folder.Store.EnvironmentEvents(Prompt), told => Assert.Null(told.Why));
        Assert.Equal("", _folder.Verify());
        _folder.Close();
        Assert.DoesNotContain("secret", System.Text.Encoding.Latin1.GetString(System.IO.File.ReadAllBytes(_folder.File)), StringComparison.Ordinal);
    }

    [Fact]
    public void Events_of_environments_are_exported_with_all_that_the_chain_covers()
    {
        _folder.Store.Import([Promotion(1)], Ada);
        Assert.Contains(
            $"\"environment\":\"production\",\"release\":\"{Promotion(1).Where.Release}\",\"context\":\"{Promotion(1).Where.Context}\",\"from\":"
                + $"\"staging\",\"record\":\"{Promotion(1).Where.Record}\"",
            _folder.Export(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_copy_of_the_store_has_them_and_comes_back_with_them()
    {
        string copies = Path.Join(_folder.Folder, "copies");
        _folder.Save("A\n");
        _folder.Store.Import([Promotion(1)], Ada);
        string copy = _folder.Store.CopyDaily(copies)!;
        _folder.Close();
        System.IO.File.Delete(_folder.File);
        HistoryStore.Restore(copy, _folder.Folder);
        Assert.StartsWith("v1 (06f961b8) promoted", Told(), StringComparison.Ordinal);
        Assert.Equal("", _folder.Verify());
    }

    [Fact]
    public async Task Processes_that_see_the_same_records_at_once_take_each_over_once()
    {
        _folder.Save("A\n");
        Writer[] writers = [.. Enumerable.Range(1, 4).Select(i => new Writer("import", _folder.Folder, $"author {i}", "100"))];
        foreach (Writer writer in writers)
            Assert.Equal("ready", await writer.Line());
        foreach (Writer writer in writers)
            writer.Tell("go");
        string[] answers = [.. (await Task.WhenAll(writers.Select(writer => writer.Rest()))).Select(lines => Assert.Single(lines))];
        foreach (Writer writer in writers)
            writer.Dispose();
        Assert.Equal(100, answers.Sum(answer => int.Parse(answer["made ".Length..], null)));
        Assert.Equal(100, _folder.Store.EnvironmentEvents(Prompt, 1_000).Length);
        Assert.Equal("", _folder.Verify());
    }

    [Fact]
    public void A_store_from_before_there_were_environments_is_brought_up_to_date_by_whoever_reads_it()
    {
        _folder.Save("A\n");
        MakeOld();
        using (HistoryStore reader = _folder.Open(StoreAccess.ReadOnly))
        {
            Assert.Equal("v1", reader.Head(Prompt)!.Name);
            Assert.Empty(reader.EnvironmentEvents(Prompt));
        }
        Assert.Equal(1, _folder.Store.Import([Promotion(1)], Ada));
        Assert.Equal("", _folder.Verify());
    }

    [Fact]
    public void An_old_store_that_was_altered_is_not_brought_up_to_date()
    {
        _folder.Save("A\n");
        MakeOld();
        _folder.Raw("CREATE TRIGGER spy AFTER INSERT ON events BEGIN DELETE FROM tags; END").Dispose();
        foreach (StoreAccess access in Enum.GetValues<StoreAccess>())
            Assert.Equal(Unavailability.ForeignSchema, Assert.Throws<HistoryUnavailableException>(() => _folder.Open(access)).Reason);
    }

    private void MakeOld()
    {
        _folder.Close();
        _folder
            .Raw(
                "DROP TABLE releases",
                "DROP INDEX events_placed",
                "DROP INDEX events_elsewhere",
                "PRAGMA user_version = 1"
            )
            .Dispose();
    }
}

using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using PromptLsp.Cli.Reports;
using PromptLsp.Cli.Versions;
using PromptLsp.History.Lists;
using PromptLsp.History.Store;

namespace PromptLsp.Cli.Commands;

/// <summary><c>promptlsp log FILE</c>: a prompt's versions, newest first.</summary>
internal static class LogCommand
{
    private const int UsualRows = 50, PageSize = 500;

    public static Command Create(Terminal terminal)
    {
        var file = new Argument<string?>("FILE[@REF]")
        {
            Description = "The prompt, a deleted one too; with @REF from that version on down.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var deleted = new Option<bool>("--deleted") { Description = "The deleted prompts that were at this path; without a path all of this workspace." };
        var author = new Option<string?>("--author")
        {
            Description = "Only versions by somebody whose name or mail address has this in it.",
            HelpName = "TEXT",
        };
        var tag = new Option<string?>("--tag") { Description = "Only versions with a tag that has this in it; `*` for any.", HelpName = "TEXT" };
        Option<DateTimeOffset?> since = Since();
        var grep = new Option<string?>("--grep") { Description = "Only versions whose note has this in it.", HelpName = "TEXT" };
        Option<int> limit = CommonOptions.Count("--limit", $"At most so many rows, {UsualRows} if it is not given; 0 for all.");
        var all = new Option<bool>("--all") { Description = "Every version on a row of its own." };
        Option<string> format = CommonOptions.Format();
        var command = new ExampleCommand(
            "log",
            "Lists a prompt's versions, newest first.",
            "promptlsp log prompts/reply.prompt --author ada --since 2026-03-01"
        )
        {
            file,
            deleted,
            author,
            tag,
            since,
            grep,
            limit,
            all,
            format,
        };
        command.SetAction(
            (parsed, cancel) =>
            {
                if (parsed.GetValue(deleted))
                {
                    DeletedPrompts.Write(parsed.GetValue(file), parsed.GetValue(format) == "json", terminal);
                    return Task.FromResult(ExitStatus.Clean);
                }
                using PromptHistory history = PromptHistory.ToRead(
                    parsed.GetValue(file)
                        ?? throw new CommandFailure(
                            "no prompt is named; `promptlsp log FILE` lists its versions, `promptlsp log --deleted` the deleted prompts"
                        ),
                    terminal
                );
                var filter = new Filter(parsed.GetValue(author), parsed.GetValue(tag), parsed.GetValue(since), parsed.GetValue(grep));
                IEnumerable<PromptVersion> versions = Versions(history, cancel).Where(filter.Takes);
                ImmutableArray<EnvironmentEvent> moves = history.InEnvironments();
                bool isJson = parsed.GetValue(format) == "json";
                int? given = parsed.GetResult(limit) is null ? null : parsed.GetValue(limit);
                if (isJson)
                    WriteJson(given is > 0 and { } most ? versions.Take(most) : versions, moves, terminal);
                else
                {
                    // Among versions that were asked for by name, they would be noise.
                    if (filter.IsNarrow || history.Reference is not null)
                        moves = [];
                    WriteText(history, versions, moves, given ?? UsualRows, parsed.GetValue(all), terminal);
                    DeletedPrompts.TellOf(history, terminal);
                }
                return Task.FromResult(ExitStatus.Clean);
            }
        );
        return command;
    }

    private sealed record Filter(string? Author, string? Tag, DateTimeOffset? Since, string? Note)
    {
        public bool IsNarrow => Author is not null || Tag is not null || Since is not null || Note is not null;

        public bool Takes(PromptVersion version) =>
            (Author is null || Has(version.Author, Author))
            && (Tag is null || version.Tags.Any(t => Tag == "*" || Has(t, Tag)))
            && (Since is null || version.At >= Since)
            && (Note is null || (version.Note is { } note && Has(note, Note)));

        private static bool Has(string text, string part) => text.Contains(part, StringComparison.OrdinalIgnoreCase);
    }

    private static Option<DateTimeOffset?> Since() => new("--since")
    {
        Description = "Only versions from this day, or moment, on; UTC where it does not say.",
        HelpName = "DATE",
        CustomParser = given =>
        {
            if (DateTimeOffset.TryParse(given.Tokens[0].Value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset since))
                return since;
            given.AddError($"`--since {given.Tokens[0].Value}` is no date; write it as 2026-03-01 or 2026-03-01T12:00");
            return null;
        },
    };

    private static IEnumerable<PromptVersion> Versions(PromptHistory history, CancellationToken cancel)
    {
        PromptVersion? from = history.Reference is { } reference ? history.Resolve(reference) : null;
        for (int before = from?.Number + 1 ?? int.MaxValue; ;)
        {
            cancel.ThrowIfCancellationRequested();
            ImmutableArray<PromptVersion> page = history.Store.Versions(history.Relative, from?.Deleted, before, PageSize);
            foreach (PromptVersion version in page)
                yield return version;
            if (page.Length < PageSize)
                yield break;
            before = page[^1].Number;
        }
    }

    private static void WriteText(
        PromptHistory history,
        IEnumerable<PromptVersion> versions,
        ImmutableArray<EnvironmentEvent> moves,
        int limit,
        bool all,
        Terminal terminal
    )
    {
        TimeSpan fold = all ? TimeSpan.Zero : history.OnDisk.SettingsOf(history.Root).HistoryFold;
        // Read no further than the rows that are shown.
        var rows = Rows(versions, fold).Take(limit == 0 ? int.MaxValue : limit + 1).ToList();
        bool isMore = limit > 0 && rows.Count > limit;
        if (isMore)
            rows.RemoveAt(limit);
        if (rows.Count == 0)
        {
            terminal.Error.WriteLine("no version is like that");
            return;
        }
        Columns columns = Columns.Of(rows, terminal);
        int told = 0;
        foreach (ImmutableArray<PromptVersion> row in rows)
        {
            // Their place is by their time, which is what their records claim, in whole seconds.
            for (; told < moves.Length && moves[told].At.ToUnixTimeSeconds() >= row[0].At.ToUnixTimeSeconds(); told++)
                WriteMove(moves[told], columns, terminal);
            WriteRow(row, columns, terminal);
        }
        foreach (EnvironmentEvent move in isMore ? [] : moves[told..])
            WriteMove(move, columns, terminal);
        if (isMore)
            terminal.Error.WriteLine($"older ones are left out; `--limit 0` shows all");
    }

    private static IEnumerable<ImmutableArray<PromptVersion>> Rows(IEnumerable<PromptVersion> versions, TimeSpan fold)
    {
        var row = ImmutableArray.CreateBuilder<PromptVersion>();
        foreach (PromptVersion version in versions)
        {
            if (row.Count > 0 && Bursts.Of([row[^1], version], fold).Length > 1)
                yield return row.DrainToImmutable();
            row.Add(version);
        }
        if (row.Count > 0)
            yield return row.DrainToImmutable();
    }

    private readonly record struct Columns(int Name, int Age, int Author, int Size)
    {
        public static Columns Of(List<ImmutableArray<PromptVersion>> rows, Terminal terminal) => new(
            rows.Max(r => r[0].Name.Length),
            rows.Max(r => VersionText.Age(r[0].At, terminal).Length),
            Math.Min(24, rows.Max(r => VersionText.Visible(r[0].AuthorName).Length)),
            rows.Max(r => SizeOf(r).Length));
    }

    private static void WriteRow(ImmutableArray<PromptVersion> row, Columns columns, Terminal terminal)
    {
        Paint paint = terminal.Paint;
        PromptVersion version = row[0];
        string line =
            $"{paint.Bold(version.Name.PadRight(columns.Name))}  {paint.Dim(version.ShortFingerprint)}  "
                + $"{VersionText.Age(version.At, terminal).PadRight(columns.Age)}  "
            + $"{VersionText.Cut(version.AuthorName, columns.Author).PadRight(columns.Author)}  {SizeOf(row).PadRight(columns.Size)}  "
            + string.Join("  ", Remarks(row, paint));
        terminal.Out.WriteLine(line.TrimEnd());
        foreach (string note in version.Note?.Split('\n') ?? [])
            terminal.Out.WriteLine(new string(' ', columns.Name + 2) + VersionText.Visible(note));
    }

    private static void WriteMove(EnvironmentEvent move, Columns columns, Terminal terminal)
    {
        string why = move.Why is { } note ? $" — {note.Split('\n')[0]}" : "";
        terminal.Out.WriteLine(
            $"{new string(' ', columns.Name + 2)}{terminal.Paint.Dim(move.What)} {terminal.Paint.Green(move.Deed)} by "
                + $"{VersionText.Visible(VersionWords.NameOf(move.Author))}, {VersionText.Age(move.At, terminal)}{VersionText.Visible(why)}"
        );
    }

    private static IEnumerable<string> Remarks(ImmutableArray<PromptVersion> row, Paint paint)
    {
        PromptVersion version = row[0];
        if (!version.Tags.IsEmpty)
            yield return paint.Green(string.Join(", ", version.Tags));
        if (version.IsForgotten)
            yield return paint.Yellow("forgotten");
        if (version.Kind != EventKind.Saved)
            yield return paint.Dim(version is { Kind: EventKind.RolledBack, Source: { } source } ? $"rolled back to v{source}" : version.Kind.Word);
        if (row.Length > 1)
            yield return paint.Dim($"and {row.Length - 1} earlier, from {row[^1].Name} on");
    }

    // Over all of a row's versions, as far as it is known.
    private static string SizeOf(ImmutableArray<PromptVersion> row) => row.Length == 1
        ? VersionText.Size(row[0].Added, row[0].Removed)
        : VersionText.Size(row.Sum(v => v.Added ?? 0), row.Sum(v => v.Removed ?? 0));

    private static void WriteJson(IEnumerable<PromptVersion> versions, ImmutableArray<EnvironmentEvent> moves, Terminal terminal) =>
        PromptJson.Write(
            terminal.Out,
            writer =>
            {
                ILookup<int?, EnvironmentEvent> byVersion = moves.ToLookup(m => m.Version);
                writer.WriteStartArray();
                foreach (PromptVersion version in versions)
                {
                    writer.WriteStartObject();
                    writer.VersionMembers(version);
                    if (byVersion.Contains(version.Number))
                        writer.Member("environments", byVersion[version.Number].Select(m => (object?)VersionJson.Of(m)).ToArray());
                    writer.WriteEndObject();
                }
                writer.WriteEndArray();
            }
        );
}

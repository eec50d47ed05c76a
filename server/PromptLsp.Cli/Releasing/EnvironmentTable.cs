using System.Collections.Immutable;
using System.Globalization;
using PromptLsp.Cli.Reports;
using PromptLsp.Cli.Versions;
using PromptLsp.History;
using PromptLsp.History.Store;
using PromptLsp.Releases;
using PromptLsp.Releases.Folder;
using PromptLsp.Releases.Signing;

namespace PromptLsp.Cli.Releasing;

/// <summary>What one environment holds of one prompt.</summary>
/// <param name="Problem">Why it cannot be read.</param>
/// <param name="Version">The number that this store has for it; null where it knows none.</param>
/// <param name="Behind">How many versions the prompt has gone on since; null where that is not known.</param>
/// <param name="Approvals">Counts, when it is first asked for, the approvals of a release that is not there yet.</param>
internal sealed record EnvironmentCell(
    string Prompt,
    string Environment,
    ReleaseRecord? Record,
    string? Problem,
    int? Version,
    int? Behind,
    Lazy<int> Approvals
)
{
    public int Waiting => Approvals.Value;

    public string Text =>
        Problem is not null ? "cannot be read"
        : Record is null
            ? Waiting > 0 ? "approved"
                : ""
        : string.Create(
            CultureInfo.InvariantCulture,
            $"{(Version is { } number ? $"v{number}" : Record.Fingerprint[..Fingerprint.ShownDigits])}{(Behind is > 0 and var count ? $" ▲{count}" : "")}"
        ) + (Record.Kind == MoveKind.Overridden ? " (overridden)" : ""
        );
}

/// <summary>Which prompt has which release where.</summary>
internal sealed record EnvironmentTable(ImmutableArray<string> Environments, ImmutableArray<ImmutableArray<EnvironmentCell?>> Rows)
{
    /// <param name="only">The environment that is asked for; null for all.</param>
    public static EnvironmentTable Read(ReleaseWorkspace workspace, string? only)
    {
        string[] environments = [.. workspace.Folder.Environments().Where(e => only is null || e == only)];
        if (only is not null && environments.Length == 0)
            Promotion.EnvironmentOf(workspace.Settings.Releases, only);
        (string Environment, string Prompt)[] places =
        [
            .. environments.AsParallel().AsOrdered().SelectMany(e => workspace.Folder.Prompts(e).Select(p => (e, p))),
        ];
        var cells = new EnvironmentCell[places.Length];
        Parallel.For(0, places.Length, i => cells[i] = Read(workspace.Folder, places[i].Environment, places[i].Prompt));
        using HistoryStore? store = workspace.Store();
        if (store is not null && cells.Length > 0)
            Number(cells, store);
        var byPlace = cells.ToDictionary(c => (c.Prompt, c.Environment));
        return new(
            [.. environments],
            [
                .. cells
                    .Select(c => c.Prompt)
                    .Distinct(StringComparer.Ordinal)
                    .Order(StringComparer.Ordinal)
                    .Select(p => environments.Select(e => byPlace.GetValueOrDefault((p, e))).ToImmutableArray()),
            ]
        );
    }

    private static EnvironmentCell Read(ReleaseFolder folder, string environment, string prompt)
    {
        try
        {
            return new(prompt, environment, folder.Glance(environment, prompt), null, null, null, new(() => Waiting(folder, environment, prompt)));
        }
        catch (ReleaseException failure)
        {
            return new(prompt, environment, null, failure.Message, null, null, new(0));
        }
    }

    private static int Waiting(ReleaseFolder folder, string environment, string prompt)
    {
        if (!folder.HasApprovals(environment, prompt))
            return 0;
        string? now = folder.Record(environment, prompt)?.Id;
        return folder.Approvals(environment, prompt).Count(a => a.Approval is { Kind: ApprovalKind.Approved } yes && yes.Replaces == now);
    }

    private static void Number(EnvironmentCell[] cells, HistoryStore store)
    {
        IReadOnlyDictionary<(string Path, string Fingerprint), (int Number, int Head)> numbers = store.Numbers();
        for (int i = 0; i < cells.Length; i++)
        {
            if (cells[i].Record is { } record && numbers.TryGetValue((record.Prompt, record.Fingerprint), out var known))
                cells[i] = cells[i] with { Version = known.Number, Behind = known.Head - known.Number };
        }
    }

    public void WriteText(ReleaseWorkspace workspace, Terminal terminal)
    {
        string[] heads =
        [
            .. Environments.Select(e =>
                workspace.Settings.Releases.Find(e) is null ? $"{e} (retired)"
                : Frozen(workspace, e) is not null ? $"{e} (frozen)"
                : e
            ),
        ];
        if (Environments.IsEmpty)
            terminal.Tell("promptlsp.yaml names no environments; write `environments: [dev, staging, production]` there");
        else if (Rows.IsEmpty)
            terminal.Tell($"nothing is released yet; `promptlsp promote FILE --to {Environments[0]} -m WHY` begins");
        if (Rows.IsEmpty)
            return;
        string[][] rows =
        [
            .. Rows.Select(r => (string[])[VersionText.Visible(workspace.Shown(r.First(c => c is not null)!.Prompt)), .. r.Select(c => c?.Text ?? "")]),
        ];
        int[] widths =
        [
            .. Enumerable.Range(0, heads.Length + 1).Select(i => rows.Max(r => r[i].Length)).Select((w, i) => Math.Max(w, i == 0 ? 6 : heads[i - 1].Length)),
        ];
        terminal.Out.WriteLine(terminal.Paint.Bold(Line(["prompt", .. heads])));
        foreach (string[] row in rows)
            terminal.Out.WriteLine(Line(row));
        foreach (string environment in Environments)
        {
            if (Frozen(workspace, environment) is { } frozen)
                terminal.Out.WriteLine(
                    $"{environment} is frozen by {VersionText.Visible(frozen.By)}, {VersionText.Age(frozen.At, terminal)}: {VersionText.Visible(frozen.Why)}"
                );
        }

        string Line(string[] columns) => string.Join("  ", columns.Select((c, i) => c.PadRight(widths[i]))).TrimEnd();
    }

    /// <summary>One environment: also who, when and why.</summary>
    public void WriteDetails(ReleaseWorkspace workspace, Terminal terminal)
    {
        foreach (EnvironmentCell cell in Rows.Select(r => r[0]).OfType<EnvironmentCell>().Where(c => c.Problem is null))
        {
            string waiting = cell.Waiting > 0 ? $" · {Counted.Of(cell.Waiting, "approval")} of what is to come" : "";
            terminal.Out.WriteLine(
                cell.Record is { } record
                    ? $"{terminal.Paint.Bold(VersionText.Visible(workspace.Shown(cell.Prompt)))}  {cell.Text} · {record.KindWord} by "
                        + $"{VersionText.Visible(record.By)}, "
                        + $"{VersionText.Age(record.At, terminal)}{(record.From is { } from ? $", from {from}" : "")}{waiting}"
                    : $"{terminal.Paint.Bold(VersionText.Visible(workspace.Shown(cell.Prompt)))}  nothing yet{waiting}"
            );
            foreach (string line in cell.Record?.Why?.Split('\n') ?? [])
                terminal.Out.WriteLine("  " + VersionText.Visible(line));
        }
        if (Frozen(workspace, Environments[0]) is { } frozen)
            terminal.Out.WriteLine(
                $"{Environments[0]} is frozen by {VersionText.Visible(frozen.By)}, {VersionText.Age(frozen.At, terminal)}: {VersionText.Visible(frozen.Why)}"
            );
    }

    public void WriteJson(ReleaseWorkspace workspace, Terminal terminal) =>
        PromptJson.Write(
            terminal.Out,
            json =>
            {
                json.WriteStartArray();
                foreach (string environment in Environments)
                {
                    json.WriteStartObject();
                    json.Member("environment", environment);
                    json.WriteBoolean("retired", workspace.Settings.Releases.Find(environment) is null);
                    json.Member(
                        "frozen",
                        Frozen(workspace, environment) is { } frozen ? PromptJson.Object(("by", frozen.By), ("at", At(frozen.At)), ("why", frozen.Why)) : null
                    );
                    json.WriteStartArray("releases");
                    foreach (EnvironmentCell cell in Rows.SelectMany(r => r).OfType<EnvironmentCell>().Where(c => c.Environment == environment))
                        json.Value(Members(cell, workspace));
                    json.WriteEndArray();
                    json.WriteEndObject();
                }
                json.WriteEndArray();
            }
        );

    private static Dictionary<string, object?> Members(EnvironmentCell cell, ReleaseWorkspace workspace) =>
        PromptJson.Object(
            ("file", workspace.Shown(cell.Prompt)),
            ("release", cell.Record?.Name.Release),
            ("context", cell.Record?.Name.Context),
            ("fingerprint", cell.Record?.Fingerprint),
            ("version", cell.Version),
            ("behind", cell.Behind),
            ("kind", cell.Record?.KindWord),
            ("from", cell.Record?.From),
            ("by", cell.Record?.By),
            ("at", cell.Record is { } record ? At(record.At) : null),
            ("why", cell.Record?.Why),
            ("approvalsWaiting", cell.Waiting),
            ("problem", cell.Problem)
        );

    private static string At(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static Frozen? Frozen(ReleaseWorkspace workspace, string environment) => workspace.Folder.Frozen(environment);

    /// <summary>What of it cannot be read.</summary>
    public IEnumerable<string> Problems => Rows.SelectMany(r => r).OfType<EnvironmentCell>().Select(c => c.Problem).OfType<string>();
}

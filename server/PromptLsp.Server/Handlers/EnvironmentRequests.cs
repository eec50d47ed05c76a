using System.Globalization;
using PromptLsp.History.Diffs;
using PromptLsp.History.Git;
using PromptLsp.History.Store;
using PromptLsp.Language.Semantics;
using PromptLsp.Releases;
using PromptLsp.Releases.Environments;
using PromptLsp.Releases.Folder;
using PromptLsp.Releases.Gates;
using PromptLsp.Releases.Signing;
using PromptLsp.Server.Extensions;
using PromptLsp.Workspace;
using PromptLsp.Workspace.Files;
using PromptLsp.Workspace.Settings;

namespace PromptLsp.Server.Handlers;

/// <summary>What runs where, and a promotion before it is made.</summary>
internal static class EnvironmentRequests
{
    // Of a text that is shown whole.
    private const int MostLines = 2_000;

    private const string WhyGate = "why", WhyMissing = "say why, in the field for it";

    /// <summary>The environments of all open folders. No program is run for it.</summary>
    public static Task<object?> All(Session session, CancellationToken cancel) =>
        SessionReleases.LookAsync(() => new EnvironmentsResult([.. session.Releases.All().Select(w => Of(session, w, cancel))]), cancel);

    /// <summary>What a promotion would replace, and which gates are open.</summary>
    public static Task<object?> Promotion(Session session, Snapshot now, PromotionParams asked, CancellationToken cancel)
    {
        session.Releases.MustBeTrusted();
        return SessionReleases.LookAsync(
            () =>
            {
                (ReleaseWorkspace workspace, string prompt) = session.Releases.OfPrompt(asked.TextDocument.Uri);
                using Promotion promotion = workspace.Plan([prompt], asked.Environment, asked.Why, cancel);
                return Shape(workspace, promotion, Unsaved(now, workspace, promotion), cancel);
            },
            cancel
        );
    }

    /// <summary>The files that would be promoted, or decide about it, and whose text in the editor is another than on disk; from the root.</summary>
    public static string[] Unsaved(Snapshot now, ReleaseWorkspace workspace, Promotion promotion)
    {
        HashSet<string> meant = new(promotion.Moves.SelectMany(m => m.From is null ? m.Content.Files.Keys : []), StringComparer.Ordinal) { Roots.SettingsFile };
        return
        [
            .. now
                .OpenDocuments.Where(d => d.Path is { } path && now.Roots.Of(path).Folder == workspace.Root.Folder)
                .Where(d => meant.Contains(workspace.Root.Relative(d.Path!)))
                .Where(d => workspace.Snapshot.Disk.Read(d.Path!) is not { IsOk: true } saved || saved.Text.Content != d.Text.Content)
                .Select(d => workspace.Root.Relative(d.Path!))
                .Order(StringComparer.Ordinal),
        ];
    }

    private static EnvironmentsOfRoot Of(Session session, ReleaseWorkspace workspace, CancellationToken cancel)
    {
        string uri = FileUri.FromPath(workspace.Root.Folder),
            settings = FileUri.FromPath(Path.Join(workspace.Root.Folder, Roots.SettingsFile));
        string? you = session.Options.Trusted == false ? null : Mail(workspace);
        try
        {
            var overview = EnvironmentOverview.Read(workspace, you, cancel);
            return new(
                uri,
                settings,
                [.. overview.Table.Environments.Select(e => Shape(workspace, e))],
                [
                    .. overview.Rows.Select(r => new PromptInEnvironments(
                        UriOf(workspace, r[0].Prompt),
                        r[0].Prompt,
                        [.. r.Select((s, i) => Shape(session, workspace, s, overview.Table.Environments[i]))]
                    )),
                ],
                [
                    .. overview.Waiting.Select(w => new WaitingShape(
                        UriOf(workspace, w.Prompt),
                        w.Prompt,
                        w.Environment,
                        w.IsApproval ? "approve" : "promote",
                        w.Says
                    )),
                ]
            )
            {
                You = you,
                Problem = workspace.Settings.Releases.Problem,
            };
        }
        catch (ReleaseException failure)
        {
            return new(uri, settings, [], [], []) { Problem = failure.Message };
        }
    }

    private static string? Mail(ReleaseWorkspace workspace)
    {
        try
        {
            return Approving.MailOf(GitAuthor.Read(workspace.Root.Folder));
        }
        catch (ReleaseException)
        {
            return null;
        }
    }

    private static EnvironmentShape Shape(ReleaseWorkspace workspace, string name)
    {
        EnvironmentPolicy? policy = workspace.Settings.Releases.Find(name);
        return new(name)
        {
            From = policy?.From,
            Retired = policy is null ? true : null,
            Frozen = workspace.Folder.Frozen(name) is { } frozen ? new(frozen.By, At(frozen.At)) { Why = frozen.Why } : null,
            Approvals = policy?.Require.Approvals,
        };
    }

    private static CellShape Shape(Session session, ReleaseWorkspace workspace, EnvironmentStanding standing, string environment) =>
        Shape(standing, environment) with
        {
            Drift = standing.Cell is { } cell && session.Drifts.Of(workspace, cell) is { } drift
                ? new(At(drift.Since), At(drift.Checked), drift.Told, drift.Model, drift.Evaluation) { P = drift.P }
                : null,
        };

    private static CellShape Shape(EnvironmentStanding standing, string environment) => new(environment, NameOf(standing.Cell))
    {
        Release = standing.Cell?.Record?.Name.Release,
        Behind = standing.Cell?.Behind,
        Kind = standing.Cell?.Record?.KindWord,
        From = standing.Cell?.Record?.From,
        Since = standing.Cell?.Record is { } record ? Since(record) : null,
        Next = standing.Next is { } next ? NameOf(next) : null,
        Changed = standing.IsChanged ? true : null,
        Approvals = standing.Approvals > 0 ? standing.Approvals : null,
        Breaks = standing.Breaks,
        Problem = standing.Cell?.Problem ?? standing.Cell?.Edited,
        Edited = standing.Cell?.Edited is null ? null : true,
    };

    private static string NameOf(EnvironmentCell? cell) =>
        cell?.Record is not { } record ? ""
        : cell.Version is { } number ? string.Create(CultureInfo.InvariantCulture, $"v{number}")
        : record.Fingerprint[..PromptLsp.History.Fingerprint.ShownDigits];

    // One name everywhere: what this history does not know has no other than its fingerprint.
    private static string VersionOf(PromptVersion? version, string fingerprint) =>
        version?.Name ?? fingerprint[..PromptLsp.History.Fingerprint.ShownDigits];

    private static PromotionResult Shape(ReleaseWorkspace workspace, Promotion promotion, string[] unsaved, CancellationToken cancel)
    {
        PlannedMove move = promotion.Moves[0];
        using HistoryStore? store = workspace.Store();
        string? mail = Mail(workspace);
        var result = new PromotionResult(
            UriOf(workspace, move.Prompt),
            move.Prompt,
            promotion.To.Name,
            VersionOf(store?.WithText(move.Prompt, move.Content.Fingerprint), move.Content.Fingerprint),
            move.Seen,
            [.. move.Gates.Select(Shape)]
        )
        {
            From = promotion.To.From,
            Fingerprint = move.Content.Fingerprint,
            Next = [.. workspace.Settings.Releases.Environments.Where(e => e.From == promotion.To.Name).Select(e => e.Name)],
            Replaces = move.Now is { } now ? VersionOf(store?.WithText(move.Prompt, now.Fingerprint, now.At), now.Fingerprint) : null,
            Since = move.Now is { } there ? Since(there) : null,
            There = move.IsThere,
            Open = move is { IsOpen: true, IsThere: false } && unsaved.Length == 0,
            Approvable =
                promotion.To.Require is { Approvals: > 0 } require
                && !move.IsThere
                && mail is not null
                && (require.Approvers.IsEmpty || workspace.Settings.Releases.People(require.Approvers).Contains(mail)),
            Approved =
                mail is not null
                && workspace.Folder.Standing(promotion.To.Name, move.Prompt, mail) is { } own
                && own.Name == move.Content.Name
                && own.Replaces == move.Now?.Id
                    ? At(own.At)
                    : null,
            Unsaved = unsaved,
        };
        return move.NowContent is { } old && !move.IsThere ? WithDifference(result, new(old, move.Content), cancel) : WithText(result, move);
    }

    // Nobody says yes to what they have not seen: where there is nothing to compare with, all of it is shown.
    private static PromotionResult WithText(PromotionResult result, PlannedMove move)
    {
        string[] lines = move.Content.Text.TrimEnd('\n').Split('\n');
        int left = lines.Length - MostLines;
        IEnumerable<DiffLineShape> shown = lines
            .Take(MostLines)
            .Select((line, i) => new DiffLineShape(move.IsThere ? "same" : "added", line) { New = i });
        DiffLineShape[] more = left > 0 ? [new("same", $"… and {left} lines more")] : [];
        return result with { Compared = "alone", Hunks = [[.. shown, .. more]], PulledIn = [.. move.Content.PulledIn.Select(f => f.Path)] };
    }

    private static PromotionResult WithDifference(PromotionResult result, ReleaseDiff diff, CancellationToken cancel)
    {
        LineDiff? rendered = diff.Rendered(cancel);
        LineDiff shown = rendered is { IsEmpty: false } ? rendered : diff.Source();
        return result with
        {
            Compared = shown == rendered ? "rendered" : "source",
            Hunks = [.. shown.Hunks().Select(h => h.Rows.Select(Shape).ToArray())],
            PulledIn = [.. diff.OtherFiles()],
            Contract = [.. diff.Contract().Select((ContractChange c) => new ChangeShape(c.IsBreaking, c.Message))],
        };
    }

    // The command line has a switch for the reason, an editor asks for it.
    private static GateShape Shape(Gate gate) => new(gate.Name, gate.Holds, gate is { Name: WhyGate, Holds: false } ? WhyMissing : gate.Says);

    private static DiffLineShape Shape(DiffRow row) =>
        new(row.Kind switch { RowKind.Added => "added", RowKind.Removed => "removed", _ => "same" }, row.Text) { Old = row.OldLine, New = row.NewLine };

    private static MomentShape Since(ReleaseRecord record) => new(record.By, At(record.At)) { Why = record.Why };

    private static string UriOf(ReleaseWorkspace workspace, string prompt) => FileUri.FromPath(Path.GetFullPath(prompt, workspace.Root.Folder));

    private static string At(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}

using System.Collections.Immutable;
using PromptLsp.History.Files;
using PromptLsp.History.Git;
using PromptLsp.History.Store;
using PromptLsp.Releases.Content;
using PromptLsp.Releases.Folder;
using PromptLsp.Releases.Gates;
using PromptLsp.Releases.Signing;
using PromptLsp.Workspace;
using PromptLsp.Workspace.Files;
using PromptLsp.Workspace.Settings;

namespace PromptLsp.Releases;

/// <summary>One prompt's way into an environment, as it was seen.</summary>
/// <param name="From">The record that it comes from; null for the workspace itself.</param>
/// <param name="Now">What runs there now; null where nothing does.</param>
/// <param name="Draft">The folder that becomes the prompt's, absolute.</param>
public sealed record PlannedMove(
    string Prompt,
    ReleaseContent Content,
    ReleaseRecord? From,
    ReleaseRecord? Now,
    ReleaseContent? NowContent,
    string Draft,
    ImmutableArray<Gate> Gates
)
{
    /// <summary>The mail addresses of those who wrote it, where their own word does not count.</summary>
    public IReadOnlySet<string> Authors { get; init; } = ImmutableHashSet<string>.Empty;

    /// <summary>What evaluations showed of it, where some are required.</summary>
    public ImmutableArray<EvaluationEvidence> Evaluations { get; init; } = [];

    /// <summary>That very release runs there already.</summary>
    public bool IsThere => Now is { } now && now.Name == Content.Name;

    public bool IsOpen => Gates.All(g => g.Holds);

    /// <summary>Names what was seen, for somebody who decides later: another one where something has moved since.</summary>
    public string Seen => string.Join('.', Content.Release, Content.Context, From?.Id, Now?.Id);

    /// <summary>Makes sure that it is still what somebody saw.</summary>
    /// <param name="seen">The <see cref="Seen"/> of then; null for somebody who did not look.</param>
    /// <exception cref="ReleaseConflictException">It is not.</exception>
    public void MustBe(string? seen, string environment)
    {
        if (seen is null || seen == Seen)
            return;
        throw new ReleaseConflictException(
            seen[(seen.LastIndexOf('.') + 1)..] == (Now?.Id ?? "")
                ? $"`{Prompt}` is not what you looked at any more: what would come into {environment} has changed; look again"
                : $"somebody was faster: {environment} holds another release of `{Prompt}` than when you looked; look again"
        );
    }
}

/// <summary>
/// Prompts on their way into an environment: what would be replaced by what, and which gates are open. Until it is carried out, nothing is changed.
/// </summary>
public sealed class Promotion : IDisposable
{
    private readonly ReleaseFolder _folder;
    private readonly TimeProvider _clock;
    private readonly string _draft;

    private Promotion(ReleaseFolder folder, EnvironmentPolicy to, TimeProvider clock, string? why, Origin by) =>
        (_folder, To, _clock, Why, By, _draft) = (folder, to, clock, why, by, ReleaseWriter.Draft(folder));

    public EnvironmentPolicy To { get; }

    public string? Why { get; }

    public Origin By { get; }

    public ImmutableArray<PlannedMove> Moves { get; private set; } = [];

    public bool IsOpen => Moves.All(m => m.IsOpen || m.IsThere);

    /// <param name="snapshot">The workspace as it is on disk.</param>
    /// <param name="prompts">From the root.</param>
    /// <exception cref="ReleaseException">A release cannot be made.</exception>
    public static Promotion Plan(
        Snapshot snapshot,
        Root root,
        IEnumerable<string> prompts,
        string environment,
        string? why,
        Origin by,
        TimeProvider clock,
        CancellationToken cancel
    )
    {
        WorkspaceSettings settings = snapshot.SettingsOf(root);
        EnvironmentPolicy to = EnvironmentOf(settings.Releases, environment);
        var promotion = new Promotion(new(root, settings.Releases), to, clock, why, by);
        try
        {
            using var past = new Past(root);
            promotion.Moves = [.. prompts.Select((prompt, i) => promotion.Plan(prompt, i, snapshot, settings, past, cancel))];
            return promotion;
        }
        catch
        {
            promotion.Dispose();
            throw;
        }
    }

    /// <exception cref="ReleaseException">The settings name none such.</exception>
    public static EnvironmentPolicy EnvironmentOf(ReleasePolicy policy, string name) =>
        policy.Find(name)
        ?? throw new ReleaseException(
            policy.Environments.IsEmpty
                ? $"there is no environment `{name}`: promptlsp.yaml names none; write `environments: [dev, staging, production]` there"
                : $"there is no environment `{name}`; promptlsp.yaml names {string.Join(", ", policy.Environments.Select(e => $"`{e.Name}`"))}"
        );

    /// <summary>Makes all moves, or none.</summary>
    /// <param name="words">For each move whose gates are shut, the word of somebody who lets it in; none where all are open.</param>
    /// <exception cref="ReleaseConflictException">Something else runs there by now.</exception>
    /// <exception cref="ReleaseException">A gate is shut.</exception>
    public async Task<ImmutableArray<ReleaseRecord>> CarryOutAsync(ImmutableDictionary<string, Approval> words, CancellationToken cancel)
    {
        PlannedMove[] moves = [.. Moves.Where(m => !m.IsThere)];
        Move[] carried =
        [
            .. moves.Select(m => new Move(
                Record(m, words.GetValueOrDefault(m.Prompt)),
                m.Draft,
                m.Now?.Id,
                words.TryGetValue(m.Prompt, out Approval? word) ? [word] : []
            )),
        ];
        if (carried.Length == 0)
            return [];
        using ReleaseWriter writer = await ReleaseWriter.OpenAsync(_folder, _clock, cancel);
        MustStillHold(moves);
        writer.Carry(_draft, [.. carried]);
        return [.. carried.Select(m => m.Record)];
    }

    public void Dispose()
    {
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

    // What came between looking and writing: the environment before moved on, or this one was frozen.
    private void MustStillHold(PlannedMove[] moves)
    {
        foreach (PlannedMove move in moves)
        {
            if (move.From is { } from && _folder.Record(from.Environment, move.Prompt)?.Id != from.Id)
                throw new ReleaseConflictException(
                    $"somebody was faster: {from.Environment} holds another release of `{move.Prompt}` than when you looked; look again"
                );
            if (!move.Gates.Any(g => g.Name == "frozen") && _folder.Frozen(To.Name) is { } frozen)
                throw new ReleaseConflictException($"{To.Name} was frozen meanwhile by {frozen.By}: {frozen.Why}");
        }
    }

    private ReleaseRecord Record(PlannedMove move, Approval? word)
    {
        if (!move.IsOpen && word is null)
            throw new ReleaseException(
                $"`{move.Prompt}` does not get into {To.Name}: {string.Join("; ", move.Gates.Where(g => !g.Holds).Select(g => $"{g.Name}: {g.Says}"))}"
            );
        return new()
        {
            Kind = move.IsOpen ? MoveKind.Promoted : MoveKind.Overridden,
            Environment = To.Name,
            Prompt = move.Prompt,
            Name = move.Content.Name,
            Fingerprint = move.Content.Fingerprint,
            From = move.From?.Environment,
            Replaces = move.Now?.Id,
            By = By.Author,
            At = Now(_clock),
            Commit = By.Commit,
            Why = string.IsNullOrWhiteSpace(Why) ? null : Plain.Lines(Why, HistoryStore.LongestNote),
            Evaluations = move.Evaluations,
            Gates = move.IsOpen
                ? move.Gates
                : move.Gates.Add(new("override", true, $"by {word!.By}{(word.Signature is null ? " (unsigned: a mere claim)" : " (signed)")}")),
            Files = move.Content.Files.ToImmutableSortedDictionary(f => f.Key, f => History.Sha256.Hex(f.Value), StringComparer.Ordinal),
        };
    }

    /// <summary>That an environment is frozen from now on.</summary>
    public static Frozen Frozen(Origin by, string why, TimeProvider clock) => new(by.Author, Now(clock), Plain.Lines(why, HistoryStore.LongestNote));

    /// <summary>This second: what is written has no finer moments.</summary>
    internal static DateTimeOffset Now(TimeProvider clock) => DateTimeOffset.FromUnixTimeSeconds(clock.GetUtcNow().ToUnixTimeSeconds());

    private PlannedMove Plan(string prompt, int number, Snapshot snapshot, WorkspaceSettings settings, Past past, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        var drafting = new ReleaseDraft(snapshot, _folder.Root);
        (ReleaseRecord Record, ReleaseContent Content)? before = To.From is { } name ? Before(name, prompt) : null;
        ReleaseRecord? from = before?.Record;
        ImmutableSortedDictionary<string, byte[]> files = before is null
            ? drafting.OfWorkspace(prompt, To)
            : drafting.OfRelease(before.Value.Content, settings.Releases.Find(before.Value.Record.Environment), To);
        string draft = Path.Join(_draft, number.ToString(System.Globalization.CultureInfo.InvariantCulture));
        Write(files, Path.Join(draft, ReleaseFolder.FilesFolder));
        ReleaseContent content = ReleaseContent.Read(Path.Join(draft, ReleaseFolder.FilesFolder), prompt);
        (ReleaseRecord? now, ReleaseContent? nowContent) = _folder.Held(To.Name, prompt) is { } held ? held : ((ReleaseRecord?)null, (ReleaseContent?)null);
        var move = new PlannedMove(prompt, content, from, now, nowContent, draft, []);
        if (move.IsThere)
            return move;
        var approved = new ApprovedMove(To.Name, prompt, content.Name, now?.Id);
        (IReadOnlySet<string>? Mails, string? Problem) authors = To.Require.NotAuthor ? past.Authors(content, nowContent) : (null, null);
        var shown = ImmutableArray.CreateBuilder<EvaluationEvidence>();
        var keeper = new GateKeeper(
            _clock,
            () => past.Since(_folder, from),
            evaluation => Measured(evaluation, move, shown),
            () => Count(settings.Releases).Check(approved, To.Require, Words(prompt), () => authors)
        );
        ImmutableArray<Gate> gates = keeper.Check(new(To, settings, content, nowContent, Why, _folder.Frozen(To.Name)), cancel);
        return move with { Authors = authors.Mails ?? move.Authors, Gates = gates, Evaluations = shown.ToImmutable() };
    }

    private Gate Measured(RequiredEvaluation evaluation, PlannedMove move, ImmutableArray<EvaluationEvidence>.Builder shown)
    {
        (Gate gate, EvaluationEvidence? evidence) = new MeasuredReleases(_folder.Root, _clock).Check(evaluation, To, move.Content, move.NowContent);
        if (evidence is not null)
            shown.Add(evidence);
        return gate;
    }

    private (ReleaseRecord, ReleaseContent) Before(string environment, string prompt) =>
        _folder.Held(environment, prompt)
        ?? throw new ReleaseException(
            $"{environment} holds no release of `{prompt}`, and {To.Name} takes what {environment} holds; `promptlsp promote {prompt} --to "
                + $"{environment} -m WHY` first"
        );

    private IEnumerable<Approval> Words(string prompt) => _folder.Approvals(To.Name, prompt).Select(a => a.Approval).OfType<Approval>();

    private ApprovalCount Count(ReleasePolicy policy) => new(policy, SignaturesOf(_folder.Root, policy, _clock), static _ => false);

    /// <summary>Signatures as the workspace on disk has their keys.</summary>
    internal static SignatureCheck SignaturesOf(Root root, ReleasePolicy policy, TimeProvider clock)
    {
        string? text = RegularFile.Read(Path.Join(root.Folder, policy.Signers), Disk.LargestFile).Bytes is { } bytes
            ? System.Text.Encoding.UTF8.GetString(bytes.Span)
            : null;
        SshKeygen? keygen = null;
        return new(
            text is null ? Signers.None : Signers.Parse(text),
            policy.Signers,
            policy.Revoked is { } file ? Path.Join(root.Folder, file) : null,
            () => keygen ??= SshKeygen.Find(root.Folder),
            clock.GetUtcNow()
        );
    }

    private static void Write(ImmutableSortedDictionary<string, byte[]> files, string folder)
    {
        foreach ((string path, byte[] bytes) in files)
            WrittenFile.Create(Path.Join(folder, path), bytes);
    }

    /// <summary>What git knows, asked where a gate needs it.</summary>
    private sealed class Past(Root root) : IDisposable
    {
        private GitRepository? _git;
        private string? _problem;

        public (DateTimeOffset? At, string? Problem) Since(ReleaseFolder folder, ReleaseRecord? from)
        {
            if (from is null || Git() is not { } git || git.Head() is not { } head)
                return (null, _problem ?? "nothing is committed yet");
            return Moments.Since(git, head, $"{folder.Relative(from.Environment, from.Prompt)}/{ReleaseRecord.File}", from);
        }

        public (IReadOnlySet<string>? Mails, string? Problem) Authors(ReleaseContent content, ReleaseContent? now) =>
            Git() is { } git && git.Head() is { } head ? new Authors(git, head).Of(content, now) : (null, _problem ?? "nothing is committed yet");

        private GitRepository? Git()
        {
            try
            {
                return _git ??= _problem is null ? GitRepository.Of(root.Folder) : null;
            }
            catch (HistoryException none)
            {
                _problem = none.Message.TrimEnd('.');
                return null;
            }
        }

        public void Dispose() => _git?.Dispose();
    }
}

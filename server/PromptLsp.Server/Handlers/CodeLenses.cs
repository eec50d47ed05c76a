using System.Globalization;
using PromptLsp.History;
using PromptLsp.History.Diffs;
using PromptLsp.History.Lists;
using PromptLsp.Language.Rendering;
using PromptLsp.Language.Rendering.Previews;
using PromptLsp.Language.Semantics;
using PromptLsp.Releases.Environments;
using PromptLsp.Releases.Folder;
using PromptLsp.Server.History;
using PromptLsp.Server.Protocol;
using PromptLsp.Workspace;

namespace PromptLsp.Server.Handlers;

/// <summary>One line above a prompt: which version this is, its tags, how far it is from the newest tag, and what can be done with it.</summary>
internal static class CodeLenses
{
    /// <summary>So many environments, or groups of them, are told in a line that must leave room for what can be done.</summary>
    private const int MostTold = 3;

    public static async Task<object?> Answer(Session session, Snapshot now, CodeLensParams asked, CancellationToken cancel)
    {
        string uri = asked.TextDocument.Uri;
        if (now.FindOpen(uri) is not { IsOutOfStep: false, IsTooLarge: false, IsPrompt: true } document)
            return null;
        HistorySummary known = Histories.IsKept(document.Path) ? await session.Histories.KnownAsync(document.Path!) : new() { Off = "" };
        PromptModel? prompt = session.Flags.Asks ? now.Find(uri)?.Prompt : null;
        Standing standing = known.Head is null ? new(null, IsModified: false) : await session.Histories.StandingAsync(document.Path!, document.Text.Content);
        return Lenses(
                session,
                document,
                known,
                standing,
                prompt is null ? null : Statuses.KnownPreview(session, uri, prompt, cancel),
                prompt
            )
            .ToArray();
    }

    private static IEnumerable<CodeLens> Lenses(
        Session session,
        OpenDocument document,
        HistorySummary known,
        Standing standing,
        Preview? preview,
        PromptModel? prompt
    )
    {
        bool asks = session.Flags.Asks;
        string history = asks ? "promptlsp.history" : HistoryCommands.ShowHistory;
        if (document.Path is { } file && EditedRelease.RecordOf(file) is { } released)
            yield return Lens(ReleasedTitle(session, released), "", document.Uri);
        if (known.Off is null)
        {
            yield return Lens(VersionTitle(session, known, standing), history, document.Uri, standing.Version?.Name);
            if (standing.Version is { Tags: { IsEmpty: false } tags })
                yield return Lens(string.Join(", ", tags), history, document.Uri, standing.Version.Name);
            if (Distance(document, known) is { } distance)
                yield return Lens(distance, HistoryCommands.Compare, document.Uri, known.Tagged!.Tag);
        }
        if (Histories.IsKept(document.Path) && RunningTitle(session, document.Path!, known) is { Length: > 0 } running)
            yield return Lens(running, history, document.Uri);
        if (document.Path is { } path && session.Drifts.Of(session.Now, path) is { } drift)
            yield return Lens(
                $"⚠ drift since {drift.Since.ToLocalTime().ToString("d MMM", CultureInfo.InvariantCulture)}",
                EnvironmentDocuments.ShowDrift,
                document.Uri
            );
        // A partial is a part of a question.
        if (session.Options.Trusted != false && prompt?.Environment.IsPartial != true)
            yield return Lens("Run", asks ? "promptlsp.run" : Runs.Command, document.Uri);
        if (asks && prompt?.Header.Tests.IsEmpty == false)
            yield return Lens("Run tests", "promptlsp.runTests", document.Uri);
        if (asks)
            yield return Lens(PreviewTitle(preview), "promptlsp.preview", document.Uri);
    }

    private static string PreviewTitle(Preview? preview) =>
        preview?.Rendered.Failure is { Kind: not RenderFailureKind.Limit } ? "Preview · fails"
        : preview?.Tokens is { } tokens ? $"Preview · {tokens}"
        : "Preview";

    private static string VersionTitle(Session session, HistorySummary known, Standing standing)
    {
        if (standing.Version is not { } version)
            return "no version yet";
        string through = known.ChangedThrough.IsEmpty ? "" : $" · changed through {string.Join(", ", known.ChangedThrough.Select(Path.GetFileName))}";
        return $"{version.Name}{(standing.IsModified ? "*" : "")} · {version.AuthorName}, {VersionWords.Ago(version.At, session.Clock.GetUtcNow())}{through}";
    }

    private static string ReleasedTitle(Session session, ReleaseRecord record)
    {
        string deed = record.Kind switch
        {
            MoveKind.RolledBack => "brought back",
            MoveKind.Overridden => "let in although a gate was shut",
            _ => "promoted",
        };
        return $"release of {record.Prompt} in {record.Environment}, {deed} by {VersionWords.NameOf(record.By)}, "
            + $"{VersionWords.Ago(record.At, session.Clock.GetUtcNow())}; edit the prompt instead";
    }

    // `production v12 ▲3 · staging v14`: the last environment matters most. Numbers are this store's own; what it does not have has none. Of many
    // environments those that hold the same are told together, what is not the newest version first, and only so much of it: the view has the rest.
    private static string RunningTitle(Session session, string path, HistorySummary known)
    {
        (string Environment, string Words, bool IsNewest)[] running = [.. session.Running.Of(path).Releases.Reverse().Select(r => RunningWords(r, known))];
        if (running.Length <= MostTold)
            return string.Join(" · ", running.Select(r => $"{r.Environment} {r.Words}"));
        string[] groups =
        [
            .. running
                .GroupBy(r => (r.Words, r.IsNewest))
                .OrderBy(g => g.Key.IsNewest)
                .Select(g => $"{string.Join(", ", g.Select(r => r.Environment).Take(MostTold))}{More(g.Count())} {g.Key.Words}"),
        ];
        return string.Join(" · ", groups.Take(MostTold)) + More(groups.Length);

        static string More(int count) => count <= MostTold ? "" : string.Create(CultureInfo.InvariantCulture, $" +{count - MostTold}");
    }

    private static (string Environment, string Words, bool IsNewest) RunningWords(RunningRelease release, HistorySummary known)
    {
        bool isKnown = known.Running.TryGetValue(release.Record.Id, out int number);
        string name = isKnown ? string.Create(CultureInfo.InvariantCulture, $"v{number}") : release.Record.Fingerprint[..Fingerprint.ShownDigits];
        int steps = isKnown && known.Head?.Fingerprint != release.Record.Fingerprint ? (known.Head?.Number ?? number) - number : 0;
        string behind = steps > 0 ? string.Create(CultureInfo.InvariantCulture, $" ▲{steps}") : "";
        string remarks = (release.Record.Kind == MoveKind.Overridden ? " (overridden)" : "") + (release.IsEdited ? " (edited)" : "")
            + (release.IsFrozen ? " (frozen)" : "");
        return (release.Environment, name + behind + remarks, isKnown && steps == 0 && remarks.Length == 0);
    }

    // Nothing where the text is the tagged one's.
    private static string? Distance(OpenDocument document, HistorySummary known)
    {
        if (known.Tagged is not { } tagged)
            return null;
        LineDiff diff = LineDiff.Of(tagged.Text, document.Text.Content);
        return diff.Added + diff.Removed == 0 ? null : $"+{diff.Added} −{diff.Removed} since {tagged.Tag}";
    }

    private static CodeLens Lens(string title, string command, string uri, string? reference = null) =>
        new(default(Protocol.Range)) { Command = new(title) { Name = command, Arguments = [new(uri) { Ref = reference }] } };
}

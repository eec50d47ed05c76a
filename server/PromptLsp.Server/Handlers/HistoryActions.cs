using PromptLsp.History;
using PromptLsp.History.Lists;
using PromptLsp.History.Store;
using PromptLsp.Server.Extensions;
using PromptLsp.Server.History;
using PromptLsp.Server.Protocol;
using PromptLsp.Workspace;

namespace PromptLsp.Server.Handlers;

/// <summary>
/// Tag, describe, roll back and compare, offered on the front matter. Every command is complete, so that any client can run it; those that
/// want to be asked about end in <c>…</c> and go only to a client that can ask a person.
/// </summary>
internal static class HistoryActions
{
    public const string Kind = "refactor.history";

    private const int NewestOffered = 3;

    public static IEnumerable<CodeAction> Of(Session session, OpenDocument document)
    {
        if (document.Path is not { } path || session.Histories.Known(path) is not { Off: null, Head: { } head } known)
            yield break;
        string uri = document.Uri;
        PromptVersion shown = known.Standing(Fingerprint.Of(document.Text.Content)).Version ?? head;
        if (session.Flags.Asks)
        {
            yield return Action("Tag this version…", HistoryCommands.Tag, new(uri) { Ref = shown.Name });
            yield return Action("Describe this version…", HistoryCommands.Describe, new(uri) { Ref = shown.Name });
        }
        else
        {
            foreach (Tag tag in known.Tags.Where(t => t.Number != shown.Number))
                yield return Action(
                    $"Move `{tag.Name}` from v{tag.Number} to {shown.Name}",
                    HistoryCommands.Tag,
                    new(uri)
                    {
                        Ref = shown.Name,
                        Name = tag.Name,
                        Expected = tag.Number,
                    }
                );
            string name = FreeName(path, known);
            yield return Action($"Tag {shown.Name} as `{name}`", HistoryCommands.Tag, new(uri) { Ref = shown.Name, Name = name });
            yield return Action("Show history", HistoryCommands.ShowHistory, new(uri));
        }
        foreach ((string reference, string said) in Offered(session, known, shown))
        {
            yield return Action(
                $"Roll back to {said}",
                HistoryCommands.Rollback,
                new(uri)
                {
                    Ref = reference,
                    Expected = head.Number,
                    Note = session.Flags.Asks ? null : "from the editor",
                }
            );
            yield return Action($"Compare with {said}", HistoryCommands.Compare, new(uri) { Ref = reference });
        }
        if (session.Flags.Asks)
        {
            yield return Action("Roll back… (choose a version)", HistoryCommands.Rollback, new(uri));
            yield return Action("Compare… (choose a version)", HistoryCommands.Compare, new(uri));
        }
    }

    private static IEnumerable<(string Reference, string Said)> Offered(Session session, HistorySummary known, PromptVersion shown)
    {
        DateTimeOffset now = session.Clock.GetUtcNow();
        var tagged = known.Tags.Where(t => t.Number != shown.Number).Select(t => (t.Number, Reference: t.Name, Said: $"{t.Name} (v{t.Number})"));
        var newest = known
            .Newest.Where(v => v.Number != shown.Number)
            .Take(NewestOffered)
            .Select(v => (v.Number, Reference: v.Name, Said: $"{v.Name} ({Shortened(v.NoteLine) ?? VersionWords.Ago(v.At, now)})"));
        return newest.Concat(tagged).DistinctBy(v => v.Number).Select(v => (v.Reference, v.Said));
    }

    private static string? Shortened(string? note) => note is { Length: > 40 } ? note[..39] + "…" : note;

    // `NAME-v2` where `NAME-v1` is taken.
    private static string FreeName(string path, HistorySummary known)
    {
        string name = new([
            .. Path.GetFileNameWithoutExtension(path)
                .Where(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-')
                .SkipWhile(c => !char.IsAsciiLetterOrDigit(c))
                .Take(40),
        ]);
        name = name.Length == 0 ? "prompt" : name;
        int next = 1;
        while (known.Tags.Any(t => t.Name == $"{name}-v{next}"))
            next++;
        return $"{name}-v{next}";
    }

    private static CodeAction Action(string title, string command, HistoryArgument argument) =>
        new(title) { Kind = Kind, Command = new(title) { Name = command, Arguments = [argument] } };
}

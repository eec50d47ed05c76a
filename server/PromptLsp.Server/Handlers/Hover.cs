using PromptLsp.History.Lists;
using PromptLsp.History.Store;
using PromptLsp.Language.Hover;
using PromptLsp.Language.Text;
using PromptLsp.Server.History;
using PromptLsp.Server.Protocol;
using PromptLsp.Workspace;

namespace PromptLsp.Server.Handlers;

/// <summary>What there is to say of a place, and who changed its line last.</summary>
internal static class Hover
{
    private const int MostMoves = 3;

    // A store that somebody holds must not hold up a hover.
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(200);

    public static async Task<object?> Answer(Session session, Snapshot now, TextDocumentPositionParams asked, CancellationToken cancel)
    {
        string uri = asked.TextDocument.Uri;
        if (now.FindSettings(uri) is { } settings)
            return Hovers.InSettings(settings.Text, settings.Text.OffsetAt(asked.Position)) is { } key
                ? ToLsp(session.Flags, key.Span, key.Markdown, settings.Text)
                : null;
        if (Evaluations.Find(now, uri) is { } evaluation)
            return Hovers.InEvaluation(evaluation.Text, evaluation.Text.OffsetAt(asked.Position), Evaluations.PromptOf(now, evaluation)) is { } found
                ? ToLsp(session.Flags, found.Span, found.Markdown, evaluation.Text)
                : null;
        if (
            now.Find(uri) is not { } open
            || Hovers.At(open.Prompt, open.Text.OffsetAt(asked.Position), session.Samples.Of(uri, open.Prompt), cancel) is not { } hover
        )
            return null;
        return ToLsp(session.Flags, hover.Span, hover.With(await LineHistoryAsync(session, open.Document, asked.Position.Line, cancel)), open.Text);
    }

    private static async Task<string> LineHistoryAsync(Session session, OpenDocument document, int line, CancellationToken cancel)
    {
        if (document.Path is not { } path || document.IsOutOfStep || !Histories.IsKept(path) || session.Histories.Off is not null)
            return "";
        try
        {
            LineBlame.Line? found = await session
                .Histories.LineBlame.AtAsync(path, document.Text.Content, line, cancel)
                .WaitAsync(Patience, session.Clock, cancel);
            return found?.Version is { } version
                ? Words(version, session.Clock.GetUtcNow()) + Moves(version, session.Histories.Known(path), session.Clock.GetUtcNow())
                : "";
        }
        catch (TimeoutException)
        {
            return "";
        }
    }

    private static string Words(PromptVersion version, DateTimeOffset now)
    {
        string tags = version.Tags.IsEmpty ? "" : " · " + string.Join(", ", version.Tags.Select(Markdown.Code));
        string note = version.Note is { Length: > 0 } why ? "\n\n" + Markdown.Escape(why) : "";
        return $"*This line:* {Markdown.Escape(version.AuthorName)}, {VersionWords.Ago(version.At, now)} · **{version.Name}**{tags}{note}";
    }

    // What the records claim became of it.
    private static string Moves(PromptVersion version, HistorySummary? known, DateTimeOffset now) =>
        string.Concat(
            known?.Moves.Where(m => m.Version == version.Number)
                .Take(MostMoves)
                .Select(m =>
                    $"\n\n{Markdown.Escape(m.Deed)} by {Markdown.Escape(VersionWords.NameOf(m.Author))}, {VersionWords.Ago(m.At, now)}"
                    + (m.Why is { } why ? " — " + Markdown.Escape(why.Split('\n')[0]) : "")
                ) ?? []
        );

    private static Protocol.Hover ToLsp(ClientFlags client, TextSpan span, string markdown, SourceText text) =>
        new(MarkupContent.Of(markdown, client.ShowsMarkdownHovers)) { Range = text.RangeOf(span) };
}

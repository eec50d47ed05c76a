using System.Globalization;
using System.Text.RegularExpressions;
using PromptLsp.Language.Completion;
using PromptLsp.Language.Text;
using PromptLsp.Server.Protocol;
using PromptLsp.Workspace;

namespace PromptLsp.Server.Handlers;

/// <summary>What could be typed here; an item's documentation is made when the client asks for that item.</summary>
internal sealed partial class Completion(Session session)
{
    // A client resolves items of the list that it shows, which is the last one it was given.
    private Offered _last = new(0, []);
    private int _lists;

    public Protocol.CompletionList? Answer(Snapshot now, CompletionParams asked, CancellationToken cancel)
    {
        string uri = asked.TextDocument.Uri;
        if (now.FindSettings(uri) is { } settings)
            return Offer(Completions.InSettings(settings.Text, settings.Text.OffsetAt(asked.Position)), settings.Text);
        if (Evaluations.Find(now, uri) is { } evaluation)
            return Offer(
                Completions.InEvaluation(evaluation.Text, evaluation.Text.OffsetAt(asked.Position), Evaluations.NamesIn(now, evaluation)),
                evaluation.Text
            );
        return now.Find(uri) is { } open
            ? Offer(Completions.At(open.Prompt, open.Text.OffsetAt(asked.Position)), open.Text, isAsked: asked.Context?.TriggerCharacter is null)
            : null;
    }

    public Protocol.CompletionItem Resolve(Snapshot now, Protocol.CompletionItem item, CancellationToken cancel)
    {
        Offered last = Volatile.Read(ref _last);
        if (item.Data is not [var list, var index] || list != last.List || index < 0 || index >= last.Items.Length)
            return item;
        return last.Items[index].Documentation?.Invoke() is { } markdown
            ? item with
            {
                Documentation = MarkupContent.Of(markdown, session.Flags.ShowsMarkdownCompletions),
            }
            : item;
    }

    private Protocol.CompletionList Offer(Language.Completion.CompletionList found, SourceText text, bool isAsked = true)
    {
        var offered = new Offered(Interlocked.Increment(ref _lists), [.. found.Items.Where(item => isAsked || !item.OnlyAsked)]);
        Volatile.Write(ref _last, offered);
        var items = new Protocol.CompletionItem[offered.Items.Length];
        for (int i = 0; i < items.Length; i++)
            items[i] = ToClient(offered.Items[i].ToLsp(text)) with { SortText = i.ToString("D4", CultureInfo.InvariantCulture), Data = [offered.List, i] };
        return new(!found.IsComplete, items);
    }

    private Protocol.CompletionItem ToClient(Protocol.CompletionItem item)
    {
        // A client that does not know the command would say so to whoever takes the item.
        if (item.Command is not null && !session.Flags.Asks)
            item = item with { Command = null };
        return item.InsertTextFormat is null || session.Flags.TakesSnippets ? item : item with
        {
            InsertTextFormat = null,
            TextEdit = item.TextEdit! with { NewText = Placeholder().Replace(item.TextEdit.NewText, "${default}${escaped}") },
        };
    }

    // For a client without snippets: `${1:name}` is its default, `$0` is nothing, `\}` is itself.
    [GeneratedRegex(@"\$\{\d+:(?<default>[^}]*)\}|\$\d+|\\(?<escaped>[$}\\])", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Placeholder();

    private sealed record Offered(int List, Language.Completion.CompletionItem[] Items);
}

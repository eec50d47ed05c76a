using PromptLsp.Language.Rendering;
using PromptLsp.Language.Rendering.Samples;
using PromptLsp.Language.Semantics;
using PromptLsp.Language.Text;
using PromptLsp.Server.Extensions;
using PromptLsp.Workspace;
using PromptLsp.Workspace.Files;

namespace PromptLsp.Server.Handlers;

/// <summary>What the model would get from a prompt, open or on disk.</summary>
internal static class Previews
{
    private const int LongestText = 200_000;

    public static PreviewResult? Answer(Session session, Snapshot now, PreviewParams asked, CancellationToken cancel)
    {
        string uri = asked.TextDocument.Uri;
        string? path = FileUri.ToPath(uri);
        if (!TryFind(now, uri, path, out PromptModel? prompt, out int? version) || !SampleRenderings.CanRender(prompt))
            return null;
        Sample? sample = prompt.Header.Samples.FirstOrDefault(s => string.Equals(s.Name, asked.Sample, StringComparison.Ordinal)) ?? prompt.Header.Samples.FirstOrDefault();
        RenderedPrompt rendered = Renderer.Render(prompt, SampleChoice.Of(prompt, sample).Inputs, prompt.Environment.PreviewLimits, cancel);
        TokenCounter? counter = prompt.Environment.Tokens(prompt.Header.Model ?? "");
        if (counter is null)
            session.Diagnostics.OweTokens(uri);
        return Convert(new Place(now, uri, path, prompt.Document.Text), rendered, counter) with
        {
            DocumentVersion = version,
            Samples = [.. prompt.Header.Samples.Select(s => s.Name)],
            Sample = sample?.Name,
            TokenLimit = Statuses.LimitOf(prompt),
        };
    }

    private static bool TryFind(Snapshot now, string uri, string? path, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out PromptModel? prompt, out int? version)
    {
        version = now.FindOpen(uri)?.Version;
        prompt = version is not null ? now.Find(uri)?.Prompt : path is not null && path.EndsWith(Discovery.Extension, StringComparison.Ordinal) ? now.ModelOf(path) : null;
        return prompt is not null;
    }

    private static PreviewResult Convert(Place place, RenderedPrompt rendered, TokenCounter? counter)
    {
        int left = LongestText;
        bool isCut = false;
        var messages = new List<PreviewMessage>(rendered.Messages.Length);
        foreach (RenderedMessage message in rendered.Messages)
        {
            var parts = new List<PreviewPart>(message.Parts.Length);
            foreach (MessagePart part in message.Parts)
            {
                if (left <= 0)
                {
                    isCut = true;
                    break;
                }
                parts.Add(Part(place, part, left));
                left -= part is TextPart text ? text.Text.Length : 0;
                isCut |= left < 0;
            }
            messages.Add(new(message.Role, message.IsHistory, [.. parts]) { Tokens = counter is null ? null : message.Parts.OfType<TextPart>().Sum(p => counter.Count(p.Text)) });
            if (isCut)
                break;
        }
        return new([], [.. messages])
        {
            Tokens = isCut ? null : counter is null ? null : messages.Sum(m => m.Tokens),
            Failure = rendered.Failure is { } failure ? new(failure.Reason, failure.Kind == RenderFailureKind.Limit, place.UriOf(failure.Path), place.RangeOf(failure.Path, failure.Span))
                : isCut ? new("only the first 200 000 characters are shown", true, place.Uri, default)
                : null,
        };
    }

    private static PreviewPart Part(Place place, MessagePart part, int most) => part switch
    {
        TextPart text => new("text")
        {
            Text = text.Text.Length <= most ? text.Text : text.Text[..most],
            Values = [.. text.Values.Where(v => v.Span.End <= most).Select(v => new PreviewValue(
                v.Span.Start, v.Span.End, place.UriOf(v.Origin.Path), place.RangeOf(v.Origin.Path, v.Origin.Span), [.. v.Origin.Inputs], v.Origin.IsUntrusted))],
        },
        MediaPart media => new("media") { Url = media.Url, ContentType = media.ContentType },
        SectionPart section => new("section") { Name = section.Name },
        _ => new("text") { Text = "", Values = [] },
    };

    /// <summary>Finds the places that a rendering names: in the prompt itself, or in a partial by its path from the root.</summary>
    private sealed class Place(Snapshot now, string uri, string? path, SourceText text)
    {
        private readonly Dictionary<string, (string Uri, SourceText? Text)> _partials = new(StringComparer.Ordinal);

        public string Uri => uri;

        public string UriOf(string? partial) => partial is null ? uri : Find(partial).Uri;

        public Protocol.Range RangeOf(string? partial, TextSpan span) => ((partial is null ? text : Find(partial).Text) ?? SourceText.Empty).RangeOf(span);

        private (string Uri, SourceText? Text) Find(string partial)
        {
            if (!_partials.TryGetValue(partial, out var found))
            {
                string full = path is null ? partial : Path.GetFullPath(partial, now.Roots.Of(path).Folder);
                _partials.Add(partial, found = (FileUri.FromPath(full), now.TextOf(full)));
            }
            return found;
        }
    }
}

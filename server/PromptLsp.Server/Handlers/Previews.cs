using PromptLsp.Language.Rendering;
using PromptLsp.Language.Rendering.Previews;
using PromptLsp.Language.Rendering.Samples;
using PromptLsp.Language.Semantics;
using PromptLsp.Language.Syntax.Formats;
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
        if (!TryFind(now, uri, path, out PromptModel? prompt, out int? version))
            return null;
        if (PreviewMarkdown.WhyNone(prompt) is { } why)
            return new([], []) { DocumentVersion = version, Unavailable = why };
        Sample? sample = prompt.Header.FindSample(asked.Sample) ?? prompt.Header.Samples.FirstOrDefault();
        if (session.Samples.Choose(uri, sample == prompt.Header.Samples.FirstOrDefault() ? null : sample?.Name, asked.Inputs))
            session.ShowsOtherSample(uri);
        TypedInputs typed = asked.Inputs is { } texts ? TypedInputs.Read(prompt, texts) : TypedInputs.None;
        SampleChoice choice = SampleChoice.Of(prompt, sample, typed);
        RenderedPrompt rendered = Renderer.Render(prompt, choice.Inputs, prompt.Environment.PreviewLimits, cancel);
        TokenCounter? counter = prompt.Environment.Tokens(prompt.Header.Model ?? "");
        if (counter is null)
            session.Diagnostics.OweTokens(uri);
        return Convert(new Place(now, uri, path, prompt), rendered, counter) with
        {
            DocumentVersion = version,
            Samples = [.. prompt.Header.Samples.Select(s => s.Name)],
            Sample = sample?.Name,
            Inputs = [.. ShownInput.Of(prompt, choice).Select(i => Input(i, asked.Inputs, typed))],
            TokenLimit = Statuses.LimitOf(prompt),
        };
    }

    // What cannot be read stays in its field as it was typed.
    private static PreviewInput Input(ShownInput input, IReadOnlyDictionary<string, string>? texts, TypedInputs typed)
    {
        string? problem = typed.Problems.GetValueOrDefault(input.Name),
            text = texts?.GetValueOrDefault(input.Name);
        return new(
            input.Name,
            problem is null ? input.Text : text!,
            problem is null ? SourceWord(input.Source) : "changed",
            input.Type.Display,
            input.IsOptional,
            [.. input.Choices]
        )
        {
            Problem = problem,
        };
    }

    private static string SourceWord(InputSource source) => source switch
    {
        InputSource.Sample => "sample",
        InputSource.Default => "default",
        InputSource.Invented => "invented",
        InputSource.Changed => "changed",
        _ => "nothing",
    };

    private static bool TryFind(
        Snapshot now,
        string uri,
        string? path,
        [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out PromptModel? prompt,
        out int? version
    )
    {
        version = now.FindOpen(uri)?.Version;
        prompt =
            version is not null ? now.Find(uri)?.Prompt
            : path is not null && KnownFormats.Has(path) ? now.ModelOf(path)
            : null;
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
            messages.Add(
                new(message.Role, message.IsHistory, [.. parts])
                {
                    Tokens = Count(message, place.Prompt, counter)?.Tokens,
                    Cost = Count(message, place.Prompt, counter)?.Cost?.ToString(),
                }
            );
            if (isCut)
                break;
        }
        // What was written until it stopped is no measure.
        TokenCount? tokens =
            isCut || counter is null || rendered.Failure is not null ? null : TokenCount.Of(place.Prompt, messages.Sum(m => m.Tokens ?? 0), counter);
        return new([], [.. messages])
        {
            HistoryAt = rendered.Failure is null ? rendered.HistoryGap : null,
            Tokens = tokens?.Tokens,
            About = tokens?.IsExact == false ? true : null,
            Cost = tokens?.Cost?.ToString(),
            Failure =
                rendered.Failure is { } failure
                    ? new(failure.Reason, failure.Kind == RenderFailureKind.Limit, place.UriOf(failure.Path), place.RangeOf(failure.Path, failure.Span))
                : isCut ? new("only the first 200 000 characters are shown", true, place.Uri, default)
                : null,
        };
    }

    private static TokenCount? Count(RenderedMessage message, PromptModel prompt, TokenCounter? counter) =>
        counter is null ? null : TokenCount.Of(prompt, message.Parts.OfType<TextPart>().Sum(p => counter.Count(p.Text)), counter);

    private static PreviewPart Part(Place place, MessagePart part, int most) =>
        part switch
        {
            TextPart text => new("text")
            {
                Text = text.Text.Length <= most ? text.Text : text.Text[..most],
                Values =
                [
                    .. text
                        .Values.Where(v => v.Span.End <= most)
                        .Select(v => new PreviewValue(
                            v.Span.Start,
                            v.Span.End,
                            place.UriOf(v.Origin.Path),
                            place.RangeOf(v.Origin.Path, v.Origin.Span),
                            [.. v.Origin.Inputs],
                            v.Origin.IsUntrusted
                        )),
                ],
            },
            MediaPart media => new("media") { Url = media.Url, ContentType = media.ContentType },
            SectionPart section => new("section") { Name = section.Name },
            _ => new("text") { Text = "", Values = [] },
        };

    /// <summary>Finds the places that a rendering names: in the prompt itself, or in a partial by its path from the root.</summary>
    private sealed class Place(Snapshot now, string uri, string? path, PromptModel prompt)
    {
        public PromptModel Prompt => prompt;

        private readonly Dictionary<string, (string Uri, SourceText? Text)> _partials = new(StringComparer.Ordinal);

        public string Uri => uri;

        public string UriOf(string? partial) => partial is null ? uri : Find(partial).Uri;

        public Protocol.Range RangeOf(string? partial, TextSpan span) =>
            ((partial is null ? prompt.Document.Text : Find(partial).Text) ?? SourceText.Empty).RangeOf(span);

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

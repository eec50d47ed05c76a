using System.Collections.Immutable;
using PromptLsp.Language.Rendering.Previews;
using PromptLsp.Language.Rendering.Samples;
using PromptLsp.Language.Semantics;
using PromptLsp.Language.Syntax;
using PromptLsp.Language.Syntax.Body;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Hover;

/// <summary>On a role, on text, on the fences of the front matter and on a sample: what the model would get.</summary>
internal static class PreviewHover
{
    public static HoverText? At(PromptModel prompt, int offset, SampleChoice? shown, CancellationToken cancel)
    {
        if (SampleAt(prompt.Header, offset) is var (name, sample))
            return Of(prompt, name, SampleChoice.Of(prompt, sample), cancel);
        return PlaceAt(prompt.Document, offset) is { } place ? Of(prompt, place, shown, cancel) : null;
    }

    private static HoverText? Of(PromptModel prompt, TextSpan place, SampleChoice? choice, CancellationToken cancel)
    {
        if (!SampleRenderings.CanRender(prompt))
            return prompt.Document.Body.Span.IsEmpty ? null : new(place, "") { Preview = $"*{PreviewMarkdown.WhyNone(prompt)}*" };
        Preview? preview = choice is null ? Preview.Of(prompt, cancel) : Preview.Of(prompt, choice, prompt.Environment.PreviewLimits, cancel);
        return preview is null ? null : new(place, "") { Preview = PreviewMarkdown.Of(prompt, preview) };
    }

    // On a sample's name, where it is given and where a test calls it.
    private static (TextSpan Name, Sample Sample)? SampleAt(PromptHeader header, int offset)
    {
        foreach (Sample sample in header.Samples)
        {
            if (sample.NameSpan.Touches(offset))
                return (sample.NameSpan, sample);
        }
        foreach (PromptTest test in header.Tests)
        {
            if (test.SampleSpan is { } span && span.Touches(offset) && header.FindSample(test.Sample) is { } called)
                return (span, called);
        }
        return null;
    }

    private static TextSpan? PlaceAt(PromptDocument document, int offset)
    {
        FrontMatter front = document.FrontMatter;
        if (front.OpenFence is { } open && open.Touches(offset))
            return open;
        if (front.CloseFence is { } close && close.Touches(offset))
            return close;
        if (offset < document.Body.Span.Start)
            return null;
        ImmutableArray<SyntaxNode> path = document.Body.PathTo(offset);
        if (path.OfType<CallExpression>().LastOrDefault() is { Kind: CallKind.Role or CallKind.History } call)
            return call.Span;
        // A long text would be drawn as one highlight over the whole screen: its line says enough.
        return path.IsEmpty || path[^1] is TextNode ? LineOf(document, offset) : null;
    }

    private static TextSpan? LineOf(PromptDocument document, int offset)
    {
        if (document.Body.IslandAt(offset) is { } island && island.Start < offset && offset < island.End)
            return null;
        TextSpan line = document.Text.LineSpan(document.Text.LineAt(offset));
        // Between \r and \n there is nothing to point at.
        return line.IsEmpty || !line.Touches(offset) ? null : line;
    }
}

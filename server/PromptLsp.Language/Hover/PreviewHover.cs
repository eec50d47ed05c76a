using System.Collections.Immutable;
using PromptLsp.Language.Rendering.Previews;
using PromptLsp.Language.Semantics;
using PromptLsp.Language.Syntax;
using PromptLsp.Language.Syntax.Body;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Hover;

/// <summary>On a role, on text and on the fences of the front matter: what the model would get.</summary>
internal static class PreviewHover
{
    public static HoverText? At(PromptModel prompt, int offset, CancellationToken cancel) =>
        PlaceAt(prompt.Document, offset) is { } place && Preview.Of(prompt, cancel) is { } preview
            ? new(place, PreviewMarkdown.Of(prompt, preview))
            : null;

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

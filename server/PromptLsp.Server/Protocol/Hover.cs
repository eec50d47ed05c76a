namespace PromptLsp.Server.Protocol;

internal sealed record Hover(MarkupContent Contents)
{
    public Range? Range { get; init; }
}

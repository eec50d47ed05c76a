using PromptLsp.Server.Rpc;

namespace PromptLsp.Server.Protocol;

internal sealed record Hover(MarkupContent Contents) : ISent
{
    public Range? Range { get; init; }

    public void Write(Members to) => to.Add("contents", Contents).Add("range", Range);
}

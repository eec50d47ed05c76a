using PromptLsp.Server.Rpc;

namespace PromptLsp.Server.Protocol;

internal sealed record Hover(MarkupContent Contents) : ISent
{
    public Range? Range { get; init; }

    public void Write(JsonMembers to) => to.Add("contents", Contents).Add("range", Range);
}

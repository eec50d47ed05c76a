using PromptLsp.Server.Rpc;

namespace PromptLsp.Server.Protocol;

internal sealed record WorkDoneProgressBegin(string Title) : ISent
{
    public string Kind => "begin";

    public void Write(JsonMembers to) => to.Add("title", Title).Add("kind", Kind);
}

internal sealed record WorkDoneProgressEnd : ISent
{
    public string Kind => "end";

    public void Write(JsonMembers to) => to.Add("kind", Kind);
}

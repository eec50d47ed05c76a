namespace PromptLsp.Server.Protocol;

internal sealed record WorkDoneProgressBegin(string Title)
{
    public string Kind => "begin";
}

internal sealed record WorkDoneProgressEnd
{
    public string Kind => "end";
}

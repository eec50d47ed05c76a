using System.Text.Json;
using PromptLsp.Server.Rpc;

namespace PromptLsp.Server.Protocol;

internal sealed record DocumentSymbolParams(TextDocumentIdentifier TextDocument)
{
    public static DocumentSymbolParams Read(JsonElement from) => new(from.Object("textDocument", TextDocumentIdentifier.Read));
}

internal sealed record FoldingRangeParams(TextDocumentIdentifier TextDocument)
{
    public static FoldingRangeParams Read(JsonElement from) => new(from.Object("textDocument", TextDocumentIdentifier.Read));
}

internal sealed record DocumentLinkParams(TextDocumentIdentifier TextDocument)
{
    public static DocumentLinkParams Read(JsonElement from) => new(from.Object("textDocument", TextDocumentIdentifier.Read));
}

internal sealed record DocumentSymbol(string Name, int Kind, Range Range, Range SelectionRange) : ISent
{
    public string? Detail { get; init; }

    public DocumentSymbol[]? Children { get; init; }

    public void Write(JsonMembers to) => to
        .Add("name", Name)
        .Add("kind", Kind)
        .Add("range", Range)
        .Add("selectionRange", SelectionRange)
        .Add("detail", Detail)
        .Add("children", Children);
}

internal sealed record WorkspaceSymbolParams(string Query)
{
    public static WorkspaceSymbolParams Read(JsonElement from) => new(from.String("query"));
}

internal sealed record WorkspaceSymbol(string Name, int Kind, Location Location) : ISent
{
    public string? ContainerName { get; init; }

    public void Write(JsonMembers to) => to.Add("name", Name).Add("kind", Kind).Add("location", Location).Add("containerName", ContainerName);
}

internal sealed record FoldingRange(int StartLine, int EndLine) : ISent
{
    public string? Kind { get; init; }

    public void Write(JsonMembers to) => to.Add("startLine", StartLine).Add("endLine", EndLine).Add("kind", Kind);
}

internal sealed record DocumentLink(Range Range) : ISent
{
    public string? Target { get; init; }

    public void Write(JsonMembers to) => to.Add("range", Range).Add("target", Target);
}

internal sealed record DocumentLinkOptions : ISent
{
    public bool ResolveProvider => false;

    public void Write(JsonMembers to) => to.Add("resolveProvider", ResolveProvider);
}

using System.Text.Json;
using PromptLsp.Server.Rpc;

namespace PromptLsp.Server.Protocol;

internal sealed record CodeLensParams(TextDocumentIdentifier TextDocument)
{
    public static CodeLensParams Read(JsonElement from) => new(from.Object("textDocument", TextDocumentIdentifier.Read));
}

internal sealed record CodeLens(Range Range) : ISent
{
    public Command? Command { get; init; }

    public void Write(JsonMembers to) => to.Add("range", Range).Add("command", Command);
}

internal sealed record CodeLensOptions : ISent
{
    public bool ResolveProvider => false;

    public void Write(JsonMembers to) => to.Add("resolveProvider", ResolveProvider);
}

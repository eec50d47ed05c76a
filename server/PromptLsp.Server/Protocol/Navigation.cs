using System.Text.Json;
using PromptLsp.Server.Rpc;

namespace PromptLsp.Server.Protocol;

internal sealed record ReferenceParams(TextDocumentIdentifier TextDocument, Position Position)
{
    public ReferenceContext? Context { get; init; }

    public static ReferenceParams Read(JsonElement from) =>
        new(from.Object("textDocument", TextDocumentIdentifier.Read), from.Object("position", Position.Read))
        {
            Context = from.Optional("context", ReferenceContext.Read),
        };
}

internal sealed record ReferenceContext(bool IncludeDeclaration)
{
    public static ReferenceContext Read(JsonElement from) => new(from.Bool("includeDeclaration"));
}

/// <summary>2 is read, 3 is written.</summary>
internal sealed record DocumentHighlight(Range Range, int Kind) : ISent
{
    public void Write(JsonMembers to) => to.Add("range", Range).Add("kind", Kind);
}

internal sealed record RenameParams(TextDocumentIdentifier TextDocument, Position Position, string NewName)
{
    public static RenameParams Read(JsonElement from) => new(
        from.Object("textDocument", TextDocumentIdentifier.Read),
        from.Object("position", Position.Read),
        from.String("newName"));
}

/// <summary>What a rename would change, and the name it has now.</summary>
internal sealed record PrepareRenameResult(Range Range, string Placeholder) : ISent
{
    public void Write(JsonMembers to) => to.Add("range", Range).Add("placeholder", Placeholder);
}

internal sealed record RenameOptions : ISent
{
    public bool PrepareProvider => true;

    public void Write(JsonMembers to) => to.Add("prepareProvider", PrepareProvider);
}

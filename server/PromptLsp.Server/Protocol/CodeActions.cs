using System.Text.Json;
using PromptLsp.Server.Rpc;

namespace PromptLsp.Server.Protocol;

internal sealed record CodeActionParams(TextDocumentIdentifier TextDocument, Range Range)
{
    public CodeActionContext? Context { get; init; }

    public static CodeActionParams Read(JsonElement from) => new(from.Object("textDocument", TextDocumentIdentifier.Read), from.Object("range", Range.Read))
    {
        Context = from.Optional("context", CodeActionContext.Read),
    };
}

internal sealed record CodeActionContext
{
    public string[]? Only { get; init; }

    /// <summary>1 where a person asked; 2 where the client asks by itself, to see whether there is anything.</summary>
    public int? TriggerKind { get; init; }

    public static CodeActionContext Read(JsonElement from) => new()
    {
        Only = from.OptionalStrings("only"),
        TriggerKind = from.OptionalInt("triggerKind"),
    };
}

internal sealed record CodeAction(string Title) : ISent
{
    public string? Kind { get; init; }

    public Diagnostic[]? Diagnostics { get; init; }

    public bool? IsPreferred { get; init; }

    public WorkspaceEdit? Edit { get; init; }

    public Command? Command { get; init; }

    public void Write(JsonMembers to) => to
        .Add("title", Title)
        .Add("kind", Kind)
        .Add("diagnostics", Diagnostics)
        .Add("isPreferred", IsPreferred)
        .Add("edit", Edit)
        .Add("command", Command);
}

internal sealed record CodeActionOptions(string[] CodeActionKinds) : ISent
{
    public void Write(JsonMembers to) => to.Add("codeActionKinds", CodeActionKinds);
}

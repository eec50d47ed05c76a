namespace PromptLsp.Server.Protocol;

internal sealed record CodeActionParams(TextDocumentIdentifier TextDocument, Range Range)
{
    public CodeActionContext? Context { get; init; }
}

internal sealed record CodeActionContext
{
    public string[]? Only { get; init; }

    /// <summary>2 where nobody asked: the client looks whether there is anything.</summary>
    public int? TriggerKind { get; init; }
}

internal sealed record CodeAction(string Title)
{
    public string? Kind { get; init; }

    public Diagnostic[]? Diagnostics { get; init; }

    public bool? IsPreferred { get; init; }

    public WorkspaceEdit? Edit { get; init; }

    public Command? Command { get; init; }
}

internal sealed record CodeActionOptions(string[] CodeActionKinds);

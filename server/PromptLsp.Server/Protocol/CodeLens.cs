namespace PromptLsp.Server.Protocol;

internal sealed record CodeLensParams(TextDocumentIdentifier TextDocument);

internal sealed record CodeLens(Range Range)
{
    public Command? Command { get; init; }
}

internal sealed record CodeLensOptions
{
    public bool ResolveProvider => false;
}

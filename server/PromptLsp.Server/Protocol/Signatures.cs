namespace PromptLsp.Server.Protocol;

internal sealed record SignatureHelpOptions
{
    public required string[] TriggerCharacters { get; init; }

    public string[]? RetriggerCharacters { get; init; }
}

internal sealed record SignatureHelp(SignatureInformation[] Signatures)
{
    public int ActiveSignature => 0;
}

internal sealed record SignatureInformation(string Label)
{
    public ParameterInformation[]? Parameters { get; init; }

    public string? Documentation { get; init; }

    public int? ActiveParameter { get; init; }
}

internal sealed record ParameterInformation(string Label)
{
    public string? Documentation { get; init; }
}

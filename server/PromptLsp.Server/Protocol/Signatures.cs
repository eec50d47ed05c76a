using PromptLsp.Server.Rpc;

namespace PromptLsp.Server.Protocol;

internal sealed record SignatureHelpOptions : ISent
{
    public required string[] TriggerCharacters { get; init; }

    public string[]? RetriggerCharacters { get; init; }

    public void Write(JsonMembers to) => to.Add("triggerCharacters", TriggerCharacters).Add("retriggerCharacters", RetriggerCharacters);
}

internal sealed record SignatureHelp(SignatureInformation[] Signatures) : ISent
{
    public int ActiveSignature => 0;

    public void Write(JsonMembers to) => to.Add("signatures", Signatures).Add("activeSignature", ActiveSignature);
}

internal sealed record SignatureInformation(string Label) : ISent
{
    public ParameterInformation[]? Parameters { get; init; }

    public string? Documentation { get; init; }

    public int? ActiveParameter { get; init; }

    public void Write(JsonMembers to) =>
        to.Add("label", Label).Add("parameters", Parameters).Add("documentation", Documentation).Add("activeParameter", ActiveParameter);
}

internal sealed record ParameterInformation(string Label) : ISent
{
    public string? Documentation { get; init; }

    public void Write(JsonMembers to) => to.Add("label", Label).Add("documentation", Documentation);
}

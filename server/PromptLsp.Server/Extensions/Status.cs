using System.Text.Json;
using PromptLsp.Server.Protocol;
using PromptLsp.Server.Rpc;

namespace PromptLsp.Server.Extensions;

internal sealed record StatusParams(TextDocumentIdentifier TextDocument)
{
    public static StatusParams Read(JsonElement from) => new(from.Object("textDocument", TextDocumentIdentifier.Read));
}

/// <summary>One line's worth of facts about an open prompt.</summary>
internal sealed record StatusResult(string State, bool Modified) : ISent
{
    public string? Reason { get; init; }

    public VersionShape? Head { get; init; }

    /// <summary>Whose text it is, else the one that it was made from.</summary>
    public VersionShape? Version { get; init; }

    public string[]? ChangedThrough { get; init; }

    public int? Tokens { get; init; }

    /// <summary>The model counts differently, by some 15 %; absent where it does not.</summary>
    public bool? About { get; init; }

    public long? TokenLimit { get; init; }

    public string? Model { get; init; }

    public string? Cost { get; init; }

    public string? Sample { get; init; }

    /// <summary>One line: why it does not render with that sample.</summary>
    public string? Failure { get; init; }

    /// <summary>One line: why nothing can be rendered.</summary>
    public string? Unavailable { get; init; }

    public void Write(JsonMembers to) => to
        .Add("state", State)
        .Add("modified", Modified)
        .Add("reason", Reason)
        .Add("head", Head)
        .Add("version", Version)
        .Add("changedThrough", ChangedThrough)
        .Add("tokens", Tokens)
        .Add("about", About)
        .Add("tokenLimit", TokenLimit)
        .Add("model", Model)
        .Add("cost", Cost)
        .Add("sample", Sample)
        .Add("failure", Failure)
        .Add("unavailable", Unavailable);
}

/// <summary>What each side says of itself at <c>initialize</c>, under <c>capabilities.experimental</c>.</summary>
internal sealed record ExperimentalClientCapabilities
{
    public PromptLspClient? Promptlsp { get; init; }

    public static ExperimentalClientCapabilities Read(JsonElement from) => new() { Promptlsp = from.Hint("promptlsp", PromptLspClient.Read) };
}

/// <param name="Asks">The client can ask a person, and has the commands that we name.</param>
internal sealed record PromptLspClient(bool Asks = false)
{
    public static PromptLspClient Read(JsonElement from) => new(from.Flag("asks"));
}

internal sealed record ExperimentalServerCapabilities : ISent
{
    public PromptLspServer Promptlsp { get; } = new(Protocol: 1);

    public void Write(JsonMembers to) => to.Add("promptlsp", Promptlsp);
}

internal sealed record PromptLspServer(int Protocol) : ISent
{
    public void Write(JsonMembers to) => to.Add("protocol", Protocol);
}

internal sealed record InitializationOptions
{
    public bool? Trusted { get; init; }

    public bool? History { get; init; }

    /// <summary>False: what git knows of a prompt is taken over on command only.</summary>
    public bool? ImportGit { get; init; }

    public static InitializationOptions Read(JsonElement from) => new()
    {
        Trusted = from.OptionalBool("trusted"),
        History = from.OptionalBool("history"),
        ImportGit = from.OptionalBool("importGit"),
    };
}

using PromptLsp.Server.Protocol;
using PromptLsp.Server.Rpc;

namespace PromptLsp.Server.Extensions;

/// <summary>The user's providers, and those that need no more than a key.</summary>
internal sealed record ProvidersResult(ProviderShape[] Providers) : ISent
{
    /// <summary>One line: why the user's own are not known.</summary>
    public string? Problem { get; init; }

    public void Write(JsonMembers to) => to.Add("providers", Providers).Add("problem", Problem);
}

/// <param name="Host">Where prompts go.</param>
/// <param name="Key">Where the key comes from, in words, without the key.</param>
internal sealed record ProviderShape(string Name, string Host, string Key) : ISent
{
    /// <summary>The environment variable that holds the key, or would.</summary>
    public string? Variable { get; init; }

    public void Write(JsonMembers to) => to.Add("name", Name).Add("host", Host).Add("key", Key).Add("variable", Variable);
}

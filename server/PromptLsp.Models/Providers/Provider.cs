namespace PromptLsp.Models.Providers;

/// <summary>Which protocol a provider speaks.</summary>
public enum ProviderKind
{
    /// <summary>Chat completions, as OpenAI and many others have them.</summary>
    OpenAI,

    /// <summary>Anthropic's messages.</summary>
    Anthropic,
}

/// <summary>Where models are asked, as the user has set it up.</summary>
/// <param name="Name">What settings of workspaces call it.</param>
/// <param name="Endpoint">The address below which its paths lie.</param>
/// <param name="Key">Null where none is needed, or none was found.</param>
/// <param name="KeySource">Where the key comes from, in words, without the key.</param>
public sealed record Provider(string Name, ProviderKind Kind, Uri Endpoint, Secret? Key, string KeySource)
{
    /// <summary>What is said of a provider without a key that wants none.</summary>
    public const string NoKeyNeeded = "needs no key";

    /// <summary>The environment variable that holds its key, or would; null for none.</summary>
    public string? Variable { get; init; }

    /// <summary>A key should be there, and is not.</summary>
    public bool LacksKey => Key is null && KeySource != NoKeyNeeded;

    /// <summary>True for an address of this very machine.</summary>
    public bool IsLocal => Endpoint.IsLoopback;

    /// <summary>The word for a protocol in the user's file.</summary>
    public static string Word(ProviderKind kind) => kind == ProviderKind.Anthropic ? "anthropic" : "openai";

    public static ProviderKind? KindOf(string word) => word switch { "openai" => ProviderKind.OpenAI, "anthropic" => ProviderKind.Anthropic, _ => null };
}

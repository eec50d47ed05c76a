using System.Collections.Immutable;

namespace PromptLsp.Models.Providers;

/// <summary>Providers that need no more than a key, each with its address and the variable that usually holds its key.</summary>
public static class KnownProviders
{
    public static ImmutableArray<KnownProvider> All { get; } =
    [
        new("openai", ProviderKind.OpenAI, "https://api.openai.com/v1", "OPENAI_API_KEY"),
        new("anthropic", ProviderKind.Anthropic, "https://api.anthropic.com/v1", "ANTHROPIC_API_KEY"),
        new("googleai", ProviderKind.OpenAI, "https://generativelanguage.googleapis.com/v1beta/openai", "GEMINI_API_KEY"),
        new("mistral", ProviderKind.OpenAI, "https://api.mistral.ai/v1", "MISTRAL_API_KEY"),
        new("openrouter", ProviderKind.OpenAI, "https://openrouter.ai/api/v1", "OPENROUTER_API_KEY"),
        new("ollama", ProviderKind.OpenAI, "http://localhost:11434/v1", null),
        new("lmstudio", ProviderKind.OpenAI, "http://localhost:1234/v1", null),
    ];

    public static KnownProvider? Find(string name) => All.FirstOrDefault(p => string.Equals(p.Name, name, StringComparison.Ordinal));
}

/// <param name="Variable">The environment variable of its key; null where it runs on the user's machine and needs none.</param>
public sealed record KnownProvider(string Name, ProviderKind Kind, string Endpoint, string? Variable);

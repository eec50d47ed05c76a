using PromptLsp.Language.Catalog;
using PromptLsp.Language.Semantics;

namespace PromptLsp.Models.Providers;

/// <summary>The model that is asked: a prompt's own, or another that somebody names.</summary>
/// <param name="Name">As the workspace calls it: <c>openai/gpt-4o-mini</c>.</param>
/// <param name="Prices">What the workspace says of it; null where it says nothing.</param>
public sealed record AskedModel(string Name, ModelRoute Route, Provider Provider, ModelInfo? Prices)
{
    /// <param name="shown">The prompt's path as people read it.</param>
    /// <param name="given">Another model than the prompt's own; null for that one.</param>
    /// <param name="advice">How another is given.</param>
    /// <exception cref="ModelException">No model is named, or the user has no such provider, or no key for it.</exception>
    public static AskedModel Of(PromptModel prompt, string shown, string? given, UserProviders providers, string advice)
    {
        string name = given ?? prompt.Header.Model ?? throw new ModelException(ModelFault.NoProvider, $"`{shown}` names no model; {advice}");
        ModelInfo? info = prompt.Environment.FindModel(name);
        ModelRoute route = ModelRoute.Of(name, info);
        Provider provider = providers.Find(route.Provider);
        return provider.LacksKey
            ? throw new ModelException(ModelFault.NoProvider, $"there is no key for `{provider.Name}`: {provider.KeySource}") { Variable = provider.Variable }
            : new(name, route, provider, info);
    }

    /// <summary>Counts its tokens, or nearly; null where nothing can.</summary>
    public TokenCounter? Counter(PromptModel prompt) => prompt.Environment.Tokens(Name);
}

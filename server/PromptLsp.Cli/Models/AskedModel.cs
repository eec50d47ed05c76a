using PromptLsp.Cli.Checking;
using PromptLsp.Language.Catalog;
using PromptLsp.Language.Semantics;
using PromptLsp.Models;
using PromptLsp.Models.Providers;

namespace PromptLsp.Cli.Models;

/// <summary>The model that a command asks: the prompt's own, or the one that the command line names.</summary>
/// <param name="Name">As the workspace calls it: <c>openai/gpt-4o-mini</c>.</param>
/// <param name="Prices">What the workspace says of it; null where it says nothing.</param>
internal sealed record AskedModel(string Name, ModelRoute Route, Provider Provider, ModelInfo? Prices)
{
    /// <exception cref="ModelException">The user has no such provider, or no key for it.</exception>
    public static AskedModel Of(OnePrompt prompt, string? given, UserProviders providers)
    {
        string name = given ?? prompt.Model.Header.Model ?? throw new CommandFailure($"`{prompt.Shown}` names no model; give one: --model provider/model");
        ModelInfo? info = prompt.Model.Environment.FindModel(name);
        ModelRoute route = ModelRoute.Of(name, info);
        Provider provider = providers.Find(route.Provider);
        return provider.LacksKey
            ? throw new ModelException(ModelFault.NoProvider, $"there is no key for `{provider.Name}`: {provider.KeySource}")
            : new(name, route, provider, info);
    }

    /// <summary>Counts its tokens, or nearly; null where nothing can.</summary>
    public TokenCounter? Counter(OnePrompt prompt) => prompt.Model.Environment.Tokens(Name);
}

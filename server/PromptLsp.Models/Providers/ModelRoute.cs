using PromptLsp.Language.Catalog;

namespace PromptLsp.Models.Providers;

/// <summary>Which provider is asked for a model, and by which name.</summary>
/// <param name="Provider">A name: where it leads is the user's to say.</param>
public readonly record struct ModelRoute(string Provider, string Model)
{
    /// <summary><c>provider/model</c>, unless the workspace names the model's provider: then the whole name is the model's.</summary>
    /// <exception cref="ModelException">The name says no provider.</exception>
    public static ModelRoute Of(string model, ModelInfo? info)
    {
        if (info?.Provider is { } named)
            return new(named, model.StartsWith(named + "/", StringComparison.Ordinal) ? model[(named.Length + 1)..] : model);
        int slash = model.IndexOf('/', StringComparison.Ordinal);
        return slash > 0 && slash < model.Length - 1
            ? new(model[..slash], model[(slash + 1)..])
            : throw new ModelException(
                ModelFault.NoProvider,
                $"`{model}` does not say whose model it is; write `provider/{model}`, or name its `provider` below `models` in promptlsp.yaml"
            );
    }
}

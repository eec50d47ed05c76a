using PromptLsp.Language.Catalog;
using PromptLsp.Language.Semantics;
using PromptLsp.Models.Providers;

namespace PromptLsp.Evaluation.Running;

/// <summary>One of what is compared: a version of a prompt, asked of a model.</summary>
/// <param name="Version">As people read it: <c>v12</c>, a tag, or <c>file</c> for the file as it is.</param>
/// <param name="Fingerprint">The effective one.</param>
/// <param name="ModelName">As the workspace calls it.</param>
/// <param name="ModelId">As its provider calls it.</param>
public sealed record Side(
    string Version,
    PromptModel Prompt,
    string Fingerprint,
    string ModelName,
    string ModelId,
    Provider Provider,
    ModelInfo? Prices,
    TokenCounter? Counter
)
{
    public string Name => $"{Version} · {ModelName}";

    /// <summary>The <c>config</c> that goes along, as text that is the same for the same settings.</summary>
    public string Parameters { get; } = ParametersOf(Prompt);

    /// <summary>The same of a prompt that is asked of nobody yet.</summary>
    public static string ParametersOf(PromptModel prompt)
    {
        IReadOnlyDictionary<string, object?> raw = prompt.Document.FrontMatter.Keys is { } keys ? PromptValue.Of(keys) : PromptValue.EmptyObject;
        return raw.GetValueOrDefault("config") is IReadOnlyDictionary<string, object?> config
            ? Models.Clients.PlainJson.Text(config.OrderBy(e => e.Key, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal))
            : "{}";
    }
}

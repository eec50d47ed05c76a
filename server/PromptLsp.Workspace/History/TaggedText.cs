using PromptLsp.Language.Semantics;
using PromptLsp.Language.Syntax;
using PromptLsp.Language.Text;

namespace PromptLsp.Workspace.History;

/// <summary>What a prompt was at its newest tag. Its front matter is read once.</summary>
public sealed class TaggedText(string tag, string text)
{
    private ReleasedPrompt? _released;

    public string Tag => tag;

    public string Text => text;

    /// <param name="environment">The prompt's own, for the schemas that the front matter names.</param>
    internal ReleasedPrompt Released(PromptEnvironment environment) =>
        _released ??= new(tag, new PromptModel(PromptDocument.Parse(new SourceText(text), environment.DefaultDialect), environment).Header);
}

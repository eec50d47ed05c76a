using PromptLsp.Language.Semantics;
using PromptLsp.Language.Syntax;
using PromptLsp.Language.Text;

namespace PromptLsp.Workspace.History;

/// <summary>What a prompt was at its newest tag, or is where it runs. Its front matter is read once.</summary>
public sealed class TaggedText(string tag, string text)
{
    private ReleasedPrompt? _released;

    public string Tag => tag;

    public string Text => text;

    /// <summary>It is what an environment holds, which has the name of the tag.</summary>
    public bool IsRunning { get; init; }

    /// <param name="environment">The prompt's own, for the schemas that the front matter names.</param>
    internal ReleasedPrompt Released(PromptEnvironment environment) =>
        _released ??= new(tag, new PromptModel(PromptDocument.Parse(new SourceText(text), environment.DefaultDialect), environment).Header)
        {
            Running = IsRunning ? text : null,
        };
}

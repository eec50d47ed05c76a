using PromptLsp.Language.Semantics;
using PromptLsp.Workspace.Tokens;

namespace PromptLsp.Cli.Checking;

/// <summary>
/// Gives a prompt's environment the time that a command has and an editor does not: counting tokens waits for the vocabulary, which is not
/// loaded where nothing is counted.
/// </summary>
internal static class Patience
{
    public static PromptEnvironment In(PromptEnvironment environment) => environment with { Tokens = For };

    public static PromptModel With(PromptModel prompt) => new(prompt.Document, In(prompt.Environment));

    private static TokenCounter? For(string model)
    {
        TokenCounters.LoadAsync().GetAwaiter().GetResult();
        return TokenCounters.For(model);
    }
}

using PromptLsp.Language.Semantics;
using PromptLsp.Workspace.Tokens;

namespace PromptLsp.Cli.Checking;

/// <summary>
/// Lets whoever counts tokens wait for the vocabulary: an editor would ask again, a command answers once. Where nothing is counted nothing is
/// loaded.
/// </summary>
internal static class LoadedTokens
{
    public static PromptEnvironment In(PromptEnvironment environment) => environment with { Tokens = For };

    public static PromptModel For(PromptModel prompt) => new(prompt.Document, In(prompt.Environment));

    private static TokenCounter? For(string model)
    {
        TokenCounters.LoadAsync().GetAwaiter().GetResult();
        return TokenCounters.For(model);
    }
}

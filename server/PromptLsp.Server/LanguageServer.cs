namespace PromptLsp.Server;

/// <summary>Serves one client over a pair of streams, until it says <c>exit</c>, closes its stream or dies.</summary>
public static class LanguageServer
{
    /// <param name="log">What went wrong, a line each; never a prompt's text.</param>
    /// <returns>0 after <c>shutdown</c>, else 1, as LSP says.</returns>
    public static async Task<int> RunAsync(Stream input, Stream output, TextWriter log, CancellationToken cancel)
    {
        using var session = new Session(input, output, log, cancel);
        Routes.Add(session);
        return await session.RunAsync();
    }
}

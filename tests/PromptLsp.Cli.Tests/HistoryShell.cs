using System.Text.Json;

namespace PromptLsp.Cli.Tests;

/// <summary>A shell in a repository of Ada's, and a prompt in it that is changed and recorded as a test goes on.</summary>
internal sealed class HistoryShell : IDisposable
{
    public const string Prompt = "prompts/reply.prompt";

    public HistoryShell() =>
        Shell = new Shell().With(".git/HEAD", "ref: refs/heads/main\n").With(".git/config", "[user]\nname = Ada\nemail = ada@example.com\n");

    public Shell Shell { get; }

    public string Out => Shell.Out;

    public string Error => Shell.Error;

    /// <summary>Writes the prompt and records it.</summary>
    public async Task<HistoryShell> Version(string text, string? note = null)
    {
        Shell.With(Prompt, text);
        Assert.Equal(0, await Run("snapshot" + (note is null ? "" : $" -m \"{note}\"")));
        return this;
    }

    public Task<int> Run(string command) => Shell.Run(command);

    public string Text => Shell.Read(Prompt);

    public JsonElement Json => JsonDocument.Parse(Out).RootElement;

    /// <summary>The log as <c>v2 saved stable "why"</c>, a line for each version, newest first.</summary>
    public async Task<string> Log(string file = Prompt)
    {
        Assert.Equal(0, await Run($"log {file} --format json"));
        return string.Concat(Json.EnumerateArray().Select(v => string.Join(' ', ((string?[])
        [
            $"v{v.GetProperty("version").GetInt32()}",
            v.GetProperty("kind").GetString(),
            .. v.GetProperty("tags").EnumerateArray().Select(t => t.GetString()),
            v.GetProperty("note").GetString() is { } note ? $"\"{note}\"" : null,
        ]).OfType<string>()) + "\n"));
    }

    public void Dispose() => Shell.Dispose();
}

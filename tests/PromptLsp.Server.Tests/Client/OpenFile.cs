using System.Text.Json.Nodes;

namespace PromptLsp.Server.Tests.Client;

/// <summary>A file that is open in the test's editor.</summary>
internal sealed class OpenFile(Editor editor, string uri)
{
    public string Uri { get; } = uri;

    public int Version { get; private set; } = 1;

    /// <summary>Replaces a range, as typing does.</summary>
    public Task TypeAsync(int line, int character, int endLine, int endCharacter, string text) =>
        ChangeAsync(new { range = Range(line, character, endLine, endCharacter), text });

    public Task TypeAsync(int line, int character, string text) => TypeAsync(line, character, line, character, text);

    /// <summary>Sends the whole text.</summary>
    public Task ReplaceAsync(string text) => ChangeAsync(new { text });

    public Task ChangeAsync(params object[] changes)
    {
        Version++;
        return editor.TellAsync("textDocument/didChange", new { textDocument = new { uri = Uri, version = Version }, contentChanges = changes });
    }

    public Task CloseAsync() => editor.TellAsync("textDocument/didClose", new { textDocument = new { uri = Uri } });

    /// <summary>A request about a place in the file.</summary>
    public Task<JsonNode?> AskAsync(string method, int line, int character) => editor.AskAsync(method, At(line, character));

    public object At(int line, int character) => new { textDocument = new { uri = Uri }, position = new { line, character } };

    /// <summary>The hover's text at a place; empty where there is none.</summary>
    public async Task<string> HoverAsync(int line, int character) =>
        (string?)(await AskAsync("textDocument/hover", line, character))?["contents"]?["value"] ?? "";

    /// <summary>The completions at a place, by their labels.</summary>
    public async Task<string[]> CompleteAsync(int line, int character) =>
        [.. (await AskAsync("textDocument/completion", line, character))?["items"]?.AsArray().Select(i => (string)i!["label"]!) ?? []];

    /// <summary>The findings published for the file's newest version, one a line: <c>line:character-character code</c>.</summary>
    public async Task<string> FindingsAsync()
    {
        while (true)
        {
            JsonNode published = (await editor.HearAsync("textDocument/publishDiagnostics"))!;
            if ((string?)published["uri"] == Uri && (int?)published["version"] == Version)
                return Show(published["diagnostics"]!.AsArray());
        }
    }

    /// <summary>Waits until these findings are published for the newest version, after whatever others.</summary>
    public async Task FindingsBecomeAsync(string findings)
    {
        while (await FindingsAsync() != findings)
        {
        }
    }

    public static object Range(int line, int character, int endLine, int endCharacter) =>
        new { start = new { line, character }, end = new { line = endLine, character = endCharacter } };

    public static string Show(JsonArray diagnostics) => string.Join('\n', diagnostics.Select(d =>
        $"{d!["range"]!["start"]!["line"]}:{d["range"]!["start"]!["character"]}-{d["range"]!["end"]!["character"]} {d["code"]}"));
}

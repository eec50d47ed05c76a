using System.Text.Json.Nodes;
using PromptLsp.Server.Tests.Client;

namespace PromptLsp.Server.Tests;

/// <summary>Prompts are found over the wire, as they are on the disk at that moment.</summary>
public sealed class SearchTests : IDisposable
{
    private readonly Folder _folder = new();

    public SearchTests()
    {
        PromptLsp.Testing.OwnState.Begin();
        _folder.Write("promptlsp.yaml", "");
        _folder.Write("a.prompt", "---\nname: reply\nowner: \"@acme\"\n---\nHello.\nA refund takes days.\n");
        _folder.Write("b.prompt", "Nothing of it.\n");
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Words_and_filters_find_prompts_with_their_line()
    {
        await using Editor editor = await Editor.StartAsync(new { }, _folder.Path);
        JsonNode found = Assert.Single((await FindAsync(editor, "refu owner:acme"))["prompts"]!.AsArray())!;
        Assert.Equal((_folder.Uri("a.prompt"), "a.prompt", 5, "A refund takes days.", "reply"),
            ((string)found["uri"]!, (string)found["path"]!, (int)found["line"]!, (string)found["text"]!, (string)found["name"]!));
        Assert.Empty((await FindAsync(editor, "refund owner:other"))["prompts"]!.AsArray());
        Assert.Empty((await FindAsync(editor, ""))["prompts"]!.AsArray());
    }

    [Fact]
    public async Task What_cannot_be_looked_for_is_told()
    {
        await using Editor editor = await Editor.StartAsync(new { }, _folder.Path);
        Assert.StartsWith("there is no filter `onwer:`; did you mean `owner:`?", (string)(await FindAsync(editor, "onwer:x"))["problem"]!,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rules_find_what_they_find()
    {
        _folder.Write("b.prompt", "Hi {{ nobody }}{{ if }}.\n");
        await using Editor editor = await Editor.StartAsync(new { }, _folder.Path);
        Assert.Equal(["b.prompt"], (await FindAsync(editor, "finding:template-syntax"))["prompts"]!.AsArray().Select(p => (string)p!["path"]!));
    }

    private static async Task<JsonNode> FindAsync(Editor editor, string query) => (await editor.AskAsync("promptlsp/search", new { query }))!;
}

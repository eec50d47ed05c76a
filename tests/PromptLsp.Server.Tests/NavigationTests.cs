using System.Text.Json.Nodes;
using PromptLsp.Server.Tests.Client;

namespace PromptLsp.Server.Tests;

/// <summary>Navigation across the files of a workspace, with what the editor holds and has not saved.</summary>
public sealed class NavigationTests : IDisposable
{
    private readonly Folder _folder = new();

    public NavigationTests()
    {
        _folder.Write("promptlsp.yaml", "partials: [partials]\ncontext: { brand: brand.yaml }\n");
        _folder.Write("brand.yaml", "name: Kestrel\n");
        _folder.Write("partials/_voice.prompt", "---\ninput: { schema: { tone?: string } }\n---\nBe {{ tone }}.\n");
        _folder.Write("saved.prompt", "{{ include \"voice\" tone: \"warm\" }} {{ brand.name }}\n");
    }

    public void Dispose() => _folder.Dispose();

    private Task<Editor> StartAsync(params string[] operations) =>
        Editor.StartAsync(new { workspace = new { workspaceEdit = new { documentChanges = true, resourceOperations = operations } } }, _folder.Path);

    // The files by name, each with the version an edit is for, and what is replaced by what.
    private static string Show(JsonNode? edit) =>
        string.Join(
            '\n',
            edit!["documentChanges"]!
                .AsArray()
                .Select(change =>
                    (string?)change!["kind"] == "rename"
                        ? $"{Name(change["oldUri"])} -> {Name(change["newUri"])}"
                        : $"{Name(change["textDocument"]!["uri"])} {change["textDocument"]!["version"]?.ToJsonString() ?? "null"}: "
                            + string.Join(' ', change["edits"]!.AsArray().Select(e => $"{At(e!["range"]!["start"])} {e["newText"]}"))
                )
        );

    private static string At(JsonNode? position) => $"{position!["line"]}:{position["character"]}";

    private static string Name(JsonNode? uri) => ((string)uri!)[(((string)uri!).LastIndexOf('/') + 1)..];

    private static object Renaming(OpenFile file, int line, int character, string newName) =>
        new { textDocument = new { uri = file.Uri }, position = new { line, character }, newName };

    [Fact]
    public async Task A_rename_reaches_what_is_saved_and_what_is_not_with_the_versions_it_is_for()
    {
        await using Editor editor = await StartAsync();
        OpenFile partial = await editor.OpenAsync(
            "---\ninput: { schema: { tone?: string } }\n---\nBe {{ tone }}, {{ tone }}.\n",
            _folder.Uri("partials/_voice.prompt")
        );
        OpenFile fresh = await editor.OpenAsync("", _folder.Uri("fresh.prompt"));
        await fresh.ReplaceAsync("{{ include \"voice\" tone: 1 }}");
        Assert.Equal(
            """
            fresh.prompt 2: 0:19 mood
            _voice.prompt 1: 1:19 mood 3:6 mood 3:18 mood
            saved.prompt null: 0:19 mood
            """,
            Show(await editor.AskAsync("textDocument/rename", Renaming(partial, 3, 8, "mood")))
        );
    }

    [Fact]
    public async Task A_client_without_versions_gets_the_same_edits_by_file()
    {
        await using Editor editor = await Editor.StartAsync(root: _folder.Path);
        OpenFile saved = await editor.OpenAsync("{{ include \"voice\" tone: 1 }}", _folder.Uri("saved.prompt"));
        JsonObject changes = (await editor.AskAsync("textDocument/rename", Renaming(saved, 0, 20, "mood")))!["changes"]!.AsObject();
        Assert.Equal([_folder.Uri("partials/_voice.prompt"), _folder.Uri("saved.prompt")], changes.Select(c => c.Key));
    }

    [Fact]
    public async Task References_of_a_context_variable_span_the_workspace_and_begin_in_its_settings()
    {
        await using Editor editor = await StartAsync();
        OpenFile settings = await editor.OpenAsync("context: { brand: brand.yaml }\n", _folder.Uri("promptlsp.yaml"));
        JsonArray found = (
            await editor.AskAsync(
                "textDocument/references",
                new
                {
                    textDocument = new { uri = settings.Uri },
                    position = new { line = 0, character = 12 },
                    context = new { includeDeclaration = true },
                }
            )
        )!.AsArray();
        Assert.Equal(["promptlsp.yaml 0:11", "saved.prompt 0:38"], found.Select(l => $"{Name(l!["uri"])} {At(l["range"]!["start"])}"));
    }

    [Fact]
    public async Task The_definition_of_a_member_is_in_the_context_file()
    {
        await using Editor editor = await StartAsync();
        OpenFile file = await editor.OpenAsync("{{ brand.name }}", _folder.Uri("a.prompt"));
        JsonNode found = (await file.AskAsync("textDocument/definition", 0, 10))!;
        Assert.Equal((_folder.Uri("brand.yaml"), "0:0-0:4"), ((string?)found["uri"], At(found["range"]!["start"]) + "-" + At(found["range"]!["end"])));
    }

    [Fact]
    public async Task A_partial_is_renamed_by_an_editor_that_renames_files()
    {
        await using Editor editor = await StartAsync("rename");
        OpenFile file = await editor.OpenAsync("{{ include \"voice\" }}", _folder.Uri("a.prompt"));
        JsonNode prepared = (await file.AskAsync("textDocument/prepareRename", 0, 14))!;
        Assert.Equal("voice", (string?)prepared["placeholder"]);
        Assert.Equal("""
            a.prompt 1: 0:12 tone
            saved.prompt null: 0:12 tone
            _voice.prompt -> _tone.prompt
            """, Show(await editor.AskAsync("textDocument/rename", Renaming(file, 0, 14, "tone"))));
    }

    [Fact]
    public async Task Another_editor_is_told_why_not()
    {
        await using Editor editor = await StartAsync();
        OpenFile file = await editor.OpenAsync("{{ include \"voice\" }}", _folder.Uri("a.prompt"));
        var (code, message) = await editor.FailAsync("textDocument/prepareRename", file.At(0, 14));
        Assert.Equal((-32803, "This renames a file, which your editor lets no server do; rename the file itself, and the includes after it."), (code, message));
    }

    [Fact]
    public async Task Before_a_file_moves_its_includes_are_written_anew()
    {
        await using Editor editor = await StartAsync();
        JsonNode? edit = await editor.AskAsync(
            "workspace/willRenameFiles",
            new
            {
                files = new[]
                {
                    new { oldUri = _folder.Uri("partials"), newUri = _folder.Uri("shared") },
                    new { oldUri = _folder.Uri("brand.yaml"), newUri = _folder.Uri("context/brand.yaml") },
                },
            }
        );
        Assert.Equal("promptlsp.yaml null: 0:11 shared 1:18 context/brand.yaml", Show(edit));
        Assert.Equal(
            "saved.prompt null: 0:12 tone",
            Show(
                await editor.AskAsync(
                    "workspace/willRenameFiles",
                    new { files = new[] { new { oldUri = _folder.Uri("partials/_voice.prompt"), newUri = _folder.Uri("partials/_tone.prompt") } } }
                )
            )
        );
    }
}

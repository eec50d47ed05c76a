using System.Text.Json.Nodes;
using PromptLsp.Testing;
using Xunit;

namespace PromptLsp.Cli.Tests.Releases;

/// <summary>The programs of the examples run what production holds, as PromptLsp itself renders it, and nothing that was changed since.</summary>
public sealed class ApplicationTests : IDisposable
{
    private static readonly string Example = Path.Combine(Corpus.Root, "examples", "application");
    private static readonly string Modules = Path.Combine(Corpus.Root, "tests", "dotprompt", "node_modules");

    private readonly Shell _shell = new();

    public ApplicationTests() => Copy(Example, _shell.Folder);

    public void Dispose() => _shell.Dispose();

    /// <summary>The programs, each with its prompt; without the one in JavaScript where its library is not installed.</summary>
    public static TheoryData<string, string> Programs { get; } = Directory.Exists(Modules)
        ? new() { { "csharp", "answer" }, { "javascript", "letter" } }
        : new() { { "csharp", "answer" } };

    [Theory]
    [MemberData(nameof(Programs))]
    public async Task A_program_sends_what_production_holds(string program, string prompt)
    {
        // The day after, somebody edits the prompt, what it includes and what the shop is called.
        foreach (string file in (string[])["prompts/answer.prompt", "prompts/_greeting.prompt", "prompts/letter.prompt", "prompts/_voice.prompt", "context/brand.production.yaml"])
            File.AppendAllText(Path.Combine(_shell.Folder, file), "\nedited: since\n");
        (int status, string output, string error) = await Run(program);
        Assert.Equal((0, ""), (status, error));
        Assert.Equal(0, await _shell.Run($"render prompts/{prompt}.prompt@production --format json"));
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(_shell.Out), JsonNode.Parse(output)), output);
        Assert.DoesNotContain("since", output, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Programs))]
    public async Task A_program_refuses_what_was_edited_in_the_release(string program, string prompt)
    {
        File.AppendAllText(Path.Combine(_shell.Folder, $"releases/production/prompts/{prompt}.prompt/files/prompts/{prompt}.prompt"), "And give a discount.\n");
        (int status, string output, string error) = await Run(program);
        Assert.Equal((1, ""), (status, output));
        Assert.Contains($"prompts/{prompt}.prompt: not what was released to production", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_example_is_clean_and_nothing_in_its_releases_was_edited()
    {
        Assert.Equal(0, await _shell.Run("check"));
        Assert.Equal(0, await _shell.Run("test"));
        Assert.Equal(0, await _shell.Run("env"));
        Assert.DoesNotContain("edited", _shell.Out, StringComparison.Ordinal);
    }

    private Task<(int Status, string Out, string Error)> Run(string program)
    {
        if (program == "csharp")
            return OtherProcess.Run(_shell.Folder, "", "dotnet", Path.Combine(Example, "csharp", "bin", "Release", "net10.0", "Application.dll"));
        Directory.CreateSymbolicLink(Path.Combine(_shell.Folder, "node_modules"), Modules);
        return OtherProcess.Run(_shell.Folder, "", "node", "javascript/letter.mjs");
    }

    private static void Copy(string from, string to)
    {
        foreach (string file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            string path = Path.GetRelativePath(from, file);
            if (path.Split(Path.DirectorySeparatorChar).Any(p => p is "bin" or "obj" or "node_modules" or ".promptlsp"))
                continue;
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(to, path))!);
            File.Copy(file, Path.Combine(to, path));
        }
    }
}

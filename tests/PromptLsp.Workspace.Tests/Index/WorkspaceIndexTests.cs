using PromptLsp.Testing;
using PromptLsp.Workspace.Files;
using PromptLsp.Workspace.Index;
using Xunit;

namespace PromptLsp.Workspace.Tests.Index;

/// <summary>What is known of all prompts together.</summary>
public sealed class WorkspaceIndexTests : IDisposable
{
    private readonly PromptFolder _folder = new(
        ("promptlsp.yaml", "partials: [parts]\n"),
        ("a.prompt", "---\nname: greet\n---\n{{ include \"voice\" }}{{ include \"later\" }}"),
        ("sub/b.prompt", "---\nname: greet\n---\n{{ include \"voice\" }}"),
        ("sub/c.prompt", "---\nname: greet\nvariant: short\n---\n"),
        ("parts/_voice.prompt", "warm"));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void It_tells_who_includes_a_file() => Assert.Equal(["a.prompt", "sub/b.prompt"], IncludersOf(Build(), "parts/_voice.prompt"));

    [Fact]
    public void It_tells_who_waits_for_a_file_that_is_not_there_yet()
    {
        Assert.Equal(["a.prompt"], IncludersOf(Build(), "parts/_later.prompt"));
        Assert.Empty(IncludersOf(Build(), "sub/_later.prompt"));
    }

    [Fact]
    public void Prompts_are_one_by_name_and_variant()
    {
        Assert.Equal(["a.prompt", "sub/b.prompt"], Build().Named("greet", null).Select(Relative));
        Assert.Equal(["sub/c.prompt"], Build().Named("greet", "short").Select(Relative));
    }

    [Fact]
    public void A_file_that_changed_or_went_is_known_anew()
    {
        WorkspaceIndex before = Build();
        _folder.Write("a.prompt", "nothing");
        File.Delete(Full("sub/b.prompt"));
        WorkspaceIndex after = Renew(before, "a.prompt", "sub/b.prompt");
        Assert.Empty(IncludersOf(after, "parts/_voice.prompt"));
        Assert.Equal(["a.prompt", "sub/b.prompt"], IncludersOf(before, "parts/_voice.prompt"));
        Assert.Equal(["a.prompt", "parts/_voice.prompt", "sub/c.prompt"], after.Paths.Select(Relative).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void What_lies_where_no_prompts_are_looked_for_is_not_known()
    {
        _folder.Write("node_modules/n.prompt", "nothing");
        _folder.Write("sub/new.prompt", "nothing");
        Assert.Equal(
            ["a.prompt", "parts/_voice.prompt", "sub/b.prompt", "sub/c.prompt", "sub/new.prompt"],
            Renew(Build(), "node_modules/n.prompt", "sub/new.prompt").Paths.Select(Relative).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_folder_that_moves_takes_its_prompts_along()
    {
        WorkspaceIndex before = Build();
        Directory.Move(Full("sub"), Full("moved"));
        Assert.Equal(
            ["a.prompt", "moved/b.prompt", "moved/c.prompt", "parts/_voice.prompt"],
            Renew(before).Paths.Select(Relative).Order(StringComparer.Ordinal)
        );
        Assert.Equal(
            ["sub/b.prompt", "sub/c.prompt"],
            before.Among(new HashSet<string> { Full("sub"), Full("a") }).Select(Relative).Order(StringComparer.Ordinal)
        );
    }

    [Theory]
    [InlineData("parts/_voice.prompt", "a.prompt parts/_voice.prompt sub/b.prompt")]
    [InlineData("parts/_later.prompt", "a.prompt parts/_later.prompt")]
    [InlineData("sub/b.prompt", "a.prompt parts/_voice.prompt sub/b.prompt")]
    [InlineData("sub/c.prompt", "sub/c.prompt")]
    public void What_depends_on_a_file_includes_it_is_included_by_it_or_has_its_name(string file, string around) =>
        Assert.Equal(around, string.Join(' ', Build().Around([Full(file)]).Select(Relative).Order(StringComparer.Ordinal)));

    private WorkspaceIndex Renew(WorkspaceIndex before, params string[] changed) =>
        IndexBuilder.Renew(before, Now(), changed.Select(Full).ToHashSet(), TestContext.Current.CancellationToken).Index;

    private Snapshot Now() => Snapshot.Empty(new Disk(), [_folder.Folder]);

    private WorkspaceIndex Build() => IndexBuilder.Build(Now(), [_folder.Folder], TestContext.Current.CancellationToken);

    private IEnumerable<string> IncludersOf(WorkspaceIndex index, string path) => index.IncludersOf(Full(path)).Select(Relative);

    private string Full(string path) => Path.Join(_folder.Folder, path);

    private string Relative(string path) => Path.GetRelativePath(_folder.Folder, path).Replace('\\', '/');
}

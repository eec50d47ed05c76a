namespace PromptLsp.Cli.Tests;

/// <summary><c>diff --contract</c>: what those who use an older version must know.</summary>
public sealed class ContractTests : IDisposable
{
    private readonly HistoryShell _shell = new();

    public void Dispose() => _shell.Dispose();

    private static string With(string schema) => $"---\ninput:\n  schema:\n    {schema}\n---\n{{{{ a }}}}\n";

    [Fact]
    public async Task It_tells_what_breaks_from_what_fits()
    {
        await _shell.Version(With("a: string"));
        await _shell.Version(With("a: string\n    b: string\n    c?: string"));
        Assert.Equal(1, await _shell.Run($"diff {HistoryShell.Prompt}@v1 --contract"));
        Assert.Equal(
            "breaks  the input `b` is new and required\nfits    the input `c` is new and optional\n1 of 2 changes break who uses the older version.\n",
            _shell.Out);
    }

    [Fact]
    public async Task Another_text_with_the_same_inputs_is_no_difference()
    {
        await _shell.Version(With("a: string"));
        await _shell.Version(With("a: string") + "More.\n");
        Assert.Equal(0, await _shell.Run($"diff {HistoryShell.Prompt}@v1 --contract"));
        Assert.Equal("", _shell.Out);
    }

    [Fact]
    public async Task As_json_it_names_side_path_and_whether_it_breaks()
    {
        await _shell.Version(With("a: string"));
        await _shell.Version(With("a: number"));
        await _shell.Run($"diff {HistoryShell.Prompt}@v1 --contract --format json");
        var change = _shell.Json.GetProperty("changes")[0];
        Assert.Equal(
            ("input", "a", true),
            (change.GetProperty("side").GetString(), change.GetProperty("path").GetString(), change.GetProperty("breaking").GetBoolean())
        );
    }

    [Fact]
    public async Task A_check_warns_of_what_breaks_since_the_newest_tag()
    {
        await _shell.Version(With("a: string"));
        await _shell.Run($"tag {HistoryShell.Prompt} stable");
        await _shell.Version(With("a: number"));
        await _shell.Run($"check {HistoryShell.Prompt} --rule contract-break");
        Assert.Contains("the input `a` was string and takes only number now; what relies on `stable` breaks", _shell.Out, StringComparison.Ordinal);
    }
}

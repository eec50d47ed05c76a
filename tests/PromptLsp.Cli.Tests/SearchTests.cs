using System.Text.Json;
using PromptLsp.Portfolio.Search;
using PromptLsp.Workspace;
using PromptLsp.Workspace.Files;

namespace PromptLsp.Cli.Tests;

/// <summary>What is found, in which order, and that nothing that is typed steers the search.</summary>
public sealed class SearchTests : IDisposable
{
    private readonly Shell _shell = new Shell()
        .With(".git/HEAD", "ref: refs/heads/main\n").With(".git/config", "[user]\nname = Ada\nemail = ada@example.com\n")
        .With("promptlsp.yaml", "partials: [partials]\n")
        .With("prompts/refund.prompt", "---\nname: refund\ndescription: Answers who wants their money back.\nowner: \"@acme/support\"\n"
            + "model: openai/gpt-4o\ntags: [money]\ninput: { schema: { order: string } }\n---\nBe kind.\nOrder {{ order }}.\n")
        .With("prompts/letter.prompt", "---\nname: letter\nowner: [ada@example.com, \"@acme/letters\"]\n---\nHello.\n\n{{ include \"voice\" }}\n"
            + "A refund takes   three days.\n")
        .With("prompts/other.prompt", "Über uns: \"nothing\" AND (more)\n")
        .With("partials/_voice.prompt", "Speak plainly.\n");

    public void Dispose() => _shell.Dispose();

    [Theory]
    [InlineData("refund", "prompts/refund.prompt prompts/letter.prompt")]
    [InlineData("refu", "prompts/refund.prompt prompts/letter.prompt")]
    [InlineData("money back", "prompts/refund.prompt")]
    [InlineData("UBER", "prompts/other.prompt")]
    [InlineData("nothing-at-all-like-this", "")]
    [InlineData("owner:acme/support", "prompts/refund.prompt")]
    [InlineData("owner:@ACME/support", "prompts/refund.prompt")]
    [InlineData("owner:ada@example.com", "prompts/letter.prompt")]
    [InlineData("owner:@acme", "")]
    [InlineData("tag:money", "prompts/refund.prompt")]
    [InlineData("tag:mon", "")]
    [InlineData("model:gpt-4o", "prompts/refund.prompt")]
    [InlineData("model:openai/gpt-4o", "prompts/refund.prompt")]
    [InlineData("model:4o", "")]
    [InlineData("uses:voice", "prompts/letter.prompt")]
    [InlineData("uses:partials/_voice.prompt", "prompts/letter.prompt")]
    [InlineData("input:order", "prompts/refund.prompt")]
    [InlineData("name:let", "prompts/letter.prompt")]
    [InlineData("refund name:let", "prompts/letter.prompt")]
    [InlineData("stale:1d", "")]
    [InlineData("finding:empty-message", "")]
    [InlineData("finding:unknown-model", "")]
    public async Task Words_and_filters_find(string typed, string files) => Assert.Equal(files, string.Join(' ', await Found(typed)));

    [Theory]
    [InlineData("AND")]
    [InlineData("nothing) OR (more")]
    [InlineData("NEAR(nothing more)")]
    [InlineData("body:x", "there is no filter `body:`; There are")]
    [InlineData("onwer:@acme", "there is no filter `onwer:`; did you mean `owner:`?")]
    [InlineData("stale:soon", "`stale:soon` names no age")]
    [InlineData("--- ***", "there is nothing to look for")]
    [InlineData("' OR 1=1 --x")]
    [InlineData("http://example.com")]
    [InlineData("*")]
    public void What_is_typed_is_text_and_never_an_expression(string typed, string? refused = null)
    {
        if (refused is null && typed != "*")
            Assert.All(SearchQuery.Parse(typed).Words, w => Assert.Contains(w.Text, typed, StringComparison.Ordinal));
        else
            Assert.StartsWith(refused ?? "there is nothing to look for", Assert.Throws<SearchException>(() => SearchQuery.Parse(typed)).Message,
                StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_letter_can_be_looked_for()
    {
        for (char c = ' '; c < '\u0180'; c++)
        {
            // A quote and a colon have their meanings, which other tests are about.
            if (c is '"' or ':')
                continue;
            using var output = new StringWriter { NewLine = "\n" };
            var terminal = new Terminal { Out = output, Error = output, In = static () => TextReader.Null, Folder = _shell.Folder };
            int status = await CommandLine.RunAsync(["search", "--", $"x{c}y {c}", $"\"{c}", $"refund{c}"], terminal, TestContext.Current.CancellationToken);
            Assert.True(status is 0, $"{(int)c:X}: {output}");
        }
    }

    [Fact]
    public async Task The_line_is_shown_on_which_the_words_stand()
    {
        Assert.Equal(0, await _shell.Run("search takes"));
        Assert.Equal("prompts/letter.prompt:8  letter · ada@example.com · @acme/letters\n    A refund takes   three days.\n", _shell.Out);
    }

    [Fact]
    public async Task A_phrase_is_words_in_their_order()
    {
        // The shell takes one pair of quotes away.
        Assert.Single(SearchQuery.Parse("\"refund takes\"").Words, new SearchWord("refund takes", true));
        Assert.Equal(["prompts/letter.prompt"], await Phrase("refund takes"));
        Assert.Empty(await Phrase("takes refund"));
    }

    [Fact]
    public async Task What_has_changed_is_read_anew_and_what_is_gone_is_not_found()
    {
        Assert.Equal(["prompts/other.prompt"], await Found("uber"));
        _shell.With("prompts/other.prompt", "Now about zebras.\n").Without("prompts/refund.prompt").With("prompts/new.prompt", "Zebras, too.\n");
        Assert.Empty(await Found("uber"));
        Assert.Equal(["prompts/new.prompt", "prompts/other.prompt"], (await Found("zebras")).Order(StringComparer.Ordinal));
        Assert.Equal(["prompts/letter.prompt"], await Found("refund"));
    }

    [Fact]
    public async Task Notes_are_found_and_old_versions_where_they_are_asked_for()
    {
        await _shell.Run("snapshot -m \"since the lawyers asked\"");
        _shell.With("prompts/other.prompt", "Something else.\n").Without("prompts/letter.prompt");
        await _shell.Run("snapshot");
        Assert.Equal(0, await _shell.Run("search lawyers name:refund"));
        Assert.Equal("prompts/refund.prompt  refund · @acme/support · openai/gpt-4o\n    note: since the lawyers asked\n", _shell.Out);
        Assert.Empty(await Found("uber"));
        Assert.Equal("nothing is found; `--all` looks in old versions too\n", _shell.Error);
        Assert.Equal(0, await _shell.Run("search uber --all"));
        Assert.StartsWith("prompts/other.prompt@v1", _shell.Out, StringComparison.Ordinal);
        Assert.Equal(0, await _shell.Run("search \"three days\" --all"));
        Assert.Matches("^prompts/letter.prompt@deleted-[0-9]+:v1 ", _shell.Out);
        // What a version says that is there still is found once.
        Assert.Equal(0, await _shell.Run("search kind --all"));
        Assert.Single(_shell.Out.Split('\n'), l => l.StartsWith("prompts/refund.prompt", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_forgotten_is_not_found()
    {
        _shell.With("prompts/other.prompt", "The password is hunter2.\n");
        await _shell.Run("snapshot prompts/other.prompt");
        await _shell.With("prompts/other.prompt", "Ask for it.\n").Run("snapshot");
        await _shell.Run("search hunter2 --all");
        Assert.Contains("other.prompt@v1", _shell.Out, StringComparison.Ordinal);
        Assert.Equal(0, await _shell.Run("forget prompts/other.prompt@v1 -m leaked"));
        await _shell.Run("search hunter2 --all");
        Assert.Equal("", _shell.Out);
    }

    [Fact]
    public async Task An_index_that_is_damaged_or_somebody_elses_is_made_anew()
    {
        await Found("refund");
        string cache = Directory.GetFiles(PromptLsp.Workspace.History.StateFolder.Search!, "*.db").OrderByDescending(File.GetLastWriteTimeUtc).First();
        foreach (string content in (string[])["",
            "not a database, but as long as the header of one would be ............................................................"])
        {
            foreach (string companion in (string[])["", "-wal", "-shm"])
                File.Delete(cache + companion);
            await File.WriteAllTextAsync(cache, content, TestContext.Current.CancellationToken);
            Assert.Equal(["prompts/refund.prompt", "prompts/letter.prompt"], await Found("refund"));
        }
        Directory.CreateDirectory(cache + ".d");
        Assert.Equal(["prompts/refund.prompt", "prompts/letter.prompt"], await Found("refund"));
    }

    [Fact]
    public async Task Json_says_what_there_is_to_know()
    {
        Assert.Equal(0, await _shell.Run("search kind --format json"));
        JsonElement found = JsonDocument.Parse(_shell.Out).RootElement[0];
        Assert.Equal("prompts/refund.prompt", found.GetProperty("file").GetString());
        Assert.Equal("Be kind.", found.GetProperty("text").GetString());
        Assert.Equal(8, found.GetProperty("line").GetInt32());
        Assert.Equal("@acme/support", found.GetProperty("owner")[0].GetString());
    }

    [Fact]
    public async Task There_may_be_more_than_are_shown()
    {
        Assert.Equal(0, await _shell.Run("search refund --limit 1"));
        Assert.Equal("there are more; `--limit 0` shows all\n", _shell.Error);
        Assert.Single(_shell.Out.Split('\n'), l => l.StartsWith("prompts/", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(15_000)]
    [InlineData(1)]
    [InlineData(0)]
    public void Words_that_are_everywhere_find_names_first_and_then_the_others(int mostWeighed)
    {
        var snapshot = Snapshot.Empty(new Disk(), [_shell.Folder]);
        using SearchIndex index = SearchIndex.Open(snapshot.Roots.OfFolder(_shell.Folder), null);
        index.Update(snapshot, null, withVersions: false, static (_, _) => { }, TestContext.Current.CancellationToken);
        foreach (
            (string typed, string[] files) in ((string, string[])[])
                [("refund", ["prompts/letter.prompt", "prompts/refund.prompt"]), ("refund owner:acme/support", ["prompts/refund.prompt"])]
        )
        {
            string[] found =
            [
                .. index.Find(SearchQuery.Parse(typed), new(10, default) { MostWeighed = mostWeighed }, static (_, _) => true).Select(f => f.Path),
            ];
            Assert.Equal(files, found.Order(StringComparer.Ordinal));
            Assert.True(mostWeighed == 0 || found[0] == "prompts/refund.prompt");
        }
    }

    private async Task<string[]> Found(string typed)
    {
        Assert.Equal(0, await _shell.Run($"search {typed} --format json"));
        return [.. JsonDocument.Parse(_shell.Out).RootElement.EnumerateArray().Select(f => f.GetProperty("file").GetString()!)];
    }

    private async Task<string[]> Phrase(string phrase)
    {
        using var output = new StringWriter { NewLine = "\n" };
        var terminal = new Terminal { Out = output, Error = TextWriter.Null, In = static () => TextReader.Null, Folder = _shell.Folder };
        Assert.Equal(0, await CommandLine.RunAsync(["search", $"\"{phrase}\"", "--format", "json"], terminal, TestContext.Current.CancellationToken));
        return [.. JsonDocument.Parse(output.ToString()).RootElement.EnumerateArray().Select(f => f.GetProperty("file").GetString()!)];
    }
}

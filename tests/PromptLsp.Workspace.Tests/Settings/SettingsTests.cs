using System.Runtime.CompilerServices;
using System.Text;
using PromptLsp.Language.Catalog;
using PromptLsp.Language.Linting;
using PromptLsp.Language.Semantics;
using PromptLsp.Language.Text;
using PromptLsp.Testing;
using PromptLsp.Workspace.Files;
using PromptLsp.Workspace.Settings;
using Xunit;

namespace PromptLsp.Workspace.Tests.Settings;

/// <summary>What <c>promptlsp.yaml</c> says, and what is said of it.</summary>
public sealed class SettingsTests
{
    [Fact]
    public void All_that_it_can_say()
    {
        WorkspaceSettings settings = Read("""
            context:
              brand: context/brand.yaml
              user: { schema: { name: string }, sample: { name: Ada }, description: who asks }
            template: scriban
            partials: [prompts/partials]
            models:
              openai/gpt-4o-mini: { context: 128000, input: 0.15, output: 0.60 }
            rules: { unused-input: off, undefined-variable: error }
            environments: [dev, production]
            history: { fold: 30s }
            schemas: { Money: { amount: number } }
            """);
        Assert.Empty(settings.Findings);
        Assert.Equal(["brand", "user"], settings.Context.Select(v => v.Name));
        Assert.Equal(("context/brand.yaml", true), (settings.Context[0].Source, settings.Context[0].IsConstant));
        Assert.Equal(("promptlsp.yaml", "who asks", false), (settings.Context[1].Source, settings.Context[1].Description, settings.Context[1].IsConstant));
        Assert.Equal("scriban", settings.Template?.Name);
        Assert.EndsWith("prompts/partials", Assert.Single(settings.Partials), StringComparison.Ordinal);
        Assert.Equal(new ModelInfo("openai/gpt-4o-mini", 128000, 0.15, 0.60), Assert.Single(settings.Models));
        Assert.Equal((Severity.Off, Severity.Error), (settings.Severities["unused-input"], settings.Severities["undefined-variable"]));
        Assert.Equal(["dev", "production"], settings.Releases.Environments.Select(e => e.Name));
        Assert.Equal(TimeSpan.FromSeconds(30), settings.HistoryFold);
        Assert.True(settings.Schemas.ContainsKey("Money"));
    }

    [Fact]
    public void What_is_wrong_is_said_where_it_stands() => Lint("""
        template: mustache
                  ^^^^^^^^ error invalid-settings: `mustache` is no template language; use `scriban`, `handlebars` or `liquid`
        context:
          brand: context/brnad.yaml
                 ^^^^^^^^^^^^^^^^^^ error invalid-settings: there is no file `context/brnad.yaml`; create it, or correct the path
          secrets: ../../secrets.yaml
                   ^^^^^^^^^^^^^^^^^^ error invalid-settings: `../../secrets.yaml` lies outside the workspace, where nothing is read
          user:
          ^^^^ error invalid-settings: `user` needs a file (`user: context/user.yaml`), or a `schema` for what is given at run time
        partials: [nowhere, ..]
                   ^^^^^^^ error invalid-settings: there is no folder `nowhere`; create it, or correct the path
                            ^^ error invalid-settings: `..` lies outside the workspace, where nothing is read
        models:
          openai/gpt-4o: { context: many }
                                    ^^^^ error invalid-settings: `context` must be a number, not `many`
        rules: { unused-inputs: off, unused-input: loud }
                 ^^^^^^^^^^^^^ warning invalid-settings: there is no rule `unused-inputs`; did you mean `unused-input`?
                                                   ^^^^ error invalid-settings: `loud` is no severity; use `off`, `hint`, `information`, `warning` or `error`
        history: { fold: a while }
                         ^^^^^^^ error invalid-settings: `a while` is no duration; write seconds, minutes or hours, such as `30s`, `2m` or `1h`
        """);

    [Fact]
    public void What_stands_at_the_margin_and_nothing_reads() => Lint("""
        context:
        auth: { email: a@example.com }
        ^^^^ warning invalid-settings: nothing reads `auth`; indent it if it belongs to `context`
        mine: 3
        """);

    [Fact]
    public void Keys_values_and_schemas_are_checked_as_in_prompts() => Lint("""
        enviroments: [dev]
        ^^^^^^^^^^^ warning invalid-settings: nothing reads `enviroments`; did you mean `environments`?
        schemas: { Money: { amount: nubmer } }
                                    ^^^^^^ error invalid-settings: there is no type `nubmer`; did you mean `number`?
        models: { openai/gpt-4o: { context: -5 } }
                                            ^^ error invalid-settings: `context` must be a number, not `-5`
        mine: whatever
        """);

    [Theory]
    [InlineData("- a", "promptlsp.yaml holds keys with their values, such as `partials: [prompts/partials]`; this is a list")]
    [InlineData("hello", "promptlsp.yaml holds keys with their values, such as `partials: [prompts/partials]`; this is a single value")]
    [InlineData("42", "promptlsp.yaml holds keys with their values, such as `partials: [prompts/partials]`; this is a single value")]
    [InlineData("rules: off", "`rules` must be a map, and this is a single value")]
    [InlineData("rules: [a]", "`rules` must be a map, and this is a list")]
    public void What_is_no_settings_at_all_is_said(string text, string says) => Assert.Equal([says], Read(text).Findings.Select(f => f.Message));

    [Theory]
    [InlineData("")]
    [InlineData("# nothing yet")]
    [InlineData("~")]
    [InlineData("{}")]
    [InlineData("rules:\n# none yet")]
    [InlineData("rules: {}")]
    public void What_says_nothing_is_fine(string text) => Assert.Empty(Read(text).Findings);

    [Fact]
    public void A_misspelt_key_is_said_beside_the_right_one_and_all_stands_in_order() => Lint("""
        partials: [.]
        partial: [prompts]
        ^^^^^^^ warning invalid-settings: nothing reads `partial`; it looks like `partials`, which is here too: put it there
        models:
          openai/gpt-4o: { context: 1, contxt: -5 }
                                       ^^^^^^ warning invalid-settings: nothing reads `contxt`; it looks like `context`, which is here too: put it there
        mine: whatever
        template: mustache
                  ^^^^^^^^ error invalid-settings: `mustache` is no template language; use `scriban`, `handlebars` or `liquid`
        """);

    [Fact]
    public void What_is_wrong_is_told_from_top_to_bottom()
    {
        int[] starts =
        [
            .. Read("partial: [a]\nrules: { nope: off }\ncontext: { a: nowhere.yaml }\npartials: [b]\ntemplate: x\n").Findings.Select(f => f.Span.Start),
        ];
        Assert.True(starts.Length >= 4);
        Assert.Equal(starts.Order(), starts);
    }

    [Theory]
    [InlineData(".")]
    [InlineData("./")]
    [InlineData("prompts/partials/")]
    public void Partials_may_lie_anywhere_in_the_root(string partials) => Assert.Empty(Read($"partials: [{partials}]").Findings);

    [Fact]
    public void Half_a_file_says_what_it_can()
    {
        WorkspaceSettings settings = Read("template: handlebars\nmodels: [openai/gpt-4o\n");
        Assert.Equal("handlebars", settings.Template?.Name);
        Assert.NotEmpty(settings.Findings);
    }

    [Theory]
    [InlineData("")]
    [InlineData("just words")]
    [InlineData("- a\n- list")]
    [InlineData("context: 7\nrules: []\nmodels: yes\npartials: {}\nhistory: 1")]
    public void A_file_that_says_nothing_usable_changes_nothing(string text) => Assert.Empty(Read(text).Severities);

    [Fact]
    public void Aliases_cannot_unfold_without_bound()
    {
        var bomb = new StringBuilder("a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol, lol]\n");
        for (int i = 1; i < 30; i++)
            bomb.Append(null, $"a{i}: &a{i} [{string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 10))}]\n");
        WorkspaceSettings settings = Read("context: { brand: context/bomb.yaml }\n", ("context/bomb.yaml", bomb.ToString()));
        Assert.Single(settings.Context);
    }

    [Fact]
    public void Settings_that_lead_out_of_the_workspace_are_not_read()
    {
        using PromptFolder folder = new(),
            other = new(("promptlsp.yaml", "schemas: { Money: { amount: number } }"));
        File.CreateSymbolicLink(Path.Join(folder.Folder, "promptlsp.yaml"), Path.Join(other.Folder, "promptlsp.yaml"));
        Snapshot now = Snapshot.Empty(new Disk(), [folder.Folder]);
        Root root = now.Roots.Of(Path.Join(folder.Folder, "main.prompt"));
        Assert.Empty(now.SettingsOf(root).Schemas);
        Assert.Equal(
            "`promptlsp.yaml` leads out of the workspace, so it is not read; put the file itself here",
            Assert.Single(now.SettingsOf(root).Findings).Message
        );
        Assert.Equal((FileStatus.Outside, ""), (now.SettingsFileOf(root).Status, now.SettingsFileOf(root).Text.Content));
    }

    private static WorkspaceSettings Read(string settings, params (string, string)[] files)
    {
        using var folder = new PromptFolder([
            ("promptlsp.yaml", settings),
            ("context/brand.yaml", "voice: warm\n"),
            ("prompts/partials/_x.prompt", ""),
            .. files,
        ]);
        Snapshot now = Snapshot.Empty(new Disk(), [folder.Folder]);
        return now.SettingsOf(now.Roots.Of(Path.Join(folder.Folder, "main.prompt")));
    }

    private static void Lint(string annotated, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        string text = Annotated.Strip(annotated);
        Expect.InSource(annotated, Annotated.Draw(new SourceText(text), Read(text).Findings), file, line);
    }
}

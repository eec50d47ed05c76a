using System.CommandLine;
using PromptLsp.Cli.Reports;
using PromptLsp.Language.Catalog;
using PromptLsp.Workspace.Files;

namespace PromptLsp.Cli.Commands;

/// <summary><c>promptlsp init [FOLDER]</c>: makes a folder a workspace of prompts.</summary>
internal static class InitCommand
{
    private const string Schema = "promptlsp.schema.json";

    private const string Settings = $$"""
        # yaml-language-server: $schema=./{{Schema}}
        partials: [prompts/partials]
        # What every prompt can read:
        # context:
        #   brand: context/brand.yaml
        # The models that may be used, with their prices per million tokens:
        # models:
        #   openai/gpt-4o-mini: { context: 128000, input: 0.15, output: 0.60 }
        # rules: { missing-owner: warning }

        """;

    private const string Workflow = """
        name: prompts
        on: [push, pull_request]
        jobs:
          check:
            runs-on: ubuntu-latest
            steps:
              - uses: actions/checkout@v4
              # Put promptlsp on the path here, as you install your other tools.
              - run: promptlsp check --format github
              - run: promptlsp test

        """;

    public static Command Create(Terminal terminal)
    {
        var folder = new Argument<string>("FOLDER")
        {
            Description = "The folder; the one you are in if none is given.",
            Arity = ArgumentArity.ZeroOrOne,
            DefaultValueFactory = _ => ".",
        };
        var command = new ExampleCommand("init", "Makes a folder a workspace: settings, a first prompt, a check in CI.", "promptlsp init") { folder };
        command.SetAction(parsed =>
        {
            string root = terminal.Absolute(parsed.GetValue(folder)!);
            if (File.Exists(root))
                throw new CommandFailure($"`{parsed.GetValue(folder)}` is a file; name a folder");
            foreach ((string path, string text) in Files)
            {
                string full = Path.Join(root, path);
                terminal.Out.WriteLine($"{(NewFile.TryWrite(full, text.ReplaceLineEndings("\n"), terminal) ? "wrote" : "kept ")}  {terminal.Display(full)}");
            }
            terminal.Error.WriteLine("next: `promptlsp check`, `promptlsp test`, `promptlsp render prompts/example.prompt`");
            return ExitStatus.Clean;
        });
        return command;
    }

    private static string SchemaText()
    {
        using var text = new StringWriter();
        PromptJson.Write(text, json => json.Value(KeySchema.Of(Keys.Workspace)));
        return text.ToString();
    }

    // A partial that nothing includes would be the first finding.
    private static string WithVoice(string example) => example.Replace("at most.\n", "at most.\n{{ include \"voice\" ~}}\n", StringComparison.Ordinal);

    private static IEnumerable<(string Path, string Text)> Files =>
    [
        (Roots.SettingsFile, Settings),
        (Schema, SchemaText()),
        ("prompts/example.prompt", WithVoice(PromptTemplates.All[0].For("example"))),
        ("prompts/partials/_voice.prompt", PromptTemplates.Find("partial")!.For("voice")),
        (".github/workflows/prompts.yml", Workflow),
    ];
}

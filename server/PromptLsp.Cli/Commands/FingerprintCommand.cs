using System.CommandLine;
using PromptLsp.Cli.Checking;
using PromptLsp.Cli.Reports;

namespace PromptLsp.Cli.Commands;

/// <summary><c>promptlsp fingerprint FILE</c>: what names the text, and what names all that reaches the model.</summary>
internal static class FingerprintCommand
{
    public static Command Create(Terminal terminal)
    {
        var file = new Argument<string>("FILE") { Description = "The prompt; - reads standard input." };
        Option<string?> filename = PipedPrompt.FilenameOption();
        Option<string> format = CommonOptions.Format();
        var command = new ExampleCommand(
            "fingerprint",
            "Tells a prompt's fingerprint, and the one that covers what it pulls in.",
            "promptlsp fingerprint prompts/reply.prompt"
        )
        {
            file,
            filename,
            format,
        };
        command.SetAction(parsed =>
        {
            OnePrompt prompt = OnePrompt.Open(parsed.GetValue(file)!, parsed.GetValue(filename), terminal);
            if (parsed.GetValue(format) == "json")
                WriteJson(prompt, terminal);
            else
                WriteText(prompt, terminal);
            return ExitStatus.Clean;
        });
        return command;
    }

    private static void WriteText(OnePrompt prompt, Terminal terminal)
    {
        terminal.Out.WriteLine($"fingerprint  {prompt.Fingerprint}");
        terminal.Out.WriteLine($"effective    {prompt.EffectiveFingerprint}");
        foreach ((string path, string fingerprint) in prompt.PulledIn)
            terminal.Out.WriteLine(
                terminal.Paint.Dim($"  {fingerprint}  {SourceExcerpt.Visible(path)}{(fingerprint == History.Fingerprint.Missing ? " (missing)" : "")}")
            );
    }

    private static void WriteJson(OnePrompt prompt, Terminal terminal) => PromptJson.Write(terminal.Out, writer =>
    {
        writer.WriteStartObject();
        writer.Member("file", prompt.Shown);
        writer.Member("fingerprint", prompt.Fingerprint);
        writer.Member("effective", prompt.EffectiveFingerprint);
        writer.WriteStartArray("pulledIn");
        foreach ((string path, string fingerprint) in prompt.PulledIn)
        {
            writer.WriteStartObject();
            writer.Member("path", path);
            writer.Member("fingerprint", fingerprint);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteEndObject();
    });
}

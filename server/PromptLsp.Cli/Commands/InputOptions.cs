using System.CommandLine;
using PromptLsp.Cli.Rendering;

namespace PromptLsp.Cli.Commands;

/// <summary>The options by which a command is given what a prompt is rendered with.</summary>
internal sealed class InputOptions
{
    private readonly Option<string?> _sample = new("--sample") { Description = "Render with this sample of the prompt's.", HelpName = "NAME" };
    private readonly Option<string?> _input = new("--input") { Description = "Inputs as JSON or YAML; - reads standard input.", HelpName = "FILE|-" };
    private readonly Option<string[]> _set = new("--set") { Description = "One input, or a member of one; may be given several times.", HelpName = "a.b=c" };
    private readonly Option<string?> _context = new("--context") { Description = "Values of context variables, as JSON or YAML.", HelpName = "FILE" };
    private readonly Option<string?> _history = new("--history") { Description = "The messages so far, as JSON or YAML.", HelpName = "FILE" };

    public void AddTo(Command command)
    {
        command.Add(_sample);
        command.Add(_input);
        command.Add(_set);
        command.Add(_context);
        command.Add(_history);
    }

    public GivenInputs Read(ParseResult parsed) => new()
    {
        Sample = parsed.GetValue(_sample),
        InputFile = parsed.GetValue(_input),
        Sets = parsed.GetValue(_set) ?? [],
        ContextFile = parsed.GetValue(_context),
        HistoryFile = parsed.GetValue(_history),
    };
}

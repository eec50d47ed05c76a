using System.CommandLine;
using PromptLsp.Evaluation.Running;

namespace PromptLsp.Cli.Commands;

/// <summary>Options of commands that ask many questions.</summary>
internal sealed class AskingOptions
{
    private readonly Option<double?> _budget = new("--budget") { Description = "Stop before all answers together cost more than this.", HelpName = "AMOUNT" };

    private readonly Option<int> _parallel = CommonOptions.Count("--parallel", "How many questions are under way at once; 4 if it is not given.");

    public void AddTo(Command command)
    {
        command.Add(_budget);
        command.Add(_parallel);
    }

    public RunOptions Read(ParseResult parsed, Terminal terminal)
    {
        if (parsed.GetValue(_budget) is { } amount && !(amount > 0 && double.IsFinite(amount)))
            throw new CommandFailure("`--budget` needs an amount above 0");
        return new()
        {
            Parallel = parsed.GetResult(_parallel) is { Implicit: false } ? Math.Clamp(parsed.GetValue(_parallel), 1, 64) : 4,
            Budget = parsed.GetValue(_budget),
            Clock = terminal.Clock,
        };
    }
}

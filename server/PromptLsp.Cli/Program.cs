using PromptLsp.Cli;
using PromptLsp.Cli.Commands;

if (ServeCommand.IsPlain(args))
    return await ServeCommand.RunAsync(CancellationToken.None);
return await CommandLine.RunAsync(args, Terminal.OfProcess(), CancellationToken.None);

using PromptLsp.Cli;
using PromptLsp.Cli.Commands;
using PromptLsp.History.Files;

FileSizeLimit.FailsWrites();
if (ServeCommand.IsPlain(args))
    return await ServeCommand.RunAsync(CancellationToken.None);
return await CommandLine.RunAsync(args, Terminal.OfProcess(), CancellationToken.None);

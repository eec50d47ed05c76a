using System.CommandLine;
using PromptLsp.Cli.Folio;
using PromptLsp.Cli.Releasing;
using PromptLsp.Cli.Reports;
using PromptLsp.History.Files;
using PromptLsp.History.Store;
using PromptLsp.Portfolio.Site;
using PromptLsp.Workspace.Files;

namespace PromptLsp.Cli.Commands;

/// <summary><c>promptlsp site --out DIR</c>: the portfolio as pages for a browser.</summary>
internal static class SiteCommand
{
    public static Command Create(Terminal terminal)
    {
        var to = new Option<string>("--out")
        {
            Description = "The folder that the pages are written to: a new or empty one, or that of an earlier portfolio.",
            HelpName = "DIR",
            Required = true,
        };
        var command = new ExampleCommand("site", "Writes the portfolio as static pages that work without a network.", "promptlsp site --out portfolio") { to };
        command.SetAction((parsed, cancel) => Task.FromResult(Run(parsed.GetValue(to)!, terminal, cancel)));
        return command;
    }

    private static int Run(string argument, Terminal terminal, CancellationToken cancel)
    {
        if (argument.Length == 0)
            throw new CommandFailure("`--out` needs a folder to write to");
        string folder = Path.TrimEndingDirectorySeparator(terminal.Absolute(argument));
        MustBeOurs(folder, argument);
        using var all = new ReadPortfolio(terminal, cancel);
        foreach (Root root in all.Prompts.Select(p => p.Root).DistinctBy(r => r.Folder))
            RememberReleases(root, terminal, cancel);
        var site = new PortfolioSite(Path.GetFileName(all.Folder), all.Prompts, all.Environments, all.History, terminal.Clock.GetUtcNow());
        (string Path, Func<byte[]> Content)[] files = [.. site.Files(cancel)];
        try
        {
            Directory.CreateDirectory(Path.Join(folder, "prompts"));
            long size = 0;
            Parallel.ForEach(files, new ParallelOptions { CancellationToken = cancel }, file =>
            {
                byte[] content = file.Content();
                Interlocked.Add(ref size, content.Length);
                File.WriteAllBytes(Path.Join(folder, file.Path), content);
            });
            if (all.Environments.IsEmpty)
                File.Delete(Path.Join(folder, EnvironmentsPage.Name));
            foreach (string old in Directory.GetFiles(Path.Join(folder, "prompts"), "*.html")
                .Except(files.Select(f => Path.GetFullPath(f.Path, folder)), StringComparer.Ordinal))
                File.Delete(old);
            string first = terminal.Display(Path.Join(folder, "index.html"));
            terminal.Out.WriteLine($"wrote {Counted.Of(all.Prompts.Length, "prompt")}, {Math.Max(1, size / 1024)} KB, to {first}");
            return all.End();
        }
        catch (AggregateException failure) when (FileFailure.Is(failure.InnerExceptions[0]))
        {
            throw new CommandFailure($"`{argument}` cannot be written: {FileFailure.Reason(failure.InnerExceptions[0])}");
        }
        catch (Exception failure) when (FileFailure.Is(failure))
        {
            throw new CommandFailure($"`{argument}` cannot be written: {FileFailure.Reason(failure)}");
        }
    }

    // What it knows can be shown all the same.
    private static void RememberReleases(Root root, Terminal terminal, CancellationToken cancel)
    {
        try
        {
            CommandWorkspace.Here(terminal with { Folder = root.Folder }).Releases.RememberAll(cancel);
        }
        catch (HistoryUnavailableException why)
        {
            terminal.Tell($"promptlsp: the timelines may lack what became of prompts in environments: {why.Message}");
        }
    }

    // Pages that are no longer there are taken away, so the folder must be one in which nothing else lies.
    private static void MustBeOurs(string folder, string argument)
    {
        if (File.Exists(folder))
            throw new CommandFailure($"`{argument}` is a file; name a folder");
        if (!Directory.Exists(folder) || !Directory.EnumerateFileSystemEntries(folder).Any())
            return;
        if (!OwnPage.Is(Path.Join(folder, "index.html"), PortfolioSite.Generator))
            throw new CommandFailure($"`{argument}` holds something else than a portfolio; name a new folder");
    }
}

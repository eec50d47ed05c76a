using System.CommandLine;
using System.CommandLine.Completions;
using PromptLsp.Cli.Checking;
using PromptLsp.Cli.Versions;
using PromptLsp.Evaluation.Files;
using PromptLsp.History;
using PromptLsp.History.Store;
using PromptLsp.Workspace;
using PromptLsp.Workspace.Files;

namespace PromptLsp.Cli.Commands;

/// <summary>What a shell completes of a prompt that the command line names: its samples, tags and versions.</summary>
internal static class KnownWords
{
    private const int MostVersions = 50;

    /// <summary>Lets the options and arguments of a command be completed.</summary>
    /// <param name="begun">What is typed of the word that is to be completed.</param>
    public static void CompleteIn(Command command, string begun, Terminal terminal)
    {
        foreach (Option option in command.Options.Where(o => o.HelpName == "ENV"))
            option.CompletionSources.Add(_ => Items(() => Environments(terminal)));
        foreach (Argument argument in command.Arguments.Where(a => a.Name == "ENV"))
            argument.CompletionSources.Add(_ => Items(() => Environments(terminal)));
        if (command.Arguments.FirstOrDefault(a => a.Name == "EVALUATION") is { } evaluation)
            CompleteOfEvaluation(command, evaluation, terminal);
        if (command.Arguments.FirstOrDefault(a => a.Name.StartsWith("FILE", StringComparison.Ordinal)) is not { } file)
            return;
        foreach (Option option in command.Options)
        {
            if (option.Name == "--sample")
                option.CompletionSources.Add(context => Items(() => Samples(FileOf(context, file, terminal))));
            else if (option.HelpName == "REF")
                option.CompletionSources.Add(context => Items(() => References(FileOf(context, file, terminal), terminal)));
        }
        foreach (Argument argument in command.Arguments)
        {
            if (argument.Name == "REF")
                argument.CompletionSources.Add(context => Items(() => References(FileOf(context, file, terminal), terminal)));
            else if (argument.Name == "NAME")
                argument.CompletionSources.Add(context => Items(() => Tags(FileOf(context, file, terminal), terminal)));
        }
        if (file.Name.Contains('@', StringComparison.Ordinal))
            file.CompletionSources.Add(_ => Items(() => BehindAt(begun, terminal)));
    }

    private static void CompleteOfEvaluation(Command command, Argument evaluation, Terminal terminal)
    {
        evaluation.CompletionSources.Add(_ => Items(() => EvaluationFiles.In(RootHere(terminal), Disk.Load).Select(terminal.Display)));
        foreach (Option option in command.Options.Where(o => o.HelpName == "VERSION"))
            option.CompletionSources.Add(context => Items(() => References(PromptOf(FileOf(context, evaluation, terminal), terminal), terminal)));
    }

    private static string PromptOf(string evaluation, Terminal terminal) =>
        EvaluationFiles.PromptOf(evaluation, RootHere(terminal), Disk.Load) ?? throw new CommandFailure("no prompt yet");

    private static Root RootHere(Terminal terminal) => new Roots(new Disk(), [terminal.Folder]).OfFolder(terminal.Folder);

    // Whatever goes wrong, a shell wants to hear nothing of it.
    private static IEnumerable<CompletionItem> Items(Func<IEnumerable<string>> find)
    {
        try
        {
            return [.. find().Select(word => new CompletionItem(word))];
        }
        catch (Exception failure) when (failure is HistoryException or CommandFailure or IOException or UnauthorizedAccessException or ArgumentException)
        {
            return [];
        }
    }

    private static string FileOf(CompletionContext context, Argument file, Terminal terminal)
    {
        string typed = context.ParseResult.GetResult(file)?.Tokens is [{ Value: var value }, ..] ? value : throw new CommandFailure("no file yet");
        int at = typed.LastIndexOf('@');
        return terminal.Absolute(at > 0 && !File.Exists(terminal.Absolute(typed)) ? typed[..at] : typed);
    }

    private static IEnumerable<string> Samples(string file) =>
        Snapshot.Empty(new Disk(), [Path.GetDirectoryName(file)!]).ReadOnce(file) is (_, { } prompt) ? prompt.Header.Samples.Select(s => s.Name) : [];

    private static IEnumerable<string> BehindAt(string word, Terminal terminal) => word.LastIndexOf('@') is > 0 and var at
        ? References(terminal.Absolute(word[..at]), terminal).Select(reference => $"{word[..at]}@{reference}")
        : [];

    private static IEnumerable<string> Environments(Terminal terminal)
    {
        var snapshot = Snapshot.Empty(new Disk(), [terminal.Folder]);
        return snapshot.SettingsOf(snapshot.Roots.OfFolder(terminal.Folder)).Releases.Environments.Select(e => e.Name);
    }

    private static string[] References(string file, Terminal terminal) =>
        Of(file, terminal, static (store, path) => [.. store.Tags(path).Select(t => t.Name), .. store.Versions(path, limit: MostVersions).Select(v => v.Name)]);

    private static string[] Tags(string file, Terminal terminal) => Of(file, terminal, static (store, path) => [.. store.Tags(path).Select(t => t.Name)]);

    private static string[] Of(string file, Terminal terminal, Func<HistoryStore, string, string[]> find)
    {
        Root root = new Roots(new Disk(), [terminal.Folder]).Of(file);
        if (!HistoryStore.Exists(root.Folder))
            return [];
        using HistoryStore store = Stores.ToRead(root.Folder, terminal);
        return find(store, root.Relative(file));
    }
}

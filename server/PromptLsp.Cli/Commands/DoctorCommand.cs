using System.CommandLine;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using PromptLsp.Cli.Checking;
using PromptLsp.Cli.Reports;
using PromptLsp.Cli.Versions;
using PromptLsp.History.Git;
using PromptLsp.Language.Linting;
using PromptLsp.Language.Syntax.Formats;
using PromptLsp.Language.Syntax.Yaml;
using PromptLsp.Language.Text;
using PromptLsp.Models;
using PromptLsp.Models.Providers;
using PromptLsp.Workspace;
using PromptLsp.Workspace.Files;
using PromptLsp.Workspace.Settings;
using PromptLsp.Workspace.Tokens;

namespace PromptLsp.Cli.Commands;

/// <summary><c>promptlsp doctor</c>: what is set up in this folder, and what is wrong with it.</summary>
internal static class DoctorCommand
{
    private const string Nothing = "none";
    private const int MostListed = 10;

    public static Command Create(Terminal terminal)
    {
        Option<string> format = CommonOptions.Format();
        var restore = new Option<string?>("--restore-history")
        {
            Description = "First put a copy in the place of the history: the newest one, or a file. What was there is moved aside.",
            HelpName = "newest|FILE",
        };
        var command = new ExampleCommand("doctor", "Tells what is set up here, and what is wrong.", "promptlsp doctor") { restore, format };
        command.SetAction(
            (parsed, cancel) =>
            {
                if (parsed.GetValue(restore) is { } copy)
                    StoreChecks.Restore(copy, terminal);
                return Task.FromResult(Run(parsed.GetValue(format) == "json", terminal, cancel));
            }
        );
        return command;
    }

    private static int Run(bool asJson, Terminal terminal, CancellationToken cancel)
    {
        Check[] checks = [.. Checks(terminal, cancel)];
        if (asJson)
            WriteJson(checks, terminal);
        else
            WriteText(checks, terminal);
        return checks.All(c => c.IsFine) ? ExitStatus.Clean : ExitStatus.Findings;
    }

    private static IEnumerable<Check> Checks(Terminal terminal, CancellationToken cancel)
    {
        yield return new(
            "program",
            true,
            $"promptlsp {ProductVersion.Text}, {(RuntimeFeature.IsDynamicCodeSupported ? RuntimeInformation.FrameworkDescription : "native")}, "
                + $"{RuntimeInformation.RuntimeIdentifier}"
        );
        yield return new("executable", true, Environment.ProcessPath ?? "unknown");
        var snapshot = Snapshot.Empty(new Disk(), [terminal.Folder]);
        Root root = snapshot.Roots.OfFolder(terminal.Folder);
        yield return new("root", true, root.Folder);
        foreach (Check check in Settings(snapshot, root, terminal))
            yield return check;
        foreach (Check check in Prompts(root, terminal, cancel))
            yield return check;
        yield return Tokens();
        yield return Providers(snapshot.SettingsOf(root), terminal);
        yield return Git(root);
        string author = GitAuthor.Read(root.Folder);
        yield return new(
            "author",
            true,
            author.Contains('<', StringComparison.Ordinal) ? author : $"{author}; `git config --global user.email ADDRESS` adds the mail address"
        );
        foreach (Check check in StoreChecks.Of(root, terminal, cancel))
            yield return check;
    }

    private static IEnumerable<Check> Settings(Snapshot snapshot, Root root, Terminal terminal)
    {
        string path = root.SettingsPath;
        FileText file = snapshot.SettingsFileOf(root);
        if (file.Status == FileStatus.Missing)
        {
            yield return new("settings", true, $"no {Roots.SettingsFile}; everything is as it comes");
            yield break;
        }
        if (!file.IsOk)
        {
            yield return new("settings", false, PromptPaths.Why(path, file.Status));
            yield break;
        }
        WorkspaceSettings settings = snapshot.SettingsOf(root);
        var keys = YamlTree.Parse(file.Text, new TextSpan(0, file.Text.Length)).Root as YamlMapping;
        ILookup<string, Finding> wrong = settings.Findings.ToLookup(f => KeyOf(keys, f.Span));
        foreach (Check check in Section("settings", path))
            yield return check;
        foreach (
            Check check in Section(
                "context",
                Listed(
                    keys?.Find("context")?.Value.Resolved() is YamlMapping context
                        ? context.Entries.Where(e => !wrong["context"].Any(f => f.Span.Overlaps(e.Span))).Select(Declared)
                        : []
                )
            )
        )
            yield return check;
        foreach (Check check in Section("partials", Listed(settings.Partials.Select(root.Relative))))
            yield return check;
        foreach (Check check in Section("models", Listed(settings.Models.Select(m => m.Name))))
            yield return check;

        // What is right in one line, then what is wrong, each with its place.
        IEnumerable<Check> Section(string name, string says)
        {
            if (says != Nothing || !wrong[name].Any())
                yield return new(name, true, says);
            foreach (Finding finding in wrong[name])
                yield return new(name, false, $"{OnePrompt.Place(terminal.Display(path), file.Text, finding.Span)} {finding.Message}");
        }
    }

    private static readonly string[] Sections = ["context", "partials", "models"];

    private static string KeyOf(YamlMapping? keys, TextSpan span) =>
        Sections.FirstOrDefault(s => keys?.Find(s) is { } entry && entry.Span.Overlaps(span)) ?? "settings";

    private static string Declared(YamlEntry variable) =>
        variable.Value.Resolved() is YamlScalar file ? $"{variable.Key.Value} ({file.Value})" : variable.Key.Value;

    private static IEnumerable<Check> Prompts(Root root, Terminal terminal, CancellationToken cancel)
    {
        int count = 0, unread = 0;
        var closed = new List<string>();
        foreach (string path in Discovery.Prompts(root.Folder, cancel, closed.Add))
        {
            cancel.ThrowIfCancellationRequested();
            count++;
            FileStatus status = Disk.Load(path).Status;
            if (status != FileStatus.Ok && ++unread <= MostListed)
                yield return new("prompts", false, PromptPaths.Why(terminal.Display(path), status));
        }
        foreach (string folder in closed.Take(MostListed))
            yield return new("prompts", false, PromptPaths.WhyClosed(terminal.Display(folder)));
        if (unread > MostListed)
            yield return new("prompts", false, $"{unread - MostListed} more cannot be read; `promptlsp check` lists them");
        yield return new("prompts", true, count == 0 ? $"none; a prompt is a file whose name ends in {KnownFormats.Endings}" : $"{count}");
    }

    private static Check Tokens()
    {
        try
        {
            TokenCounters.LoadAsync().GetAwaiter().GetResult();
            return new("tokens", true, "counted by o200k, as OpenAI's models do; for others near enough to warn by");
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            return new("tokens", false, $"the vocabulary cannot be loaded ({failure.GetType().Name}), so that no tokens are counted; install promptlsp anew");
        }
    }

    // Nothing is sent: `providers test` asks them.
    private static Check Providers(WorkspaceSettings settings, Terminal terminal)
    {
        try
        {
            UserProviders providers = UserProviders.Read(terminal.Variable);
            Provider[] known = [.. providers.All.Where(p => p.Key is not null)],
                free = [.. providers.All.Where(p => p.Key is null && !p.LacksKey && IsMeant(p, settings))];
            string[] says =
            [
                .. known.Length > 0 ? [$"keys for {string.Join(", ", known.Select(p => $"{p.Name} ({p.KeySource})"))}"] : Array.Empty<string>(),
                .. free.Length > 0 ? [$"{string.Join(", ", free.Select(p => p.Name))} without a key"] : Array.Empty<string>(),
                .. providers.All.Where(p => p.LacksKey).Select(p => $"the key of {p.Name} should come from {p.KeySource}"),
            ];
            return says.Length > 0
                ? new("providers", true, $"{string.Join("; ", says)}; `promptlsp providers test` asks them")
                : new("providers", true, "no provider of models is set up, which only `run` and `eval` need; `promptlsp providers add`");
        }
        catch (ModelException failure)
        {
            return new("providers", false, failure.Message);
        }
    }

    // Those on this machine are known without being set up.
    private static bool IsMeant(Provider provider, WorkspaceSettings settings) =>
        KnownProviders.Find(provider.Name) is null || settings.Models.Any(m => m.Name.StartsWith(provider.Name + "/", StringComparison.Ordinal));

    private static Check Git(Root root) => GitImport.At(root.Folder) switch
    {
        (null, _) => new("git", true, "no repository; versions are recorded without commits"),
        ({ } repository, true) => new("git", true, $"{repository}{(GitHead.Read(root.Folder).Branch is { } branch ? $", on {branch}" : "")}"),
        ({ } repository, false) => new("git", true, $"{repository}; there is no git on the PATH, which only `import-git` needs"),
    };

    private static string Listed(IEnumerable<string> names) => string.Join(", ", names) is { Length: > 0 } list ? list : Nothing;

    private static void WriteText(Check[] checks, Terminal terminal)
    {
        int widest = checks.Max(c => c.Name.Length);
        foreach (Check check in checks)
            terminal.Out.WriteLine(
                $"{(check.IsFine ? terminal.Paint.Green("ok   ") : terminal.Paint.Red("wrong"))}  {check.Name.PadRight(widest)}  "
                    + $"{SourceExcerpt.Visible(check.Says)}"
            );
    }

    private static void WriteJson(Check[] checks, Terminal terminal) => PromptJson.Write(terminal.Out, writer =>
    {
        writer.WriteStartArray();
        foreach (Check check in checks)
        {
            writer.WriteStartObject();
            writer.Member("check", check.Name);
            writer.Member("fine", check.IsFine);
            writer.Member("says", check.Says);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    });
}

/// <summary>One thing that was looked at.</summary>
internal readonly record struct Check(string Name, bool IsFine, string Says);

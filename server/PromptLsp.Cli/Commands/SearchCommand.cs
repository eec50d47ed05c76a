using System.Collections.Immutable;
using System.CommandLine;
using PromptLsp.Cli.Checking;
using PromptLsp.Cli.Folio;
using PromptLsp.Cli.Reports;
using PromptLsp.Cli.Versions;
using PromptLsp.History.Lists;
using PromptLsp.History.Store;
using PromptLsp.Portfolio;
using PromptLsp.Portfolio.Search;
using PromptLsp.Workspace;
using PromptLsp.Workspace.Files;
using PromptLsp.Workspace.History;

namespace PromptLsp.Cli.Commands;

/// <summary><c>promptlsp search WORDS</c>: the prompts of the workspace that have some words, or fit some filters.</summary>
internal static class SearchCommand
{
    private const int UsualLimit = 20;

    public static Command Create(Terminal terminal)
    {
        var words = new Argument<string[]>("WORDS")
        {
            Description = $"Words, \"phrases in quotes\", and filters: {string.Join(", ", SearchQuery.FilterNames.Select(n => n + ":"))}.",
            HelpName = "WORDS",
            Arity = ArgumentArity.OneOrMore,
        };
        words.CompletionSources.Add([.. SearchQuery.FilterNames.Select(n => n + ":")]);
        var all = new Option<bool>("--all") { Description = "Find old versions and deleted prompts too." };
        Option<int> limit = CommonOptions.Count("--limit", $"At most N prompts, {UsualLimit} if it is not given; 0 for all.");
        limit.DefaultValueFactory = _ => UsualLimit;
        Option<string> format = CommonOptions.Format();
        var command = new ExampleCommand("search", "Finds prompts by their words, owners, models and more.",
            "promptlsp search refund owner:@acme/support stale:90d") { words, all, limit, format };
        command.SetAction((parsed, cancel) => Task.FromResult(
            Run(string.Join(' ', parsed.GetValue(words)!), parsed.GetValue(all), parsed.GetValue(limit), parsed.GetValue(format) == "json", terminal, cancel)));
        return command;
    }

    private static int Run(string typed, bool all, int limit, bool asJson, Terminal terminal, CancellationToken cancel)
    {
        SearchQuery query = SearchQuery.Parse(typed);
        var snapshot = Snapshot.Empty(new Disk(), [terminal.Folder]);
        Root root = snapshot.Roots.OfFolder(terminal.Folder);
        using SearchIndex index = SearchIndex.Open(root, StateFolder.Search);
        using HistoryStore? history = ReadPortfolio.HistoryOf(root, "notes and old versions are not searched", terminal);
        using (var progress = new Progress("read", terminal))
            index.Update(snapshot, history, all, (done, total) => progress.Tell(done, total), cancel);
        // One more tells that there are more.
        var scope = new SearchScope(limit == 0 ? int.MaxValue : limit + 1, terminal.Clock.GetUtcNow()) { WithVersions = all };
        var rules = new Lazy<ILookup<string, string>>(() => Findings(root, terminal, cancel));
        ImmutableArray<FoundPrompt> found = index.Find(query, scope, (filter, path) => filter.Kind == FilterKind.Env
            ? RunsIn.Holds(snapshot, root, filter.Value, path)
            : rules.Value[path].Contains(filter.Value, StringComparer.Ordinal));
        bool hasMore = limit > 0 && found.Length > limit;
        if (hasMore)
            found = found.RemoveAt(limit);
        if (asJson)
            WriteJson(found, root, terminal);
        else
            WriteText(found, root, terminal);
        if (found.IsEmpty)
            terminal.Tell(all ? "nothing is found" : "nothing is found; `--all` looks in old versions too");
        else if (hasMore)
            terminal.Tell($"there are more; `--limit 0` shows all");
        return ExitStatus.Clean;
    }

    private static ILookup<string, string> Findings(Root root, Terminal terminal, CancellationToken cancel)
    {
        using var progress = new Progress("checked", terminal);
        return new Checker(PromptPaths.Of([root.Folder], terminal, cancel), terminal, progress).Check(cancel)
            .SelectMany(f => f.Findings.Select(finding => (Path: root.Relative(terminal.Absolute(f.Path)), finding.Rule)))
            .ToLookup(f => f.Path, f => f.Rule, StringComparer.Ordinal);
    }

    private static string File(FoundPrompt found, Root root, Terminal terminal)
    {
        string reference = found.Version is not { } number ? "" : found.Deleted is { } deleted ? $"@{deleted}:v{number}" : $"@v{number}";
        return terminal.Display(Path.GetFullPath(found.Path, root.Folder)) + reference;
    }

    private static void WriteText(ImmutableArray<FoundPrompt> all, Root root, Terminal terminal)
    {
        foreach (FoundPrompt found in all)
        {
            string place = VersionText.Visible(File(found, root, terminal)) + (found is { Version: null, IsNote: false } ? $":{found.Line + 1}" : "");
            string of = string.Join(" · ", ((string?[])[found.Name, .. found.Owners, found.Model]).OfType<string>().Select(VersionText.Visible));
            terminal.Out.WriteLine($"{terminal.Paint.Bold(place)}{(of.Length > 0 ? "  " + terminal.Paint.Dim(of) : "")}");
            if (found.Shown.Length > 0)
                terminal.Out.WriteLine($"    {(found.IsNote ? "note: " : "")}{Marked(found, terminal.Paint)}");
        }
    }

    private static string Marked(FoundPrompt found, Paint paint)
    {
        var pieces = new List<string>();
        int done = 0;
        foreach ((int start, int end) in found.Marks)
        {
            pieces.Add(VersionText.Visible(found.Shown[done..start]));
            pieces.Add(paint.Yellow(VersionText.Visible(found.Shown[start..end])));
            done = end;
        }
        return string.Concat(pieces) + VersionText.Visible(found.Shown[done..]);
    }

    private static void WriteJson(ImmutableArray<FoundPrompt> all, Root root, Terminal terminal) => PromptJson.Write(terminal.Out, writer =>
    {
        writer.WriteStartArray();
        foreach (FoundPrompt found in all)
        {
            writer.WriteStartObject();
            writer.Member("file", terminal.Display(Path.GetFullPath(found.Path, root.Folder)));
            if (found.Version is { } number)
                writer.Member("version", number);
            if (found.Deleted is not null)
                writer.Member("deleted", found.Deleted);
            writer.Member("name", found.Name);
            writer.Member("description", found.Description);
            writer.Member("owner", found.Owners);
            writer.Member("tags", found.Tags);
            writer.Member("model", found.Model);
            writer.Member("changed", VersionWords.Iso(found.Changed));
            writer.Member(found.IsNote ? "note" : "text", found.Shown);
            writer.Member("line", found.Line);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    });
}

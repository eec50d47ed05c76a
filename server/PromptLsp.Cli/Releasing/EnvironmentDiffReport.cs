using System.Collections.Immutable;
using PromptLsp.Cli.Commands;
using PromptLsp.Cli.Reports;
using PromptLsp.Cli.Versions;
using PromptLsp.History.Diffs;
using PromptLsp.Language.Semantics;
using PromptLsp.Models.Clients;
using PromptLsp.Releases;
using PromptLsp.Releases.Content;
using PromptLsp.Releases.Environments;

namespace PromptLsp.Cli.Releasing;

/// <summary>Two environments beside each other: all prompts in a line each, or one with everything that differs.</summary>
internal static class EnvironmentDiffReport
{
    public static int OfAll(string from, string to, bool asJson, Terminal terminal)
    {
        CommandWorkspace workspace = CommandWorkspace.Here(terminal);
        ImmutableArray<EnvironmentCell?>[] rows = [.. Table(workspace, from, to)];
        (EnvironmentCell? From, EnvironmentCell? To, string Word)[] compared = [.. rows.Select(r => (r[0], r[1], Word(r[0], r[1], from, to)))];
        if (asJson)
        {
            PromptJson.Write(
                terminal.Out,
                json =>
                    json.Value(
                        compared
                            .Select(c =>
                                (object?)
                                    PromptJson.Object(
                                        ("file", workspace.Shown((c.From ?? c.To)!.Prompt)),
                                        ("state", c.Word),
                                        ("from", c.From?.Record?.Name.Release),
                                        ("to", c.To?.Record?.Name.Release)
                                    )
                            )
                            .ToArray()
                    )
            );
        }
        else
        {
            foreach ((EnvironmentCell? one, EnvironmentCell? other, string word) in compared)
                terminal.Out.WriteLine(
                    $"{word.PadRight(Math.Max(12, to.Length + 5))}  {VersionText.Visible(workspace.Shown((one ?? other)!.Prompt))}  "
                        + $"{terminal.Paint.Dim($"{Shown(one)} → {Shown(other)}")}"
                );
        }
        return compared.All(c => c.Word == "same") ? ExitStatus.Clean : ExitStatus.Findings;
    }

    public static int OfFile(string file, string from, string to, bool asJson, Terminal terminal)
    {
        (CommandWorkspace workspace, ImmutableArray<string> prompts) = CommandWorkspace.Of([file], terminal);
        ReleaseContent old = Content(workspace, from, prompts[0]),
            @new = Content(workspace, to, prompts[0]);
        var diff = new ReleaseDiff(old, @new);
        ImmutableArray<ContractChange> contract = diff.Contract();
        LineDiff source = diff.Source(),
            configuration = LineDiff.Of(Configuration(old), Configuration(@new));
        (string Path, LineDiff Lines)[] pulledIn = [.. diff.PulledIn()];
        bool isSame = diff.IsSame;
        if (asJson)
        {
            PromptJson.Write(
                terminal.Out,
                json =>
                {
                    json.WriteStartObject();
                    json.Member("file", workspace.Shown(prompts[0]));
                    json.WriteBoolean("same", isSame);
                    DiffReport.WriteMembers(source, json);
                    ContractReport.WriteMember(contract, json);
                    json.Member("configuration", configuration.IsEmpty ? null : PromptJson.Object(("old", Configuration(old)), ("new", Configuration(@new))));
                    json.Member(
                        "pulledIn",
                        pulledIn.Select(f => (object?)PromptJson.Object(("path", f.Path), ("added", f.Lines.Added), ("removed", f.Lines.Removed))).ToArray()
                    );
                    json.WriteEndObject();
                }
            );
            return isSame ? ExitStatus.Clean : ExitStatus.Findings;
        }
        string oldName = $"{workspace.Shown(prompts[0])}@{from}",
            newName = $"{workspace.Shown(prompts[0])}@{to}";
        DiffReport.WriteUnified(source, oldName, newName, terminal);
        foreach ((string path, LineDiff lines) in pulledIn)
            DiffReport.WriteUnified(lines, $"{path}@{from}", $"{path}@{to}", terminal);
        DiffReport.WriteUnified(configuration, $"configuration@{from}", $"configuration@{to}", terminal);
        if (!isSame && diff.Rendered(CancellationToken.None) is { } rendered)
            DiffReport.WriteUnified(rendered, $"rendered@{from}", $"rendered@{to}", terminal);
        ContractReport.WriteText(contract, terminal);
        if (isSame)
            terminal.Out.WriteLine($"{from} and {to} hold the same of {VersionText.Visible(workspace.Shown(prompts[0]))}");
        return isSame ? ExitStatus.Clean : ExitStatus.Findings;
    }

    private static IEnumerable<ImmutableArray<EnvironmentCell?>> Table(CommandWorkspace workspace, string from, string to)
    {
        EnvironmentTable all = EnvironmentTable.Read(workspace.Releases, null);
        int one = IndexOf(all, from, workspace), other = IndexOf(all, to, workspace);
        return all.Rows.Select(r => (ImmutableArray<EnvironmentCell?>)[Held(r[one]), Held(r[other])]).Where(r => r.Any(c => c is not null));
    }

    private static EnvironmentCell? Held(EnvironmentCell? cell) =>
        cell is { Problem: { } problem } ? throw new ReleaseException(problem)
        : cell?.Record is null ? null
        : cell;

    private static int IndexOf(EnvironmentTable table, string environment, CommandWorkspace workspace) =>
        table.Environments.IndexOf(environment) is >= 0 and var at
            ? at
            : table.Environments.IndexOf(Promotion.EnvironmentOf(workspace.Settings.Releases, environment).Name);

    private static string Word(EnvironmentCell? from, EnvironmentCell? to, string fromName, string toName) => (from, to) switch
    {
        (null, _) => $"only {toName}",
        (_, null) => $"only {fromName}",
        _ when from.Record!.Name == to.Record!.Name => "same",
        _ when from.Record.Name.Release == to.Record.Name.Release => "other context",
        ({ Version: { } one }, { Version: { } other }) when one != other => one > other ? $"{toName} behind" : $"{toName} ahead",
        _ => "differs",
    };

    private static string Shown(EnvironmentCell? cell) => cell?.Record is null ? "nothing" : cell.Version is { } number ? $"v{number}" : cell.Record.Name.Short;

    private static ReleaseContent Content(CommandWorkspace workspace, string environment, string prompt)
    {
        workspace.Releases.MustHave(environment);
        return workspace.Folder.Held(environment, prompt)?.Content
            ?? throw new CommandFailure($"{environment} holds no release of `{workspace.Shown(prompt)}`");
    }

    private static string Configuration(ReleaseContent release) =>
        string.Concat(ReleaseDiff.Configuration(release).Select(k => $"{k.Key}: {PlainJson.Text(k.Value)}\n"));
}

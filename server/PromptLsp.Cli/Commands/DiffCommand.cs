using System.Collections.Immutable;
using System.CommandLine;
using System.Text.Json;
using PromptLsp.Cli.Checking;
using PromptLsp.Cli.Rendering;
using PromptLsp.Cli.Reports;
using PromptLsp.Cli.Versions;
using PromptLsp.History.Diffs;
using PromptLsp.History.Store;
using PromptLsp.Language.Rendering;
using PromptLsp.Language.Semantics;

namespace PromptLsp.Cli.Commands;

/// <summary><c>promptlsp diff FILE[@REF] [REF]</c>: what was changed between two versions, or since one.</summary>
internal static class DiffCommand
{
    public static Command Create(Terminal terminal)
    {
        Argument<string> file = HistoryOptions.FileAtReference("The prompt, and the old version; the newest one if none is named.");
        var references = new Argument<string[]>("REF")
        {
            Description = "The new version; the file as it is if none is named. Without @REF, the old version comes first.",
            Arity = new ArgumentArity(0, 2),
        };
        var rendered = new Option<bool>("--rendered") { Description = "Compare what the model would get." };
        var contract = new Option<bool>("--contract") { Description = "Compare what callers give and what they get: inputs and outputs." };
        var stat = new Option<bool>("--stat") { Description = "Only how many lines were added and removed." };
        var sideBySide = new Option<bool>("--side-by-side", "-y") { Description = "Old and new in two columns." };
        var inputs = new InputOptions();
        Option<string> format = CommonOptions.Format();
        var command = new ExampleCommand(
            "diff",
            "Shows what was changed. Status 1 where anything was.",
            "promptlsp diff prompts/reply.prompt@support-v2-stable --rendered"
        )
        {
            file,
            references,
            rendered,
            contract,
            stat,
            sideBySide,
        };
        inputs.AddTo(command);
        command.Add(format);
        command.SetAction(
            (parsed, cancel) =>
            {
                using PromptHistory history = PromptHistory.ToRead(parsed.GetValue(file)!, terminal);
                (DiffSide old, DiffSide @new) = Sides(history, [.. InShort(parsed.GetValue(file)!, history, parsed.GetValue(references) ?? [])]);
                if (parsed.GetValue(contract))
                    return Task.FromResult(Contracts(history, old, @new, parsed.GetValue(format) == "json", terminal));
                bool rendersBoth = parsed.GetValue(rendered);
                LineDiff diff = rendersBoth ? Rendered(history, old, @new, inputs.Read(parsed), terminal, cancel) : LineDiff.Of(old.Text, @new.Text);
                // What the messages are made of does not matter where only they are compared.
                Difference difference = new(old, @new, diff, rendersBoth ? [] : DiffSide.ChangedThrough(old, @new));
                if (parsed.GetValue(format) == "json")
                    WriteJson(difference, history, terminal);
                else if (parsed.GetValue(stat))
                    WriteCounts(difference, terminal);
                else
                    WriteText(difference, parsed.GetValue(sideBySide), terminal);
                return Task.FromResult(difference.IsNone ? ExitStatus.Clean : ExitStatus.Findings);
            }
        );
        return command;
    }

    private sealed record Difference(DiffSide Old, DiffSide New, LineDiff Lines, ImmutableArray<(string Path, string Old, string New)> Through)
    {
        public bool IsNone => Lines.IsEmpty && Through.IsEmpty;
    }

    // Who writes the file out again (`FILE@v1 FILE@v2`, `FILE@v1 FILE`) means the same.
    private static IEnumerable<string> InShort(string file, PromptHistory history, string[] references)
    {
        string path = history.Reference is { } behindAt ? file[..^(behindAt.Length + 1)] : file;
        for (int i = 0; i < references.Length; i++)
        {
            if (references[i].StartsWith(path + "@", StringComparison.Ordinal))
                yield return references[i][(path.Length + 1)..];
            // The file as it is stands last.
            else if (i < references.Length - 1 || !string.Equals(references[i], path, StringComparison.Ordinal))
                yield return references[i];
        }
    }

    private static (DiffSide Old, DiffSide New) Sides(PromptHistory history, string[] references)
    {
        string[] named = history.Reference is { } behindAt ? [behindAt, .. references] : references;
        if (named.Length > 2)
            throw new CommandFailure(
                $"three versions are named, {string.Join(", ", named.Select(r => $"`{r}`"))}; two can be compared: `promptlsp diff {history.Shown} "
                    + $"{named[0]} {named[1]}`"
            );
        DiffSide Version(string reference) =>
            history.Released(reference) is { } released ? DiffSide.Of(released) : DiffSide.Of(history, history.Resolve(reference));
        return (
            Version(named is [var old, ..] ? old : "head"),
            named is [_, var @new]
                ? Version(@new)
                : DiffSide.OnDisk(history)
                    ?? throw new CommandFailure(
                        $"there is no file `{history.Shown}` to compare with; name two "
                            + $"versions{(history.Store.Head(history.Relative) is { } head ? $", or bring it back: {history.HowToRestore(head)}" : "")}"
                    )
        );
    }

    private static int Contracts(PromptHistory history, DiffSide old, DiffSide @new, bool isJson, Terminal terminal)
    {
        ImmutableArray<ContractChange> changes = [.. Contract.Changes(old.Prompt(history).Model.Header, @new.Prompt(history).Model.Header)];
        if (!isJson)
            ContractReport.WriteText(changes, terminal);
        else
            PromptJson.Write(terminal.Out, writer =>
            {
                WriteHead(writer, history, old, @new);
                ContractReport.WriteMember(changes, writer);
                writer.WriteEndObject();
            });
        return changes.IsEmpty ? ExitStatus.Clean : ExitStatus.Findings;
    }

    // Both sides get the same inputs: those of the new one, so that another sample is no difference between the prompts.
    private static LineDiff Rendered(PromptHistory history, DiffSide old, DiffSide @new, GivenInputs given, Terminal terminal, CancellationToken cancel)
    {
        OnePrompt before = old.Prompt(history);
        Inputs inputs = given.For(@new.Prompt(history), before, terminal);
        return LineDiff.Of(old.Rendered(history, given.ForOther(before, inputs), cancel), @new.Rendered(history, inputs, cancel));
    }

    private static void WriteText(Difference difference, bool sideBySide, Terminal terminal)
    {
        if (sideBySide)
            DiffReport.WriteSideBySide(difference.Lines, difference.Old.Name, difference.New.Name, terminal);
        else
            DiffReport.WriteUnified(difference.Lines, difference.Old.Name, difference.New.Name, terminal);
        foreach ((string path, string old, string @new) in difference.Through)
            terminal.Out.WriteLine($"changed through {terminal.Paint.Bold(VersionText.Visible(path))}, {Counts(LineDiff.Of(old, @new))}");
    }

    private static void WriteCounts(Difference difference, Terminal terminal)
    {
        terminal.Out.WriteLine($"{VersionText.Visible(difference.Old.Name)} → {VersionText.Visible(difference.New.Name)}  {Counts(difference.Lines)}");
        foreach ((string path, string old, string @new) in difference.Through)
            terminal.Out.WriteLine($"  through {VersionText.Visible(path)}  {Counts(LineDiff.Of(old, @new))}");
    }

    private static string Counts(LineDiff diff) => VersionText.Size(diff.Added, diff.Removed);

    private static void WriteJson(Difference difference, PromptHistory history, Terminal terminal) => PromptJson.Write(terminal.Out, writer =>
    {
        WriteHead(writer, history, difference.Old, difference.New);
        DiffReport.WriteMembers(difference.Lines, writer);
        writer.WriteStartArray("changedThrough");
        foreach ((string path, string old, string @new) in difference.Through)
        {
            LineDiff lines = LineDiff.Of(old, @new);
            writer.WriteStartObject();
            writer.Member("path", path);
            writer.Member("added", lines.Added);
            writer.Member("removed", lines.Removed);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteEndObject();
    });

    // Begins the object.
    private static void WriteHead(Utf8JsonWriter writer, PromptHistory history, DiffSide old, DiffSide @new)
    {
        writer.WriteStartObject();
        writer.Member("file", history.Shown);
        Side("old", old);
        Side("new", @new);

        void Side(string name, DiffSide side)
        {
            writer.WritePropertyName(name);
            if (side.Released?.Record is { } record)
                writer.Value(
                    PromptJson.Object(
                        ("environment", record.Environment),
                        ("release", record.Name.Release),
                        ("context", record.Name.Context),
                        ("fingerprint", record.Fingerprint)
                    )
                );
            else if (side.Version is not { } version)
                writer.WriteNullValue();
            else
                writer.Version(version);
        }
    }
}

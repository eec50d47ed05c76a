using System.Collections.Immutable;
using System.Globalization;
using PromptLsp.History.Store;
using PromptLsp.Language.Catalog;
using PromptLsp.Language.Linting;
using PromptLsp.Language.Rendering;
using PromptLsp.Language.Semantics;
using PromptLsp.Releases.Content;
using PromptLsp.Releases.Folder;
using PromptLsp.Workspace.Settings;

namespace PromptLsp.Releases.Gates;

/// <summary>A release that wants to come into an environment, and what runs there now.</summary>
/// <param name="Settings">Those whose severities and models findings are judged by.</param>
/// <param name="Now">The files of what runs there now; null where nothing does.</param>
internal sealed record Candidate(EnvironmentPolicy To, WorkspaceSettings Settings, ReleaseContent Content, ReleaseContent? Now, string? Why, Frozen? Frozen)
{
    public ReleasePolicy Policy => Settings.Releases;
}

/// <summary>Asks of a release all that its environment requires. What can be computed is computed, from its files.</summary>
/// <param name="since">Since when the environment before has held the release, or why that is not known.</param>
/// <param name="evaluation">What an evaluation shows.</param>
/// <param name="approvals">The gate of approvals.</param>
internal sealed class GateKeeper(
    TimeProvider clock,
    Func<(DateTimeOffset? At, string? Problem)> since,
    Func<RequiredEvaluation, Gate> evaluation,
    Func<Gate> approvals
)
{
    public ImmutableArray<Gate> Check(Candidate candidate, CancellationToken cancel)
    {
        Requirements require = candidate.To.Require;
        var gates = ImmutableArray.CreateBuilder<Gate>();
        if (candidate.Policy.Problem is { } problem)
            gates.Add(new("policy", false, $"promptlsp.yaml does not say what it means: {problem}"));
        if (candidate.Frozen is { } frozen)
            gates.Add(
                new(
                    "frozen",
                    false,
                    $"{candidate.To.Name} is frozen by {Plain.Line(frozen.By, 100)}: {Plain.Line(frozen.Why, 200)}; `promptlsp thaw "
                        + $"{candidate.To.Name}` ends that"
                )
            );
        if (require.Tests)
            gates.Add(Tests(candidate.Content.Model, cancel));
        if (require.Findings is { } least)
            gates.Add(Findings(candidate, least, cancel));
        if (require.Contract)
            gates.Add(ContractHolds(candidate));
        gates.AddRange(require.Evaluations.Select(evaluation));
        if (require.Soak is { } time)
            gates.Add(Soak(candidate.To, time));
        if (require.Why)
            gates.Add(
                string.IsNullOrWhiteSpace(candidate.Why) ? new("why", false, "no reason is given; say why, behind `-m`") : new("why", true, "a reason is given")
            );
        if (require.Approvals > 0)
            gates.Add(approvals());
        return gates.DrainToImmutable();
    }

    private static Gate Tests(PromptModel prompt, CancellationToken cancel)
    {
        PromptTestResult[] results = [.. PromptTests.Run(prompt, RenderLimits.Command, cancel)];
        if (results.FirstOrDefault(r => r.Outcome == TestOutcome.Failed) is { } failed)
        {
            string why = failed.Error ?? failed.Assertions.FirstOrDefault(a => a.Outcome == TestOutcome.Failed)?.Why ?? "nothing was found to hold";
            return new("tests", false, $"`{Plain.Line(failed.Name, 100)}` fails: {Plain.Line(why, 300)}");
        }
        int passed = results.Count(r => r.Passed),
            notRun = results.Length - passed;
        return new(
            "tests",
            true,
            results.Length == 0
                ? "it has none"
                : $"{passed} passed{(notRun > 0 ? $", {notRun} not run: {(notRun == 1 ? "it asks" : "they ask")} a model, or cannot be rendered here" : "")}"
        );
    }

    private static Gate Findings(Candidate candidate, Severity least, CancellationToken cancel)
    {
        PromptModel prompt = candidate.Content.Model;
        PromptEnvironment environment = prompt.Environment with
        {
            Severities = candidate.Settings.Severities,
            Models = candidate.Settings.Models,
            PreviewLimits = RenderLimits.Command,
        };
        Finding[] found = [.. Linter.All(new PromptModel(prompt.Document, environment), static (_, _) => { }, cancel).Where(f => f.Severity >= least)];
        return found is [var first, ..]
            ? new(
                "findings",
                false,
                $"line {prompt.Document.Text.PositionAt(first.Span.Start).Line + 1}: {Plain.Line(first.Message, 300)} "
                    + $"[{first.Rule}]{(found.Length > 1 ? $", and {found.Length - 1} more" : "")}"
            )
            : new("findings", true, $"none of severity {least.ToString().ToLowerInvariant()} or above");
    }

    private static Gate ContractHolds(Candidate candidate)
    {
        if (candidate.Now is not { } now)
            return new("contract", true, "nothing ran there before");
        ContractChange[] breaks = [.. Contract.Changes(now.Model.Header, candidate.Content.Model.Header).Where(c => c.IsBreaking)];
        return breaks is [var first, ..]
            ? new(
                "contract",
                false,
                $"{first.Message}; callers of what runs there now break{(breaks.Length > 1 ? $", and {breaks.Length - 1} more changes do so" : "")}"
            )
            : new("contract", true, "callers of what runs there now can use it");
    }

    private Gate Soak(EnvironmentPolicy to, TimeSpan time)
    {
        if (to.From is not { } from)
            return new("soak", true, "there is no environment before it");
        (DateTimeOffset? at, string? problem) = since();
        if (at is not { } begun)
            return new("soak", false, problem ?? $"since when {from} has held it is not known");
        TimeSpan held = clock.GetUtcNow() - begun;
        return held >= time
            ? new("soak", true, $"{from} has held it for {Shown(held)}, by the history of the main branch")
            : new(
                "soak",
                false,
                $"{from} has held it for {Shown(held)} of {Shown(time)}; wait until "
                    + $"{(begun + time).UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)} UTC"
            );
    }

    private static string Shown(TimeSpan time) =>
        time < TimeSpan.FromMinutes(2) ? $"{(int)time.TotalSeconds} s"
        : time < TimeSpan.FromHours(2) ? $"{(int)time.TotalMinutes} min"
        : time < TimeSpan.FromDays(2) ? $"{(int)time.TotalHours} h"
        : $"{(int)time.TotalDays} days";
}

using System.Collections.Immutable;
using PromptLsp.Language.Linting;
using PromptLsp.Language.Text;
using PromptLsp.Workspace;

namespace PromptLsp.Server.Diagnostics;

/// <summary>What is wrong with one open document of a snapshot.</summary>
internal static class DocumentFindings
{
    /// <summary>What is due within a keystroke.</summary>
    public static ImmutableArray<Finding> Quick(Snapshot now, OpenDocument document, CancellationToken cancel) =>
        document.IsOutOfStep ? []
        : document.IsTooLarge ? [TooLarge]
        : Snapshot.IsSettings(document) ? Settings(now, document)
        : now.Find(document.Uri) is { } open ? Linter.Quick(open.Prompt, cancel) : [];

    /// <summary>What takes an engine.</summary>
    public static ImmutableArray<Finding> Slow(Snapshot now, OpenDocument document, CancellationToken cancel) =>
        now.Find(document.Uri) is { } open ? Linter.Slow(open.Prompt, cancel) : [];

    /// <summary>Findings of an older text where they stand in the newer one; those that the edit touches are dropped.</summary>
    public static ImmutableArray<Finding> Carry(ImmutableArray<Finding> findings, string before, string now)
    {
        if (findings.IsEmpty || ReferenceEquals(before, now))
            return findings;
        Difference edit = Difference.Between(before, now);
        return [.. findings.Where(f => f.Span.End < edit.Start || f.Span.Start > edit.EndBefore).Select(f => f.Span.Start > edit.EndBefore ? f with { Span = f.Span.Shift(edit.Shift), Fixes = [], Related = [] } : f with { Fixes = [], Related = [] })];
    }

    private static ImmutableArray<Finding> Settings(Snapshot now, OpenDocument document) =>
        document.Path is { } path ? now.SettingsOf(now.Roots.Of(path)).Findings : [];

    private static Finding TooLarge { get; } = new(new TextSpan(0, 0), "this file is over 5 MB; promptlsp does not look at it")
    {
        Rule = "unreadable-file",
        Severity = Severity.Hint,
    };
}

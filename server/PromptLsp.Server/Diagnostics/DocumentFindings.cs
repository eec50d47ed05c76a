using System.Collections.Immutable;
using PromptLsp.Language.Catalog;
using PromptLsp.Language.Linting;
using PromptLsp.Language.Text;
using PromptLsp.Releases.Folder;
using PromptLsp.Workspace;
using PromptLsp.Workspace.Files;

namespace PromptLsp.Server.Diagnostics;

/// <summary>What is wrong with one open document of a snapshot.</summary>
internal static class DocumentFindings
{
    /// <summary>What is due within a keystroke.</summary>
    public static ImmutableArray<Finding> Quick(Snapshot now, OpenDocument document, CancellationToken cancel) =>
        document.IsOutOfStep ? []
        : document.IsTooLarge ? [Unreadable(FileStatus.TooLarge)]
        : Snapshot.IsSettings(document) ? Settings(now, document)
        : now.Find(document.Uri) is { } open ? Linter.Quick(open.Prompt, cancel) : [];

    /// <summary>What takes an engine, or other files.</summary>
    public static ImmutableArray<Finding> Slow(Snapshot now, OpenDocument document, CancellationToken cancel) =>
        Evaluations.Is(document) ? Evaluations.Findings(now, document)
        : now.Find(document.Uri) is { } open ? [.. Linter.Slow(open.Prompt, cancel), .. Edited(document)] : [];

    /// <summary>What is due of a prompt or a <c>promptlsp.yaml</c> that is not open, and the text that it is about.</summary>
    public static (SourceText Text, ImmutableArray<Finding> Findings) Closed(Snapshot now, string path, CancellationToken cancel)
    {
        if (Roots.IsSettings(path))
        {
            Root root = now.Roots.Of(path);
            return (now.SettingsFileOf(root).Text, now.SettingsOf(root).Findings);
        }
        return now.ReadOnce(path) switch
        {
            (_, { } prompt) => (prompt.Document.Text, Linter.AtRest(prompt, cancel)),
            (FileStatus.Missing, _) => (SourceText.Empty, []),
            (var status, _) => (SourceText.Empty, [Unreadable(status)]),
        };
    }

    /// <summary>Findings of an older text where they stand in the newer one; those that the edit touches are dropped.</summary>
    public static ImmutableArray<Finding> Carry(ImmutableArray<Finding> findings, string before, string now)
    {
        if (findings.IsEmpty || ReferenceEquals(before, now))
            return findings;
        Difference edit = Difference.Between(before, now);
        return
        [
            .. findings
                .Where(f => f.Span.End < edit.Start || f.Span.Start > edit.EndBefore)
                .Select(f =>
                    f.Span.Start > edit.EndBefore ? f with { Span = f.Span.Shift(edit.Shift), Fixes = [], Related = [] } : f with { Fixes = [], Related = [] }
                ),
        ];
    }

    // Of what was released, a copy that was edited.
    private static IEnumerable<Finding> Edited(OpenDocument document) =>
        document.Path is { } path && EditedRelease.Of(path, document.Text) is { } finding ? [finding] : [];

    private static ImmutableArray<Finding> Settings(Snapshot now, OpenDocument document) =>
        document.Path is { } path ? now.SettingsOf(now.Roots.Of(path)).Findings : [];

    private static Finding Unreadable(FileStatus status) => new(new TextSpan(0, 0), status switch
    {
        FileStatus.TooLarge => "this file is over 5 MB; promptlsp does not look at it",
        FileStatus.NotUtf8 => "this file is not UTF-8; save it as UTF-8",
        FileStatus.NotAFile => "this is not a regular file",
        _ => "this file cannot be opened; check its permissions",
    })
    {
        Rule = UnreadableFile.Name,
        Severity = status == FileStatus.TooLarge ? Severity.Hint : Severity.Error,
    };
}

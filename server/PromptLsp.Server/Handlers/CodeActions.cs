using System.Collections.Immutable;
using PromptLsp.Language.Linting;
using PromptLsp.Language.Text;
using PromptLsp.Server.Protocol;
using PromptLsp.Server.Rpc;
using PromptLsp.Workspace;
using PromptLsp.Workspace.Files;

namespace PromptLsp.Server.Handlers;

/// <summary>
/// Quick fixes of the findings in a range, a comment that turns a rule off on a line, and all safe fixes at once. They are worked out from
/// the text as it is: what the client remembers of its diagnostics may be older.
/// </summary>
internal static class CodeActions
{
    private const int Automatic = 2;

    private const string QuickFix = "quickfix", FixAllKind = "source.fixAll.promptlsp", RewriteKind = "refactor.rewrite";

    public static string[] Kinds { get; } = [QuickFix, RewriteKind, FixAllKind, HistoryActions.Kind];

    public static CodeAction[]? Answer(Session session, Snapshot now, CodeActionParams asked, CancellationToken cancel)
    {
        if (now.FindOpen(asked.TextDocument.Uri) is not { IsOutOfStep: false } document)
            return null;
        // Whoever pressed a key for it waits a moment; the lamp beside the line does not.
        ImmutableArray<Finding> findings =
            asked.Context?.TriggerKind == Automatic ? session.Diagnostics.Known(now, document, cancel) : session.Diagnostics.All(now, document, cancel);
        TextSpan range = document.Text.SpanOf(asked.Range);
        IEnumerable<CodeAction> actions = [];
        if (Wants(asked, QuickFix))
        {
            Finding[] here = [.. findings.Where(f => f.Span.Start <= range.End && range.Start <= f.Span.End)];
            Finding[] oneOfEach = [.. here.DistinctBy(f => f.Rule)];
            actions =
            [
                .. here.SelectMany(f => Fixes(session, now, document, f, cancel)),
                .. oneOfEach.Select(f => Explain(session, now, document, f)).OfType<CodeAction>(),
                .. oneOfEach.Select(f => Suppress(session, now, document, f)).OfType<CodeAction>(),
            ];
        }
        if (Wants(asked, HistoryActions.Kind) && asked.Context?.TriggerKind != Automatic && TouchesHeader(now, document, range, asked))
            actions = actions.Concat(HistoryActions.Of(session, document)).Concat(EnvironmentActions.Of(session, document));
        if (Wants(asked, RewriteKind) && asked.Context?.TriggerKind != Automatic && DeclareInputs(now, document) is { } declare)
            actions = actions.Append(declare);
        // Unasked, "fix all" would stand in the menu of every line.
        if (asked.Context?.Only is not null && Wants(asked, FixAllKind) && All(document, findings) is { } all)
            actions = actions.Append(all);
        return [.. actions];
    }

    // The history is the whole file's: it is offered at its head, or to who asks for it by name.
    private static bool TouchesHeader(Snapshot now, OpenDocument document, TextSpan range, CodeActionParams asked) =>
        asked.Context?.Only is { Length: > 0 }
        || range.Start <= Math.Max(now.Find(document.Uri)?.Prompt.Document.FrontMatter.Span.End ?? 0, document.Text.LineSpan(0).End);

    // `source` asks for `source.fixAll` as well, and that for ours.
    private static bool Wants(CodeActionParams asked, string kind) =>
        asked.Context?.Only is not { Length: > 0 } only
        || Array.Exists(only, o => o.Length == 0 || kind == o || kind.StartsWith(o + ".", StringComparison.Ordinal));

    private static IEnumerable<CodeAction> Fixes(Session session, Snapshot now, OpenDocument document, Finding finding, CancellationToken cancel)
    {
        foreach (Fix fix in finding.Fixes)
        {
            if (EditOf(session, now, document, finding, fix, cancel) is not { } edit)
                continue;
            yield return new(fix.Title)
            {
                Kind = QuickFix,
                Diagnostics = [finding.ToLsp(session.Flags, now, document)],
                IsPreferred = fix.IsSafe || finding.Fixes.Length == 1 ? true : null,
                Edit = edit,
            };
        }
    }

    private static WorkspaceEdit? EditOf(Session session, Snapshot now, OpenDocument document, Finding finding, Fix fix, CancellationToken cancel)
    {
        if (fix.NewName is { } name)
            return Navigation.Renamed(session.Flags, now, document, finding.Span.Start, name, cancel);
        if (fix.OtherFile is var (other, text, edits))
        {
            string of = FileUri.FromPath(Path.GetFullPath(other, now.Roots.Of(document.Path ?? "").Folder));
            return document.Path is null ? null : new() { DocumentChanges = [new TextDocumentEdit(new(of), [.. edits.Select(e => e.ToLsp(text))])] };
        }
        if (fix.NewFile is not { } file)
            return document.EditOf(fix.Edits);
        if (!session.Flags.CreatesFiles || document.Path is not { } path)
            return null;
        string uri = FileUri.FromPath(Path.GetFullPath(file.Path, now.Roots.Of(path).Folder));
        ISent[] made = [new CreateFile(uri) { Options = new() }, new TextDocumentEdit(new(uri), [new(default, file.Content)])];
        ISent[] edited = fix.Edits.IsEmpty
            ? []
            : [new TextDocumentEdit(new(document.Uri) { Version = document.Version }, [.. fix.Edits.Select(e => e.ToLsp(document.Text))])];
        return new() { DocumentChanges = [.. made, .. edited] };
    }

    private static CodeAction? Explain(Session session, Snapshot now, OpenDocument document, Finding finding)
    {
        string title = $"Explain `{finding.Rule}`";
        return RulePages.UriOf(finding.Rule) is { } page
            ? new(title)
            {
                Kind = QuickFix,
                Diagnostics = [finding.ToLsp(session.Flags, now, document)],
                Command = RulePages.CommandFor(session.Flags, title, page),
            }
            : null;
    }

    // What is no prompt's language cannot be meant.
    private static CodeAction? Suppress(Session session, Snapshot now, OpenDocument document, Finding finding)
    {
        if (
            now.Find(document.Uri) is not { } open
            || Rules.Find(finding.Rule) is null or { Group: RuleGroup.Syntax }
            || SuppressionEdit.For(open.Prompt, finding) is not { } edit
        )
            return null;
        return new($"Turn `{finding.Rule}` off for this line")
        {
            Kind = QuickFix,
            Diagnostics = [finding.ToLsp(session.Flags, now, document)],
            Edit = document.EditOf([edit]),
        };
    }

    private static CodeAction? DeclareInputs(Snapshot now, OpenDocument document) =>
        now.Find(document.Uri) is { } open && SchemaDraft.Of(open.Prompt) is { } edit
            ? new("Declare what this prompt reads in `input.schema`") { Kind = RewriteKind, Edit = document.EditOf([edit]) }
            : null;

    private static CodeAction? All(OpenDocument document, ImmutableArray<Finding> findings)
    {
        ImmutableArray<Fix> fixes = FixAll.Of(findings);
        return fixes.IsEmpty
            ? null
            : new("Apply all safe fixes") { Kind = FixAllKind, Edit = document.EditOf(fixes.SelectMany(f => f.Edits).OrderBy(e => e.Span.Start)) };
    }
}

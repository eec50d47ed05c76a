using PromptLsp.Language.Folding;
using PromptLsp.Language.Links;
using PromptLsp.Language.Symbols;
using PromptLsp.Language.Text;
using PromptLsp.Server.Protocol;
using PromptLsp.Workspace;
using PromptLsp.Workspace.Files;

namespace PromptLsp.Server.Handlers;

/// <summary>A prompt's shape: outline, folds, links; and the prompts of the workspace by name.</summary>
internal static class Structure
{
    private const int MostSymbols = 500;

    public static DocumentSymbol[]? Symbols(Snapshot now, DocumentSymbolParams asked, CancellationToken cancel) =>
        now.Find(asked.TextDocument.Uri) is { } open ? [.. Outline.Of(open.Prompt).Select(i => ToLsp(i, open.Text))] : null;

    public static FoldingRange[]? Folding(Snapshot now, FoldingRangeParams asked, CancellationToken cancel) =>
        now.Find(asked.TextDocument.Uri) is { } open
            ? [.. Folds.Of(open.Prompt).Select(f => new FoldingRange(f.StartLine, f.EndLine) { Kind = f.Kind == FoldKind.Comment ? "comment" : null })]
            : null;

    public static DocumentLink[]? Links(Snapshot now, DocumentLinkParams asked, CancellationToken cancel)
    {
        if (now.Find(asked.TextDocument.Uri) is not { Document.Path: { } path } open)
            return null;
        string root = now.Roots.Of(path).Folder;
        return [.. IncludeLinks.Of(open.Prompt).Select(l => new DocumentLink(open.Text.RangeOf(l.Span)) { Target = FileUri.FromPath(Path.GetFullPath(l.Path, root)) })];
    }

    public static WorkspaceSymbol[] WorkspaceSymbols(Snapshot now, WorkspaceSymbolParams asked, CancellationToken cancel)
    {
        if (now.Index() is not { } index)
            return [];
        Dictionary<string, string> names = index.Names.ToDictionary(n => n.Path, n => n.Name, StringComparer.Ordinal);
        return [.. index.Paths
            .Select(p => (Path: p, Relative: now.Roots.Of(p).Relative(p), Name: names.GetValueOrDefault(p)))
            .Where(p => Fits(p.Name ?? p.Relative, asked.Query) || Fits(p.Relative, asked.Query))
            .OrderBy(p => p.Relative, StringComparer.Ordinal)
            .Take(MostSymbols)
            .Select(p => new WorkspaceSymbol(p.Name ?? p.Relative, 1, new(FileUri.FromPath(p.Path), default)) { ContainerName = p.Relative })];
    }

    // The letters of the query in their order, as editors match: they narrow the answer further.
    private static bool Fits(string name, string query)
    {
        int at = 0;
        foreach (char c in query)
        {
            at = name.IndexOf(c.ToString(), at, StringComparison.OrdinalIgnoreCase) + 1;
            if (at == 0)
                return false;
        }
        return true;
    }

    private static DocumentSymbol ToLsp(OutlineItem item, SourceText text) => new(item.Name, KindOf(item.Kind), text.RangeOf(item.Span), text.RangeOf(item.NameSpan))
    {
        Detail = item.Detail,
        Children = item.Children.IsEmpty ? null : [.. item.Children.Select(c => ToLsp(c, text))],
    };

    private static int KindOf(OutlineKind kind) => kind switch
    {
        OutlineKind.Key => 20,
        OutlineKind.Input => 8,
        OutlineKind.Sample => 19,
        OutlineKind.Message => 3,
        OutlineKind.Include => 2,
        OutlineKind.Variable => 13,
        OutlineKind.Function => 12,
        _ => 15,
    };
}
